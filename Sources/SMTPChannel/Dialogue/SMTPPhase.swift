/// How far a conversation has come: the last thing that was begun.
package enum SMTPPhase: Hashable, Sendable {
    /// On the way to the server.
    case connect
    /// Connected; TLS is being agreed upon, at the start or after STARTTLS.
    case handshake
    /// Waiting for the server's first words.
    case greeting
    case hello
    case startTLS
    case login
    /// Nothing under way in a session kept from before.
    case idle
    case noop
    case mail
    case rcpt
    case data
    /// The server waits for the message or, once it is all sent, weighs it.
    case body
    case quit
}

/// A line the client sent, as far as it matters which. What a login says is not kept.
enum SMTPCommand: Hashable, Sendable {
    case ehlo, helo, startTLS, auth, noop, mail, rcpt, data, quit
    /// Part of a login, or a command this program does not send.
    case other

    init(_ line: some Collection<UInt8>) {
        let verb = String(decoding: line.prefix(8).prefix { $0 > 0x20 }, as: UTF8.self)
        self =
            switch verb {
            case "EHLO": .ehlo
            case "HELO": .helo
            case "STARTTLS": .startTLS
            case "AUTH": .auth
            case "NOOP": .noop
            case "MAIL": .mail
            case "RCPT": .rcpt
            case "DATA": .data
            case "QUIT": .quit
            default: .other
            }
    }
}

/// What the server says it can do (RFC 5321, 4.1.1.1).
package struct SMTPOffers: Hashable, Sendable {
    /// The name it gives itself.
    package var name = ""
    package var startTLS = false
    package var utf8 = false
    /// Bytes a message may have (RFC 1870); nil where it names no limit.
    package var sizeLimit: Int?
    /// SASL mechanisms, in upper case and its own order.
    package var mechanisms: [String] = []

    package init() {}

    init(_ reply: SMTPReply) {
        name = reply.lines.first.map { String($0.prefix { $0 != " " }) } ?? ""
        for line in reply.lines.dropFirst() {
            // "AUTH=" is how servers older than the standard write it; libcurl does not read that.
            let words = line.uppercased().split(separator: " ").map(String.init)
            switch words.first {
            case "STARTTLS": startTLS = true
            case "SMTPUTF8": utf8 = true
            case "SIZE":
                // 0 means no fixed limit.
                if words.count > 1, let limit = Int(words[1]), limit > 0 { sizeLimit = limit }
            case "AUTH": mechanisms += words.dropFirst()
            default: break
            }
        }
    }
}

/// What is known of an open session; it outlives the message.
package struct SMTPSession: Hashable, Sendable {
    package var encrypted = false
    package var authenticated = false
    package var offers = SMTPOffers()

    package init() {}
}
