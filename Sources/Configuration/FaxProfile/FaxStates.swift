package import SupportDesk

/// What a service's states mean: `"<0" = "sending"`, `"263" = "not_sent:busy"`, `"FAILURE*" = "uncertain"`.
package struct FaxStates: Hashable, Sendable {
    /// What a state means, and words for people.
    package struct Meaning: Hashable, Sendable {
        /// nil: it is under way.
        package var kind: FaxOutcome.Kind?
        package var words: String
    }

    private enum Pattern: Hashable {
        case exactly(String)
        case below(Int)
        case above(Int)
        case prefix(String)
    }

    private var meanings: [Pattern: Meaning] = [:]

    package init() {}

    /// What a state means; nil where the profile does not know it. The most exact pattern counts.
    package subscript(state: String) -> Meaning? {
        if let meaning = meanings[.exactly(state)] { return meaning }
        if let number = Int(state) {
            for (pattern, meaning) in meanings {
                switch pattern {
                case .below(let limit) where number < limit: return meaning
                case .above(let limit) where number > limit: return meaning
                default: continue
                }
            }
        }
        let prefixes = meanings.compactMap { pattern, meaning in
            if case .prefix(let text) = pattern, state.hasPrefix(text) { (text.utf8.count, meaning) } else { nil }
        }
        return prefixes.max { $0.0 < $1.0 }?.1
    }

    init(_ entries: [String: String]) throws(Complaint) {
        for (key, value) in entries {
            let (word, rest) = split(value)
            let kind = Self.kinds[word]
            guard kind != nil || word == Self.underWay else {
                let words = ([Self.underWay] + Self.kinds.keys).sorted().map { "\"\($0)\"" }.joined(separator: ", ")
                throw Complaint(
                    fr: "l'état \(quoted(key).french) doit signifier l'un de : \(words), suivi au besoin de mots ; et "
                        + "non \(quoted(value).french).",
                    en: "the state \(quoted(key).english) must mean one of: \(words), with words behind it if need "
                        + "be; not \(quoted(value).english).")
            }
            meanings[try Self.pattern(key)] = Meaning(kind: kind, words: rest)
        }
        // Of two ranges that overlap neither would be the more exact one.
        let below = meanings.keys.compactMap { if case .below(let limit) = $0 { limit } else { nil } }
        let above = meanings.keys.compactMap { if case .above(let limit) = $0 { limit } else { nil } }
        let overlap = zip(below, above).contains { below, above in below > above + 1 }
        guard below.count < 2, above.count < 2, !overlap else {
            throw Complaint(
                fr: "il faut au plus un \"<…\" et un \">…\", et ils ne doivent pas se recouvrir.",
                en: "at most one \"<…\" and one \">…\" are expected, and they must not overlap.")
        }
    }

    private static func pattern(_ key: String) throws(Complaint) -> Pattern {
        if key.hasSuffix("*") { return .prefix(String(key.dropLast())) }
        guard key.hasPrefix("<") || key.hasPrefix(">") else { return .exactly(key) }
        guard let limit = Int(key.dropFirst()), limit < .max, limit > .min else {
            throw Complaint(
                fr: "derrière « < » ou « > », il faut un nombre, comme \"<0\", et non \(quoted(key).french).",
                en: "a number is expected behind \"<\" or \">\", as in \"<0\", not \(quoted(key).english).")
        }
        return key.hasPrefix("<") ? .below(limit) : .above(limit)
    }

    private static let underWay = "sending"
    private static let kinds: [String: FaxOutcome.Kind] = [
        "delivered": .delivered, "relayed": .relayed, "uncertain": .uncertain(.unclear),
        "called_off": .calledOff, "refused": .refused(.job), "refused:document": .refused(.document),
        "refused:number": .refused(.number), "refused:credit": .refused(.credit), "not_sent:busy": .notSent(.busy),
        "not_sent:no_answer": .notSent(.noAnswer), "not_sent:no_fax": .notSent(.noFaxMachine),
        "not_sent:no_dialtone": .notSent(.noDialTone), "not_sent:handshake": .notSent(.handshake),
        "not_sent:out_of_time": .notSent(.outOfTime), "not_sent:line": .notSent(.line),
    ]
}

/// The first word, and the rest.
private func split(_ text: String) -> (word: String, rest: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.dropFirst().first.map(String.init) ?? "")
}
