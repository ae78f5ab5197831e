/// Why a submission that waited must not be sent after all, and what becomes of it.
package struct Objection: Hashable, Sendable {
    /// `held` or `rejected`.
    package var state: State
    package var reason: Reason

    package init(_ state: State, _ reason: Reason) {
        self.state = state
        self.reason = reason
    }
}

extension Objection {
    /// A call-back whose window was over before the desk could be told of it; nil for everything else.
    package static func windowIsOver(_ claim: Claim, at now: Timestamp) -> Objection? {
        guard claim.kind == .callback, let end = claim.slotEnd, end <= now else { return nil }
        return Objection(
            .held,
            Reason(
                .expired,
                fr: "Le créneau de ce rappel est passé avant que l'assistance n'ait pu en être avertie. Déplacez-le "
                    + "(assistctl callback --change \(claim.reference)) ou annulez-le.",
                en: "The window of this call-back was over before the desk could be told of it. Move it (assistctl "
                    + "callback --change \(claim.reference)) or call it off."))
    }
}

extension Admittance {
    /// Judges once more what was admitted and waited. Nil where nothing speaks against it: also for what a person
    /// let go, for what the service itself sends, and while there is no register to look into.
    ///
    /// - Parameters:
    ///   - channel: how it is about to travel.
    ///   - today: the day at the desk.
    package func objection(to claim: Claim, by channel: ChannelName, on today: CalendarDate) -> Objection? {
        guard claim.kind.isAsked, claim.kind != .callbackCancellation, !claim.isCleared, case .register = knowledge
        else { return nil }
        let kind: AssistanceKind = claim.kind == .callback ? .callback : channel == .fax ? .fax : .mail
        switch decide(claim.license, for: kind, version: claim.version, on: today).outcome {
        case .forward: return nil
        case .hold(let reason): return Objection(.held, reason)
        case .reject(let reason): return Objection(.rejected, reason)
        }
    }
}
