/// What one conversation must keep to.
package struct SMTPRules: Hashable, Sendable {
    package enum Encryption: Sendable {
        case none, startTLS, implicit
    }

    /// As in `mail.example.fr:587`.
    package var endpoint: String
    package var encryption: Encryption
    /// The SASL mechanisms libcurl may use this time; empty where no login is configured.
    package var mechanisms: [String]
    /// Other mechanisms that would do; they need a new connection.
    package var otherMechanisms: [String] = []
    /// What EHLO says; nil for the machine's name.
    package var hello: String?
    /// An address of the envelope that needs SMTPUTF8; nil where none does.
    package var addressInUTF8: String?
    /// Bytes of the message as its header and body are; nil in a probe.
    package var size: Int?
    /// Bytes of the message on the wire, with the dots that are doubled.
    package var wireSize = 0

    /// Whether the login is one token, said at once.
    var usesToken: Bool { mechanisms.contains("XOAUTH2") || mechanisms.contains("OAUTHBEARER") }

    package init(endpoint: String, encryption: Encryption, mechanisms: [String] = [], size: Int? = nil) {
        self.endpoint = endpoint
        self.encryption = encryption
        self.mechanisms = mechanisms
        self.size = size
        wireSize = size ?? 0
    }
}

/// How a transfer ended, as the layer below tells it.
package struct TransferEnd: Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// libcurl was content.
        case finished
        case failed(Failure, osError: Int32)
        /// Somebody broke it off.
        case interrupted
        /// The body made no headway for too long.
        case stalled
        /// The message could not be read.
        case unreadable(String)
    }

    package enum Failure: Hashable, Sendable {
        case unresolved, unconnected, timeout, tls, authorities, other
    }

    package var cause: Cause
    /// libcurl's words.
    package var message: String

    package init(_ cause: Cause, message: String = "") {
        self.cause = cause
        self.message = message
    }
}
