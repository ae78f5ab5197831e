/// What the outcome of a fax does to its submission. The gateway redials; here a new job is made, rarely, and never of
/// what may have arrived.
package struct FaxPolicy: Hashable, Sendable, DeliveryPolicy {
    /// How many jobs are made of a submission at most.
    package var jobs = 3
    /// The wait before another job. The gateway's own calls have used up what a number may be called in a row (fax
    /// machines approved for France stop after five repeated calls).
    package var wait = Duration.seconds(3600)
    /// Whether what went by fax because mail failed goes by mail as well, once it can.
    package var mailsAfterFallback = false

    package init() {}

    package func verdict(on result: AttemptResult, of claim: Claim, at now: Timestamp, jitter: Double) -> Verdict {
        var verdict = Verdict(
            reference: claim.reference, attempt: claim.attempt, result: result, at: now, state: .queued,
            text: result.sentence)
        switch result.outcome {
        case .accepted:
            verdict.state = result.fax?.kind == .delivered ? .delivered : .relayed
            if claim.isFallback, mailsAfterFallback { goByMail(&verdict, at: now) }
        case .uncertain:
            verdict.state = .held
            verdict.reason = Reason(.uncertain, advice(result, claim.reference))
        case .refused, .deferred:
            if result.fault != nil {
                // The channel's breaker decides when; the submission keeps its turn.
                verdict.nextAttemptAt = now
                if claim.isFallback { goByMail(&verdict, at: now) }
            } else if result.fax?.kind == .calledOff {
                verdict.state = .cancelled
            } else if claim.isFallback {
                goByMail(&verdict, at: now)
            } else if result.outcome == .deferred, claim.failures + 1 < jobs {
                verdict.nextAttemptAt = now + wait * (1 + 0.1 * jitter)
            } else {
                verdict.state = .failed
                let (words, mend) = (result.sentence, Self.mend(result))
                verdict.reason = Reason(
                    .faxFailed,
                    fr: "\(words.french). \(mend.french), puis : assistctl retry \(claim.reference), ou par courriel : "
                        + "assistctl resend --channel smtp \(claim.reference)",
                    en: "\(words.english). \(mend.english), then: assistctl retry \(claim.reference), or by mail: "
                        + "assistctl resend --channel smtp \(claim.reference)")
            }
        }
        return verdict
    }

    /// What to look at: the document, the account, or the line.
    private static func mend(_ result: AttemptResult) -> Bilingual {
        switch result.fax?.kind {
        case .refused(.document):
            Bilingual(
                fr: "Essayez sans images (fax.pictures) et voyez « assistctl doctor »",
                en: "Try without pictures (fax.pictures) and look at \"assistctl doctor\"")
        case .refused(.credit):
            Bilingual(fr: "Créditez le compte du service", en: "Give the account at the service credit")
        default:
            Bilingual(
                fr: "Vérifiez fax.number et la ligne (assistctl doctor)",
                en: "Check fax.number and the line (assistctl doctor)")
        }
    }

    /// Back to the way it was meant for.
    private func goByMail(_ verdict: inout Verdict, at now: Timestamp) {
        verdict.state = .queued
        verdict.channel = .smtp
        verdict.nextAttemptAt = now
        verdict.text = Bilingual(
            fr: "\(verdict.text.french). Le courriel est essayé de nouveau.",
            en: "\(verdict.text.english). Mail is tried again.")
    }

    private func advice(_ result: AttemptResult, _ reference: Reference) -> Bilingual {
        let words = result.sentence
        return Bilingual(
            fr:
                "\(words.french). Ce fax n'est pas renvoyé de lui-même : demandez à l'assistance ce qu'elle a reçu, puis "
                + "« assistctl release \(reference) » pour le refaxer, « assistctl resend --channel smtp \(reference) » pour "
                + "l'envoyer par courriel, ou « assistctl cancel \(reference) ».",
            en:
                "\(words.english). The fax is not sent again by itself: ask the desk what it received, then \"assistctl "
                + "release \(reference)\" to fax it again, \"assistctl resend --channel smtp \(reference)\" to send it by "
                + "mail, or \"assistctl cancel \(reference)\".")
    }
}

extension Reason {
    /// Words that are made already.
    init(_ code: Code, _ text: Bilingual) {
        self.init(code, fr: text.french, en: text.english)
    }
}
