/// What has been seen of a submission, and never more than that.
package enum State: String, Sendable, Codable, CaseIterable {
    /// Waits for a person.
    case held
    /// Waits for its first or next attempt.
    case queued
    /// An attempt is under way.
    case sending
    /// The mail server said 250, or the fax gateway took the job.
    case relayed
    /// The fax line confirmed every page, or a positive delivery notice came back.
    case delivered
    /// The desk's automatic answer was seen; its ticket number is kept.
    case acknowledged
    /// A person replied.
    case answered
    /// Never left: the reason says why.
    case rejected
    /// Given up, or refused for good.
    case failed
    /// Somebody called it off.
    case cancelled

    /// Nothing more will happen by itself.
    package var isTerminal: Bool {
        switch self {
        case .answered, .rejected, .failed, .cancelled: true
        case .held, .queued, .sending, .relayed, .delivered, .acknowledged: false
        }
    }

    /// How far along the way to the desk's answer this is; nil where it is off that way.
    package var progress: Int? {
        switch self {
        case .queued: 0
        case .sending: 1
        case .relayed: 2
        case .delivered: 3
        case .acknowledged: 4
        case .answered: 5
        case .held, .rejected, .failed, .cancelled: nil
        }
    }

    /// The state's name for a person.
    package var name: Bilingual {
        switch self {
        case .held: Bilingual(fr: "en attente d'une personne", en: "held")
        case .queued: Bilingual(fr: "en file d'attente", en: "queued")
        case .sending: Bilingual(fr: "envoi en cours", en: "sending")
        case .relayed: Bilingual(fr: "remis au relais", en: "relayed")
        case .delivered: Bilingual(fr: "distribué", en: "delivered")
        case .acknowledged: Bilingual(fr: "accusé de réception", en: "acknowledged")
        case .answered: Bilingual(fr: "répondu", en: "answered")
        case .rejected: Bilingual(fr: "refusé", en: "rejected")
        case .failed: Bilingual(fr: "échec", en: "failed")
        case .cancelled: Bilingual(fr: "annulé", en: "cancelled")
        }
    }
}
