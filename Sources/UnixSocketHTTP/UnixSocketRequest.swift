/// An HTTP request to a server that listens on a Unix socket.
package struct UnixSocketRequest: Sendable {
    /// What is sent along.
    package enum Body: Sendable {
        /// Nothing: the request is a GET.
        case none
        case json([UInt8])
        case form([Part])
    }

    /// A part of a `multipart/form-data` body (RFC 7578).
    package struct Part: Hashable, Sendable {
        package var name: String
        package var fileName: String?
        package var content: [UInt8]

        package init(name: String, fileName: String? = nil, content: [UInt8]) {
            self.name = name
            self.fileName = fileName
            self.content = content
        }
    }

    /// Absolute, percent-encoded, with its query.
    package var target: String
    package var body: Body
    /// For the whole exchange, from the connection on; a writer at work is not interrupted.
    package var timeout: Duration

    package init(_ target: String, body: Body = .none, timeout: Duration) {
        self.target = target
        self.body = body
        self.timeout = timeout
    }
}

/// The server's answer, whatever its status.
package struct UnixSocketAnswer: Hashable, Sendable {
    package var status: Int
    /// Empty where a successful answer was streamed to a writer.
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why there was no answer.
package struct UnixSocketFailure: Error, Hashable {
    package enum Kind: Hashable, Sendable {
        /// There is no such socket.
        case absent
        /// There is, and nobody listens.
        case refused
        /// The kernel forbids to connect.
        case notPermitted
        /// No answer in time, or too many who wait for one.
        case timedOut
        /// The writer asked to stop.
        case stopped
        /// The exchange broke off: the request may have been carried out or not.
        case broken
    }

    package var kind: Kind
    /// The socket's path.
    package var socket: String
    /// What happened, in English.
    package var detail: String

    package init(_ kind: Kind, socket: String, detail: String) {
        self.kind = kind
        self.socket = socket
        self.detail = detail
    }
}
