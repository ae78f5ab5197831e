/// What is told of an entitlement, and to whom.
extension Entitlement {
    /// That the contract, or the year after the purchase or an update, ends soon; nil where it does not.
    package var endsSoon: Bilingual? { daysLeft == nil ? nil : warnings.first }

    /// The warnings the desk should know of too; when a contract ends it knows itself.
    package var deskWarnings: [Bilingual] { daysLeft == nil ? warnings : Array(warnings.dropFirst()) }
}

extension Entitlement.Basis {
    /// What the right rests on, in a few words; nil where nothing is known.
    package var sentence: Bilingual? {
        switch self {
        case .contract(let name, let until):
            let (french, english) = (name ?? "oui", name ?? "yes")
            guard let until else { return Bilingual(fr: french, en: english) }
            return Bilingual(
                fr: "\(french), jusqu'au \(until.text(in: .french))",
                en: "\(english), until \(until.text(in: .english))")
        case .purchase(let until):
            return Bilingual(
                fr: "achat de moins d'un an, jusqu'au \(until.text(in: .french))",
                en: "bought less than a year ago, until \(until.text(in: .english))")
        case .update(let until):
            return Bilingual(
                fr: "mise à jour de moins d'un an, jusqu'au \(until.text(in: .french))",
                en: "updated less than a year ago, until \(until.text(in: .english))")
        case .unstated: return nil
        case .none: return Bilingual(fr: "aucun", en: "none")
        }
    }
}

extension Entitlement.Problem {
    /// The problem and its remedy.
    package var sentence: Bilingual { reason.text }
}

extension Admittance.Decision {
    /// What speaks against it, whatever was decided.
    package var problems: [Entitlement.Problem] { entitlement?.problems ?? [] }
}
