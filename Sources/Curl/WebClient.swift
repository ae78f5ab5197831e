import CCurl

/// HTTP/1.1 to services on the network, one connection for each request. No redirect is followed: a login, and a
/// document, go nowhere but where the settings say.
package enum WebClient {
    /// Bytes an answer may have.
    package static let largestAnswer = 1024 * 1024

    /// Sends a request and waits for the answer; the calling thread blocks.
    package static func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        let exchange = WebExchange()
        let easy: EasyHandle
        do throws(CurlError) {
            easy = try EasyHandle()
            try easy.prepare(request)
        } catch {
            throw WebFailure(error, wasSent: false)
        }
        if let error = easy.perform(exchange) {
            throw WebFailure(error, wasSent: exchange.wasSent, isTooLarge: exchange.isTooLarge)
        }
        return WebAnswer(status: easy.responseCode, location: exchange.location, body: exchange.body)
    }
}

extension EasyHandle {
    fileprivate func prepare(_ request: WebRequest) throws(CurlError) {
        try set(.schemes, request.url.lowercased().hasPrefix("http://") ? "http" : "https")
        try set(.url, request.url)
        try set(.connectTimeout, request.connectTimeout)
        try set(.timeout, request.timeout)
        // A job's name may look like `..`.
        try check(ccurl_set_long(handle, CURLOPT_PATH_AS_IS, 1))
        try check(ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)))
        // An empty Expect keeps libcurl from waiting a second for "100 Continue".
        var headers = request.headers + ["Expect:"]
        switch request.login {
        case .none: break
        case .basic(let username, let password):
            try set(.username, username)
            try set(.password, password)
        case .bearer(let token): headers.append("Authorization: Bearer \(token)")
        }
        if let body = request.body {
            // libcurl would call it a form.
            if !request.headers.contains(where: { $0.lowercased().hasPrefix("content-type:") }) {
                headers.append("Content-Type:")
            }
            try check(ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // An empty array has no address, and none would make it a request without a body.
            try check(
                (body.isEmpty ? [0] : body).withUnsafeBytes {
                    ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
                })
        }
        try set(.headers, headers)
        try set(.customRequest, request.method)
    }
}

/// Where the answer goes while it comes in, and how far the request went.
private final class WebExchange: TransferDelegate {
    private(set) var wasSent = false
    private(set) var isTooLarge = false
    private(set) var location: String?
    private(set) var body: [UInt8] = []

    func didSend(line: UnsafeRawBufferPointer) { wasSent = true }

    func didSendBody(count: Int) { wasSent = true }

    func didReceive(line: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        // One answer may come before the other (100, 103).
        if text.hasPrefix("HTTP/") { location = nil }
        guard let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "location" else { return true }
        location = String(text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }.prefix { !$0.isNewline })
        return true
    }

    func didReceive(body piece: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = body.count + piece.count > WebClient.largestAnswer
        if !isTooLarge { body.append(contentsOf: piece) }
        return !isTooLarge
    }
}
