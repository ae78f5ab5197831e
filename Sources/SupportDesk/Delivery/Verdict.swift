/// What becomes of a submission after an attempt.
package struct Verdict: Hashable, Sendable {
    package var reference: Reference
    /// The attempt it speaks of; the journal ignores a verdict on any but the current one.
    package var attempt: Int
    package var result: AttemptResult
    package var at: Timestamp
    package var state: State
    /// The channel it goes on by; nil leaves it where it is.
    package var channel: ChannelName?
    /// Set exactly when `state` is `queued`.
    package var nextAttemptAt: Timestamp?
    package var reason: Reason?
    /// When the desk's answer is due; set only where it was taken and an answer is promised.
    package var due: Due?
    /// The sentence for the history.
    package var text: Bilingual
}

/// Decides what an attempt's result does to its submission. Pure: no clock, no chance, no I/O of its own.
package protocol DeliveryPolicy: Sendable {
    /// - Parameters:
    ///   - claim: the submission as it was claimed.
    ///   - jitter: 0 up to 1.
    func verdict(on result: AttemptResult, of claim: Claim, at now: Timestamp, jitter: Double) -> Verdict
}

extension RetryPolicy: DeliveryPolicy {
    package func verdict(
        on result: AttemptResult, of claim: Claim, at now: Timestamp, jitter: Double
    ) -> Verdict {
        var verdict = Verdict(
            reference: claim.reference, attempt: claim.attempt, result: result, at: now, state: .queued,
            text: result.sentence)
        switch result.outcome {
        case .accepted:
            verdict.state = .relayed
        case .refused where result.fault == nil:
            verdict.state = .failed
            verdict.reason = Reason(
                result.reason ?? .messageRefused,
                fr: "Le serveur a refusé définitivement : \(result.words)",
                en: "The server refused it for good: \(result.words)")
        case .refused, .deferred, .uncertain:
            if result.outcome == .uncertain { verdict.reason = .answerLost }
            if result.fault != nil, result.outcome != .uncertain {
                // The channel's breaker decides when; the submission keeps its turn.
                verdict.nextAttemptAt = now
            } else if now - claim.queuedAt >= giveUp {
                verdict.state = .failed
                verdict.reason = Reason(
                    .expired,
                    fr: "Abandonné après \(claim.attempt) tentatives. Dernière réponse : \(result.words)",
                    en: "Given up after \(claim.attempt) attempts. Last answer: \(result.words)")
            } else {
                let wait = wait(afterFailures: claim.failures + 1, jitter: jitter)
                verdict.nextAttemptAt = min(now + wait, max(now, claim.queuedAt + giveUp))
            }
        }
        return verdict
    }
}

extension AttemptResult {
    /// Code and text in one line, without secrets: a server may quote what it refuses.
    package var words: String {
        let codes = [code.map(String.init), enhancedCode].compactMap { $0 }.joined(separator: " ")
        return [codes, text.masked].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The line of history that tells this result.
    package var sentence: Bilingual {
        if let fax { return fax.sentence }
        let peer = endpoint.isEmpty ? "?" : endpoint
        switch outcome {
        case .accepted:
            return Bilingual(fr: "Accepté par \(peer) : \(words)", en: "Accepted by \(peer): \(words)")
        case .refused where fault == nil:
            return Bilingual(fr: "Refusé par \(peer) : \(words)", en: "Refused by \(peer): \(words)")
        case .uncertain:
            return Bilingual(
                fr: "Réponse de \(peer) perdue, issue incertaine : \(words)",
                en: "Answer of \(peer) lost, outcome uncertain: \(words)")
        case .refused, .deferred:
            if let fault {
                return Bilingual(
                    fr: "Canal indisponible : \(fault.explanation.french)",
                    en: "Channel unavailable: \(fault.explanation.english)")
            }
            return Bilingual(fr: "Remis à plus tard par \(peer) : \(words)", en: "Put off by \(peer): \(words)")
        }
    }
}
