import SMTPChannel
import SupportDesk

extension FuzzTarget {
    /// A conversation, line by line: `>` the client's, `<` the server's, `+N` so many bytes of the message, `!` connected,
    /// `*` encrypted. The first line says which rules hold.
    static let smtp = FuzzTarget(name: "smtp") { bytes in
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        let first = String(decoding: lines.popFirst() ?? [], as: UTF8.self)
        var rules = SMTPRules(
            endpoint: "mail.example.fr:587", encryption: first.contains("tls") ? .startTLS : .none,
            mechanisms: first.contains("auth") ? ["PLAIN", "LOGIN"] : [], size: 100)
        if first.contains("utf8") { rules.addressInUTF8 = "hélène@exemple.fr" }
        var dialogue = SMTPDialogue(rules, keeping: first.contains("kept") ? SMTPSession() : nil)
        var hasAcceptance = false
        // A server that dislikes the question has let the one who asks in all the same.
        var isProbe = false
        for line in lines {
            let settled = dialogue.settled
            let (wasBody, wasNoop) = (dialogue.phase == .body, dialogue.phase == .noop)
            let rest = line.dropFirst()
            switch line.first {
            case UInt8(ascii: ">"): dialogue.sent(rest)
            case UInt8(ascii: "<"):
                _ = dialogue.received(rest + [0x0D, 0x0A])
                // Only what is said once the message has begun can mean that it was taken.
                hasAcceptance = hasAcceptance || wasBody || wasNoop
                isProbe = isProbe || wasNoop
            case UInt8(ascii: "+"): dialogue.sentBody(Int(String(decoding: rest.prefix(3), as: UTF8.self)) ?? 0)
            case UInt8(ascii: "!"): dialogue.connected()
            case UInt8(ascii: "*"): dialogue.secured()
            default: break
            }
            try promise(settled == nil || settled == dialogue.settled, "what was settled is no more")
            try promise((dialogue.settled == nil) == (dialogue.decision == .proceed), "goes on after all")
        }
        for cause: TransferEnd.Cause in [.finished, .interrupted, .stalled, .failed(.other, osError: 0)] {
            guard case .result(let result) = dialogue.ended(TransferEnd(cause, message: "x")) else { continue }
            try check(result, dialogue, hasAcceptance: hasAcceptance, isProbe: isProbe)
        }
    }

    private static func check(
        _ result: AttemptResult, _ dialogue: SMTPDialogue, hasAcceptance: Bool, isProbe: Bool
    ) throws(Broken) {
        try checkHarmless(result.text, "result")
        try checkHarmless(result.enhancedCode ?? "", "enhanced code")
        try result.fault?.explanation.checkWords("fault")
        switch result.outcome {
        case .accepted:
            let isPositive = isProbe || (200..<300).contains(result.code ?? 250)
            try promise(isPositive && hasAcceptance, "accepted before it was sent")
        case .refused:
            let isTooLarge = result.code == nil && result.reason == .tooLarge
            try promise(isTooLarge || (500..<600).contains(result.code ?? 0), "refused by \(result.code ?? 0)")
        case .uncertain: try promise(dialogue.bodyIsComplete, "uncertain before it was sent")
        case .deferred: break
        }
        // The answer was lost after everything had been sent: it may have been taken.
        if dialogue.settled == nil, dialogue.bodyIsComplete {
            try promise(result.outcome == .uncertain, "\(result.outcome) after the last byte")
        }
    }
}
