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
