package import SupportDesk

/// One transaction as a state machine without I/O: it hears what is said on either side, says when to break off, and
/// knows in the end what became of the message.
///
/// It decides by the reply codes and by how far things had come, never by libcurl's own result: that calls a
/// temporary failure of a login a refused one, and mail sent without the login it should have had a success.
package struct SMTPDialogue: Sendable {
    package enum Decision: Hashable, Sendable {
        case proceed, abort
    }

    package enum Ending: Hashable, Sendable {
        case result(AttemptResult)
        /// The session kept from before was dead; nothing but MAIL was said in it. Try once more in a new one.
        case reconnect
        /// The server wants another kind of login. Try again with these mechanisms.
        case login([String])
    }

    package let rules: SMTPRules
    package private(set) var session: SMTPSession
    package private(set) var phase: SMTPPhase
    /// Known as soon as nothing that follows can change it.
    package private(set) var settled: Ending?
    /// The goodbye was said; its answer matters to nobody.
    package private(set) var isLeaving = false
    package private(set) var bodySent = 0

    private let kept: Bool
    private var reader = SMTPReplyReader()
    private var greetedByHELO = false
    private var expectsLoginReply = false
    private var saidToken = false

    /// - Parameter session: kept from an earlier transaction over the same connection.
    package init(_ rules: SMTPRules, keeping session: SMTPSession? = nil) {
        self.rules = rules
        self.session = session ?? SMTPSession()
        kept = session != nil
        phase = session == nil ? .connect : .idle
        if session != nil { checkOffers() }
    }

    /// All of the message is with the operating system; the line that ends it may have gone out too.
    package var bodyIsComplete: Bool { phase == .body && bodySent >= rules.wireSize }

    /// Whether the server has said what becomes of the message: it owes no answer.
    package var isAnswered: Bool { settled != nil }

    /// Whether to begin at all.
    package var decision: Decision { settled == nil ? .proceed : .abort }

    // MARK: Events

    /// The connection stands.
    package mutating func connected() {
        if phase == .connect { phase = rules.encryption == .implicit ? .handshake : .greeting }
    }

    /// TLS is agreed upon.
    package mutating func secured() {
        session.encrypted = true
        if phase == .handshake, rules.encryption == .implicit { phase = .greeting }
    }

    /// The client sent a line.
    package mutating func sent(_ line: some Collection<UInt8>) {
        // What follows a 334 is a secret and might look like anything; after a token there is nothing left to say.
        let command = expectsLoginReply && !saidToken ? .other : SMTPCommand(line)
        if command == .quit {
            isLeaving = true
            return
        }
        if rules.usesToken, expectsLoginReply || (command == .auth && line.count { $0 == UInt8(ascii: " ") } > 1) {
            saidToken = true
        }
        expectsLoginReply = false
        reader.forget()
        switch command {
        case .ehlo:
            // In plain text or after STARTTLS; whatever an earlier EHLO said is void (RFC 3207, 4.2).
            if phase == .handshake { session.encrypted = true }
            session.offers = SMTPOffers()
            phase = .hello
        case .helo:
            greetedByHELO = true
            phase = .hello
        case .startTLS: phase = .startTLS
        case .auth: phase = .login
        case .noop: phase = .noop
        case .mail: phase = .mail
        case .rcpt: phase = .rcpt
        case .data: phase = .data
        case .quit, .other: break
        }
    }

    /// So many bytes of the message, dots doubled, are with the operating system.
    package mutating func sentBody(_ count: Int) {
        bodySent += count
    }

    /// A line of a reply, with its line end.
    package mutating func received(_ line: some Collection<UInt8>) -> Decision {
        if isLeaving || settled != nil { return .proceed }
        if phase == .connect || (phase == .handshake && rules.encryption == .implicit) {
            phase = .greeting
            session.encrypted = rules.encryption == .implicit
        }
        switch reader.read(line) {
        case .part: return .proceed
        case .strange:
            // In the greeting it is another protocol. Later it is noise that libcurl skips as well.
            guard phase == .greeting else { return .proceed }
            return settle(SMTPFault.otherProtocol(rules.endpoint, words: reader.fragment).deferring)
        case .last(let reply): return received(reply)
        }
    }

    /// The transfer is over.
    package func ended(_ end: TransferEnd) -> Ending {
        settled ?? lost(end)
    }

    // MARK: Replies

    private mutating func received(_ reply: SMTPReply) -> Decision {
        if reply.code == 421, isStale {
            // Said goodbye while nobody listened: `ended` takes it for a dead session.
            return .abort
        }
        if let result = verdict(on: reply) { return settle(result) }
        switch phase {
        case .hello:
            guard reply.isPositive else { return .proceed }
            session.offers = SMTPOffers(reply)
            if rules.encryption == .startTLS, !session.encrypted {
                if session.offers.startTLS { return .proceed }
                return settle(SMTPFault.noStartTLS(rules.endpoint).deferring)
            }
            checkOffers()
        case .startTLS: phase = .handshake
        case .login:
            expectsLoginReply = reply.code == 334
            if reply.isPositive { session.authenticated = true }
        case .mail:
            // The last gate: nothing of the report has left yet.
            if !rules.mechanisms.isEmpty, !session.authenticated {
                return settle(SMTPFault.loginNotOffered(rules.endpoint, session.offers.mechanisms).deferring)
            }
        case .data: phase = .body
        default: break
        }
        return decision
    }

    private mutating func settle(_ result: AttemptResult) -> Decision {
        var result = result
        result.endpoint = rules.endpoint
        settled = .result(result)
        // What is left of the transfer is a goodbye, which libcurl says by itself after most refusals.
        return result.outcome == .accepted || result.code != nil ? .proceed : .abort
    }

    /// Whether the server offers what this message needs.
    private mutating func checkOffers() {
        let offers = session.offers
        if !rules.mechanisms.isEmpty, !session.authenticated {
            let usable = Set(offers.mechanisms)
            if usable.isDisjoint(with: rules.mechanisms) {
                let others = rules.otherMechanisms.filter(usable.contains)
                if others.isEmpty {
                    _ = settle(SMTPFault.loginNotOffered(rules.endpoint, offers.mechanisms).deferring)
                } else {
                    settled = .login(others)
                }
                return
            }
        }
        if let address = rules.addressInUTF8, !offers.utf8 {
            _ = settle(SMTPFault.addressNotPossible(rules.endpoint, address: address).deferring)
        } else if let size = rules.size, let limit = offers.sizeLimit, size > limit {
            _ = settle(
                AttemptResult(
                    .refused, text: "message of \(size) bytes is larger than the server's limit of \(limit) bytes",
                    reason: .tooLarge))
        }
    }

    /// Only MAIL was said in a session kept from before, and not answered.
    var isStale: Bool { kept && (phase == .idle || phase == .mail || phase == .noop) }

    /// XOAUTH2 refuses a token with a 334 that holds an error; libcurl leaves then, without waiting for the 535
    /// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
    var wasTokenRefused: Bool { phase == .login && expectsLoginReply && saidToken }

    /// libcurl says HELO after a refused EHLO, except where it waits for STARTTLS.
    var mayFallBackToHELO: Bool { !greetedByHELO && (rules.encryption != .startTLS || session.encrypted) }
}
