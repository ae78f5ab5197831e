/// What a person can do to a submission.
package enum Intervention: Hashable, Sendable {
    /// Try (again) now; giving up counts anew.
    case retry
    case cancel
    case hold
    case release
    /// Send once more what was already sent, knowingly.
    case resend(ChannelName?)
    /// The desk answered by another way, such as the telephone.
    case answered

    /// Why it cannot be done.
    package struct Refusal: Explained, Hashable {
        /// Waiting a little may help: an attempt is under way.
        package var isTemporary: Bool
        /// Somebody else may.
        package var isForbidden = false
        package var explanation: Bilingual

        package init(isTemporary: Bool, explanation: Bilingual) {
            self.isTemporary = isTemporary
            self.explanation = explanation
        }
    }

    /// What only an administrator may do, asked by somebody else.
    package static let forAdministrators: Refusal = {
        var refusal = Refusal(
            isTemporary: false,
            explanation: Bilingual(
                fr: "Retenu à cause de sa licence ou d'un quota : c'est à un administrateur de décider.",
                en: "It is held because of its license or of a quota: an administrator decides."))
        refusal.isForbidden = true
        return refusal
    }()

    /// The state after it; the rules in one place.
    package func target(from state: State) -> Result<State, Refusal> {
        if state == .sending {
            return .failure(
                Refusal(
                    isTemporary: true,
                    explanation: Bilingual(
                        fr: "Un envoi est en cours ; réessayez dans un instant.",
                        en: "An attempt is under way; try again in a moment.")))
        }
        switch (self, state) {
        case (.retry, .queued), (.retry, .held), (.retry, .failed), (.retry, .cancelled): return .success(.queued)
        case (.cancel, .queued), (.cancel, .held), (.cancel, .failed): return .success(.cancelled)
        case (.hold, .queued): return .success(.held)
        case (.release, .held): return .success(.queued)
        case (.resend, .relayed), (.resend, .delivered), (.resend, .acknowledged), (.resend, .answered),
            (.resend, .failed), (.resend, .cancelled):
            return .success(.queued)
        // Over another channel than the one it waits for.
        case (.resend(.some), .held), (.resend(.some), .queued): return .success(.queued)
        case (.answered, .relayed), (.answered, .delivered), (.answered, .acknowledged), (.answered, .held):
            return .success(.answered)
        default: break
        }
        let advice =
            switch (self, state) {
            case (_, .rejected):
                Bilingual(
                    fr: " Corrigez le rapport et déposez-le de nouveau.", en: " Correct the report and drop it again.")
            case (.retry, .relayed), (.retry, .delivered), (.retry, .acknowledged), (.retry, .answered):
                Bilingual(fr: " Pour l'envoyer une seconde fois : resend.", en: " To send it a second time: resend.")
            default: Bilingual(fr: "", en: "")
            }
        return .failure(
            Refusal(
                isTemporary: false,
                explanation: Bilingual(
                    fr: "Impossible : l'état est « \(state.name.french) ».\(advice.french)",
                    en: "Not possible: its state is “\(state.name.english)”.\(advice.english)")))
    }

    /// Whether only an administrator may do it: what was held because of its license or a quota would otherwise be let
    /// go by whoever it was held for.
    package func needsAdministrator(on submission: Submission) -> Bool {
        switch (self, submission.state) {
        case (.retry, .held), (.retry, .cancelled), (.release, .held), (.resend, .held), (.resend, .cancelled):
            submission.reason?.code.isForAdministrators ?? false
        default: false
        }
    }

    /// What to ask a person before it is done: it costs a call, or may send twice what arrived. nil where nothing needs
    /// to be asked.
    package func question(about submission: Submission) -> Bilingual? {
        let isUncertain = submission.reason?.code == .uncertain && [.held, .cancelled].contains(submission.state)
        switch self {
        case .resend(let channel) where (channel ?? submission.channel) == .fax:
            return Bilingual(
                fr: "\(submission.reference) part par fax, ce qui coûte au moins un appel",
                en: "\(submission.reference) goes by fax, which costs a call at least")
        case .release where isUncertain, .retry where isUncertain:
            return Bilingual(
                fr: "\(submission.reference) est peut-être déjà arrivé : l'assistance le recevrait deux fois",
                en: "\(submission.reference) may have arrived already: the desk would get it twice")
        default: return nil
        }
    }

    /// The line of history that tells it.
    package func sentence(by actor: String) -> Bilingual {
        switch self {
        case .retry: Bilingual(fr: "Nouvel essai demandé par \(actor)", en: "Retry asked for by \(actor)")
        case .cancel: Bilingual(fr: "Annulé par \(actor)", en: "Cancelled by \(actor)")
        case .hold: Bilingual(fr: "Mis en attente par \(actor)", en: "Held by \(actor)")
        case .release: Bilingual(fr: "Libéré par \(actor)", en: "Released by \(actor)")
        case .resend: Bilingual(fr: "Second envoi demandé par \(actor)", en: "Second sending asked for by \(actor)")
        case .answered:
            Bilingual(
                fr: "Réponse de l'assistance signalée par \(actor)", en: "Answer of the desk reported by \(actor)")
        }
    }
}
