extension Verdict {
    /// After so many attempts in a row that ended with the program, a person decides.
    package static let mostStops = 5

    /// What becomes of a mail that was being sent when the program stopped. Nobody knows whether it arrived, nor whether
    /// it is what stopped the program: one that failed before lets the others go first.
    ///
    /// - Parameters:
    ///   - stops: how many of its attempts ended so, this one and those right before it.
    ///   - others: how many that failed before were being sent too. They go one after the other, so that the one that
    ///     stops the program takes no others along again.
    package static func afterStop(
        _ stops: Int, of claim: Claim, behind others: Int, at now: Timestamp
    ) -> Verdict {
        var verdict = Verdict(
            reference: claim.reference, attempt: claim.attempt,
            result: AttemptResult(.uncertain, text: "assistd stopped before the answer came"), at: now, state: .queued,
            text: Bilingual(
                fr: "Le service s'est arrêté pendant l'envoi : issue incertaine, le message est peut-être arrivé",
                en: "The service stopped during the attempt: outcome uncertain, the message may have arrived"))
        guard stops < mostStops else {
            verdict.state = .held
            verdict.text = heldWords(claim.reference)
            verdict.reason = Reason(.uncertain, verdict.text)
            return verdict
        }
        verdict.reason = .answerLost
        var wait = min(.seconds(60) * claim.failures, .seconds(2 * 3600))
        if claim.failures > 0 { wait += .seconds(10) * others }
        verdict.nextAttemptAt = now + wait
        return verdict
    }

    private static func heldWords(_ reference: Reference) -> Bilingual {
        Bilingual(
            fr:
                "Le service s'est arrêté \(mostStops) fois de suite pendant l'envoi de ce rapport, qui en est peut-être la "
                + "cause ; l'assistance l'a peut-être reçu. Il n'est plus envoyé de lui-même : voyez le journal du service, "
                + "puis « assistctl retry \(reference) » pour l'essayer encore, ou « assistctl cancel \(reference) ».",
            en:
                "The service stopped \(mostStops) times in a row while this report was being sent, which may be the cause; "
                + "the desk may have received it. It is not sent by itself any more: look at the service's log, then "
                + "\"assistctl retry \(reference)\" to try it once more, or \"assistctl cancel \(reference)\".")
    }
}

extension Reason {
    /// Between a message and its reply nobody knows whether it arrived.
    static let answerLost = Reason(
        .uncertain,
        fr: "La réponse du serveur s'est perdue : le message est peut-être arrivé. "
            + "Il repart avec le même Message-ID.",
        en: "The server's answer was lost: the message may have arrived. It goes again under the same Message-ID.")
}
