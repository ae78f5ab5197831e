/// An HTTP request to a service on the network.
package struct WebRequest: Sendable {
    package enum Login: Sendable {
        case none
        case basic(username: String, password: String)
        case bearer(String)
    }

    package var method: String
    /// Absolute, percent-encoded, with its query: `https`, or `http` where nothing leaves the machine.
    package var url: String
    /// Whole lines, as in `Content-Type: application/pdf`. Without line ends.
    package var headers: [String]
    /// nil: the request has no body.
    package var body: [UInt8]?
    package var login: Login
    package var connectTimeout = Duration.seconds(30)
    /// For the whole exchange.
    package var timeout = Duration.seconds(120)

    package init(
        _ method: String, _ url: String, headers: [String] = [], body: [UInt8]? = nil, login: Login = .none
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.login = login
    }
}

/// The service's answer, whatever its status.
package struct WebAnswer: Hashable, Sendable {
    package var status: Int
    /// The value of the header `Location`; nil where there is none.
    package var location: String?
    package var body: [UInt8]

    package init(status: Int, location: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.location = location
        self.body = body
    }
}

/// Why there was no answer that can be used.
package struct WebFailure: Error, Hashable {
    package var error: CurlError
    /// Something of the request was written: the service may have carried it out.
    package var wasSent: Bool
    /// The answer was longer than is taken.
    package var isTooLarge: Bool

    package init(_ error: CurlError, wasSent: Bool, isTooLarge: Bool = false) {
        self.error = error
        self.wasSent = wasSent
        self.isTooLarge = isTooLarge
    }
}
