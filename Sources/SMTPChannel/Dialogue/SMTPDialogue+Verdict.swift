import SupportDesk

extension SMTPDialogue {
    /// What a complete reply means for the message; nil where the conversation goes on.
    func verdict(on reply: SMTPReply) -> AttemptResult? {
        let endpoint = rules.endpoint
        switch phase {
        case .connect, .handshake, .greeting:
            if reply.isPositive { return nil }
            if reply.isTransient { return SMTPFault.busy(endpoint, reply).deferring(reply) }
            return SMTPFault.refusedService(endpoint, reply).deferring(reply)
        case .hello:
            if reply.isPositive { return nil }
            if reply.code != 421, mayFallBackToHELO { return nil }
            if reply.isTransient { return SMTPFault.busy(endpoint, reply).deferring(reply) }
            return SMTPFault.refusedHello(endpoint, reply, name: rules.hello).deferring(reply)
        case .startTLS:
            if reply.code == 220 { return nil }
            if reply.code == 421 { return SMTPFault.busy(endpoint, reply).deferring(reply) }
            return SMTPFault.tls(endpoint, reason: reply.words).deferring(reply)
        case .login:
            if reply.isPositive || reply.code == 334 { return nil }
            if reply.isTransient { return SMTPFault.busy(endpoint, reply).deferring(reply) }
            return SMTPFault.refusedLogin(endpoint, reply).deferring(reply)
        case .noop:
            // A server that dislikes NOOP has let us in all the same.
            if reply.code == 421 { return SMTPFault.busy(endpoint, reply).deferring(reply) }
            return AttemptResult(reply, .accepted)
        case .idle, .quit: return nil
        case .mail, .rcpt: return reply.isPositive ? nil : refusal(reply)
        case .data: return reply.code == 354 ? nil : refusal(reply)
        case .body: return reply.isPositive ? AttemptResult(reply, .accepted) : refusal(reply)
        }
    }

    /// A reply that is not the one hoped for, in answer to MAIL or later.
    private func refusal(_ reply: SMTPReply) -> AttemptResult {
        let isEnvelope = phase == .mail || phase == .rcpt
        if isEnvelope, reply.isPermanent, reply.asksForLogin {
            if rules.encryption == .none, !session.encrypted, reply.text.uppercased().contains("STARTTLS") {
                return SMTPFault.wantsTLS(rules.endpoint, reply).deferring(reply)
            }
            return SMTPFault.refusedLogin(rules.endpoint, reply).deferring(reply)
        }
        // After the message a 421 may be about that message alone, and must not stop all others.
        if reply.code == 421, phase != .body { return SMTPFault.busy(rules.endpoint, reply).deferring(reply) }
        guard reply.isPermanent else { return AttemptResult(reply, .deferred) }
        var result = AttemptResult(reply, .refused)
        if reply.saysTooLarge(isEnvelope: phase == .rcpt) {
            result.reason = .tooLarge
        } else {
            result.reason = phase == .rcpt ? .recipientRefused : .messageRefused
        }
        return result
    }

    /// What is known when the conversation broke off without a reply that decides.
    func lost(_ end: TransferEnd) -> Ending {
        var result: AttemptResult
        if let known = interpretation(of: end) {
            result = known
        } else if isStale {
            return .reconnect
        } else {
            result = breakdown(end)
        }
        result.endpoint = rules.endpoint
        return .result(result)
    }

    private func interpretation(of end: TransferEnd) -> AttemptResult? {
        if case .unreadable(let reason) = end.cause {
            return AttemptResult(.deferred, text: "the message could not be read here: \(reason)")
        }
        if bodyIsComplete {
            // RFC 1047: from here on the server may have taken it.
            return AttemptResult(
                .uncertain, code: 354, text: "no answer after the message was sent: \(words(for: end))")
        }
        if end.cause == .interrupted {
            return AttemptResult(.deferred, text: "interrupted before the message was sent")
        }
        return nil
    }

    private func breakdown(_ end: TransferEnd) -> AttemptResult {
        let endpoint = rules.endpoint
        if wasTokenRefused {
            let reply = SMTPReply(code: 334, lines: ["login refused"])
            return SMTPFault.refusedLogin(endpoint, reply).deferring(reply)
        }
        if case .failed(let failure, let osError) = end.cause {
            switch failure {
            case .tls: return SMTPFault.tls(endpoint, reason: end.message).deferring
            case .authorities: return SMTPFault.authorities(reason: end.message).deferring
            case .unresolved: return SMTPFault.unresolved(endpoint).deferring
            case .unconnected: return SMTPFault.unconnected(endpoint, osError: osError, words: end.message).deferring
            case .timeout where phase == .connect: return SMTPFault.silent(endpoint, words: end.message).deferring
            case .timeout, .other: break
            }
        }
        switch phase {
        case .handshake: return SMTPFault.tls(endpoint, reason: words(for: end)).deferring
        case .connect, .greeting, .hello, .startTLS, .login, .idle, .noop:
            return SMTPFault.brokeOff(endpoint, phase, words: words(for: end)).deferring
        case .mail, .rcpt, .data, .body, .quit:
            // A message that makes a server hang up must not stop all others.
            let place =
                switch phase {
                case .mail: "at MAIL"
                case .rcpt: "at RCPT"
                case .data: "at DATA"
                default: "within the message, after \(bodySent) of \(rules.wireSize) bytes"
                }
            return AttemptResult(.deferred, text: "connection lost \(place): \(words(for: end))")
        }
    }

    private func words(for end: TransferEnd) -> String {
        switch end.cause {
        case .finished: "the transfer ended without a reply"
        case .interrupted: "interrupted"
        case .stalled: "the server took nothing more"
        case .unreadable(let reason): reason
        case .failed(.timeout, _): "no reply in time"
        case .failed: end.message
        }
    }
}

extension AttemptResult {
    /// In the server's words.
    init(_ reply: SMTPReply, _ outcome: Outcome) {
        self.init(outcome, code: reply.code, enhancedCode: reply.enhancedCode, text: reply.text)
    }
}

extension ChannelFault {
    /// The result of an attempt that met the fault before the server said anything.
    var deferring: AttemptResult {
        AttemptResult(.deferred, text: explanation.english, fault: self)
    }

    /// The result of an attempt that met the fault in a reply.
    func deferring(_ reply: SMTPReply) -> AttemptResult {
        var result = AttemptResult(reply, .deferred)
        result.fault = self
        return result
    }
}

extension SMTPReply {
    /// The login is missing, refused or too weak (RFC 4954, 6; 5.7.30 is Exchange Online's). A bare 5.7.0 is any
    /// policy, and the message's own end.
    fileprivate var asksForLogin: Bool {
        [530, 534, 535, 538].contains(code) || ["5.7.8", "5.7.9", "5.7.30"].contains(enhancedCode)
    }

    /// - Parameter isEnvelope: a 552 that answers RCPT is about the mailbox (RFC 5321, 4.5.3.1.10).
    fileprivate func saysTooLarge(isEnvelope: Bool) -> Bool {
        switch enhancedCode {
        case "5.3.4", "5.2.3": true
        case nil, "5.0.0": code == 552 && !isEnvelope
        default: false
        }
    }
}
