import SupportDesk

extension State {
    /// One word for a narrow column.
    var shortName: Bilingual {
        switch self {
        case .held: Bilingual(fr: "retenu", en: "held")
        case .queued: Bilingual(fr: "en file", en: "queued")
        case .sending: Bilingual(fr: "en cours", en: "sending")
        case .relayed: Bilingual(fr: "relayé", en: "relayed")
        case .delivered: Bilingual(fr: "distribué", en: "delivered")
        case .acknowledged: Bilingual(fr: "accusé", en: "acknowledged")
        case .answered: Bilingual(fr: "répondu", en: "answered")
        case .rejected: Bilingual(fr: "refusé", en: "rejected")
        case .failed: Bilingual(fr: "échec", en: "failed")
        case .cancelled: Bilingual(fr: "annulé", en: "cancelled")
        }
    }

    /// So many submissions in this state, as in `3 refusées`.
    func count(_ number: Int) -> Bilingual {
        let french =
            switch self {
            case .queued, .sending: shortName.french
            case .failed: "en échec"
            case .held, .relayed, .delivered, .acknowledged, .answered, .rejected, .cancelled:
                shortName.french + (number > 1 ? "es" : "e")
            }
        return Bilingual(fr: "\(number) \(french)", en: "\(number) \(shortName.english)")
    }
}

extension CommandContext {
    /// A state of the API for a person; its own word where this version does not know it.
    func stateName(_ raw: String) -> String {
        State(rawValue: raw)?.name[language] ?? raw.harmless
    }

    func shortStateCell(_ raw: String) -> Table.Cell {
        guard let state = State(rawValue: raw) else { return Table.Cell(raw.harmless) }
        return Table.Cell(state.shortName[language], state.style)
    }

    func priorityName(_ raw: String) -> String {
        Priority(rawValue: raw)?.name[language] ?? raw.harmless
    }

    /// What came of an attempt.
    func outcomeCell(_ raw: String?) -> Table.Cell {
        switch raw {
        case "accepted": Table.Cell(say(fr: "accepté", en: "accepted"), .green)
        case "refused": Table.Cell(say(fr: "refusé", en: "refused"), .red)
        case "deferred": Table.Cell(say(fr: "différé", en: "deferred"), .yellow)
        case "uncertain": Table.Cell(say(fr: "incertain", en: "uncertain"), .yellow)
        case nil: Table.Cell(say(fr: "en cours", en: "under way"), .cyan)
        case .some(let other): Table.Cell(other.harmless)
        }
    }
}
