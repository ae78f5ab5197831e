import CCurl

/// An option of an easy handle, with the type of value it takes (https://curl.se/libcurl/c/curl_easy_setopt.html).
package struct EasyOption<Value>: Sendable {
    let code: CURLoption
}

extension EasyOption where Value == String {
    package static var url: Self { Self(code: CURLOPT_URL) }
    /// The schemes that may be used, as in `smtp,smtps`.
    package static var schemes: Self { Self(code: CURLOPT_PROTOCOLS_STR) }
    package static var username: Self { Self(code: CURLOPT_USERNAME) }
    package static var password: Self { Self(code: CURLOPT_PASSWORD) }
    package static var bearerToken: Self { Self(code: CURLOPT_XOAUTH2_BEARER) }
    /// The SASL mechanisms allowed, as in `AUTH=PLAIN;AUTH=LOGIN`.
    package static var loginOptions: Self { Self(code: CURLOPT_LOGIN_OPTIONS) }
    package static var mailFrom: Self { Self(code: CURLOPT_MAIL_FROM) }
    package static var customRequest: Self { Self(code: CURLOPT_CUSTOMREQUEST) }
    package static var certificateAuthorityFile: Self { Self(code: CURLOPT_CAINFO) }
    package static var certificateAuthorityFolder: Self { Self(code: CURLOPT_CAPATH) }
}

extension EasyOption where Value == UseTLS {
    /// Whether a plain connection is turned into an encrypted one.
    package static var useTLS: Self { Self(code: CURLOPT_USE_SSL) }
}

extension EasyOption where Value == [String] {
    package static var recipients: Self { Self(code: CURLOPT_MAIL_RCPT) }
    package static var headers: Self { Self(code: CURLOPT_HTTPHEADER) }
}

extension EasyOption where Value == Bool {
    package static var upload: Self { Self(code: CURLOPT_UPLOAD) }
    package static var noBody: Self { Self(code: CURLOPT_NOBODY) }
    /// Sends what the SASL mechanism has to say within the AUTH command (RFC 4954).
    package static var saslInitialResponse: Self { Self(code: CURLOPT_SASL_IR) }
}

extension EasyOption where Value == Int {
    package static var maximumConnections: Self { Self(code: CURLOPT_MAXCONNECTS) }
    /// Bytes of an upload asked for at once: 16 KiB at least, 64 KiB where it is not set.
    package static var uploadBufferSize: Self { Self(code: CURLOPT_UPLOAD_BUFFERSIZE) }
}

extension EasyOption where Value == Duration {
    package static var connectTimeout: Self { Self(code: CURLOPT_CONNECTTIMEOUT_MS) }
    /// For the whole transfer.
    package static var timeout: Self { Self(code: CURLOPT_TIMEOUT_MS) }
    /// For each reply of the server; in whole seconds, rounded up.
    package static var replyTimeout: Self { Self(code: CURLOPT_SERVER_RESPONSE_TIMEOUT) }
}

extension EasyOption where Value == Int64 {
    /// Bytes, as far as known beforehand.
    package static var uploadSize: Self { Self(code: CURLOPT_INFILESIZE_LARGE) }
}

/// A value of `EasyOption.useTLS`.
package enum UseTLS: Sendable {
    case never, always
}

extension EasyHandle {
    /// nil takes back an earlier value.
    package func set(_ option: EasyOption<String>, _ value: String?) throws(CurlError) {
        if let value {
            try check(ccurl_set_string(handle, option.code, value))
        } else {
            try check(ccurl_set_string(handle, option.code, nil))
        }
    }

    package func set(_ option: EasyOption<Bool>, _ value: Bool) throws(CurlError) {
        try check(ccurl_set_long(handle, option.code, value ? 1 : 0))
    }

    package func set(_ option: EasyOption<Int>, _ value: Int) throws(CurlError) {
        try check(ccurl_set_long(handle, option.code, value))
    }

    package func set(_ option: EasyOption<Int64>, _ value: Int64) throws(CurlError) {
        try check(ccurl_set_offset(handle, option.code, curl_off_t(value)))
    }

    package func set(_ option: EasyOption<UseTLS>, _ value: UseTLS) throws(CurlError) {
        let level = value == .always ? CURLUSESSL_ALL : CURLUSESSL_NONE
        try check(ccurl_set_long(handle, option.code, Int(level.rawValue)))
    }

    package func set(_ option: EasyOption<Duration>, _ value: Duration) throws(CurlError) {
        let (seconds, attoseconds) = value.components
        let inSeconds = option.code == CURLOPT_SERVER_RESPONSE_TIMEOUT
        let amount =
            inSeconds
            ? seconds + (attoseconds > 0 ? 1 : 0) : seconds * 1000 + attoseconds / 1_000_000_000_000_000
        // Zero would mean no limit at all.
        try check(ccurl_set_long(handle, option.code, Int(max(1, min(amount, Int64(Int32.max))))))
    }

    /// The list is kept until it is replaced; libcurl does not copy it.
    package func set(_ option: EasyOption<[String]>, _ value: [String]) throws(CurlError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in value {
            guard let longer = curl_slist_append(list, text) else {
                curl_slist_free_all(list)
                throw CurlError(code: Int32(CURLE_OUT_OF_MEMORY.rawValue))
            }
            list = longer
        }
        try check(ccurl_set_list(handle, option.code, list))
        keep(list, for: option.code)
    }
}
