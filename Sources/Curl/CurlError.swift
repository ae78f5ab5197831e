import CCurl

/// What libcurl says went wrong (https://curl.se/libcurl/c/libcurl-errors.html).
package struct CurlError: Error, Hashable, CustomStringConvertible {
    /// A CURLcode.
    package var code: Int32
    /// What libcurl wrote about this very case, else its general words for the code.
    package var message: String
    /// The `errno` behind it, 0 where there is none.
    package var osError: Int32

    package init(code: Int32, message: String = "", osError: Int32 = 0) {
        self.code = code
        self.message = message.isEmpty ? Self.words(for: code) : message
        self.osError = osError
    }

    package var description: String { "\(message) (libcurl \(code))" }

    /// libcurl's general words for a code.
    package static func words(for code: Int32) -> String {
        String(cString: curl_easy_strerror(CURLcode(rawValue: UInt32(bitPattern: code))))
    }
}

extension CurlError {
    /// What sort of trouble it is.
    package enum Kind: Sendable {
        /// The host's name leads nowhere.
        case unresolved
        case unconnected
        case timeout
        /// No TLS, or a certificate that is not to be trusted.
        case tls
        /// The file of trusted authorities cannot be used.
        case authorities
        case other
    }

    package var kind: Kind {
        switch CURLcode(rawValue: UInt32(bitPattern: code)) {
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT: .unconnected
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_SSL_CACERT_BADFILE: .authorities
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            .tls
        default: .other
        }
    }
}
