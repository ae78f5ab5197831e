/// What each kind of contract gives a right to.
///
/// A kind that is not in the table covers everything: nobody is refused because of a name nobody here knows.
package struct ContractKinds: Hashable, Sendable {
    /// By the folded name.
    private var table: [String: Set<AssistanceKind>] = [:]

    /// Those of GESTIMUM: by mail, by telephone, and with remote control.
    package static let standard = ContractKinds(table: [
        fold("G-MAIL"): [.mail, .fax], fold("G-TEL"): [.mail, .fax, .callback],
        fold("G-WEB"): [.mail, .fax, .callback],
    ])

    private init(table: [String: Set<AssistanceKind>]) {
        self.table = table
    }

    /// - Parameter entries: each a kind of contract, a colon, and what it covers, as in `G-MAIL: mail fax` or
    ///   `G-TEL : courriel, télécopie et rappel`.
    /// - Throws: `ContractKindsFault` with all that is wrong.
    package init(_ entries: [String]) throws(ContractKindsFault) {
        var flaws: [Bilingual] = []
        for entry in entries {
            let flaw = take(entry)
            if let flaw { flaws.append(flaw) }
        }
        if !flaws.isEmpty { throw ContractKindsFault(flaws: flaws) }
    }

    /// What is covered under a contract as the register names it; several kinds (`G-MAIL + G-TEL`) cover what any
    /// of them does. Case, dashes and blanks make no difference.
    package func coverage(of contract: String) -> Set<AssistanceKind> {
        // A kind may itself be called `Tel et Web`.
        if let covered = table[Self.fold(contract)] { return covered }
        let names = Self.parts(of: contract, separators: "+,;/&|").filter { !$0.isEmpty }
        if names.isEmpty { return Set(AssistanceKind.allCases) }
        return names.reduce(into: []) { $0.formUnion(coverage(ofOne: $1)) }
    }

    private func coverage(ofOne name: String) -> Set<AssistanceKind> {
        if let covered = table[Self.fold(name)] { return covered }
        // `G-MAIL G-TEL`: the blank separates where all that it separates is known.
        let known = name.split(separator: " ").map { table[Self.fold(String($0))] }
        let everything = Set(AssistanceKind.allCases)
        return known.reduce(into: []) { $0.formUnion($1 ?? everything) }
    }

    private mutating func take(_ entry: String) -> Bilingual? {
        let scalars = entry.unicodeScalars
        guard let colon = scalars.firstIndex(of: ":"), case let name = Self.fold(String(entry[..<colon])),
            !name.isEmpty
        else {
            return Bilingual(
                fr: "« \(entry.excerpt) » : écrivez le nom du contrat, un deux-points et ce qu'il couvre",
                en: "“\(entry.excerpt)”: write the name of the contract, a colon and what it covers")
        }
        var covered: Set<AssistanceKind> = []
        let words = Self.parts(of: String(entry[scalars.index(after: colon)...]), separators: "+,;/&|")
        for word in words.flatMap({ $0.split(separator: " ") }) {
            guard let kind = Self.kinds[Self.fold(String(word))] else {
                return Bilingual(
                    fr: "« \(entry.excerpt) » : « \(word.excerpt) » n'est pas un moyen d'assistance ; sont connus : "
                        + "courriel, fax, rappel",
                    en: "“\(entry.excerpt)”: “\(word.excerpt)” is no means of assistance; known are: mail, fax, "
                        + "callback")
            }
            covered.insert(kind)
        }
        if covered.isEmpty {
            return Bilingual(
                fr: "« \(entry.excerpt) » : le deux-points n'est suivi d'aucun moyen : courriel, fax, rappel",
                en: "“\(entry.excerpt)”: no means stands behind the colon: mail, fax, callback")
        }
        if table.updateValue(covered, forKey: name) != nil {
            return Bilingual(
                fr: "« \(entry.excerpt) » : ce contrat figure deux fois",
                en: "“\(entry.excerpt)”: this contract stands there twice")
        }
        return nil
    }

    private static let kinds: [String: AssistanceKind] = [
        "mail": .mail, "email": .mail, "courriel": .mail, "mel": .mail, "fax": .fax, "telecopie": .fax,
        "callback": .callback, "rappel": .callback, "telephone": .callback, "phone": .callback, "tel": .callback,
    ]

    /// Between signs and the word for “and”; blanks are plain and single.
    private static func parts(of text: String, separators: String) -> [String] {
        var parts: [[String]] = [[]]
        for word in text.unicodeScalars.split(whereSeparator: \.isBlank) {
            if ["et", "and"].contains(fold(String(String.UnicodeScalarView(word)))) {
                parts.append([])
                continue
            }
            let pieces = word.split(omittingEmptySubsequences: false) { separators.unicodeScalars.contains($0) }
            for (place, piece) in pieces.enumerated() {
                if place > 0 { parts.append([]) }
                if !piece.isEmpty { parts[parts.count - 1].append(String(String.UnicodeScalarView(piece))) }
            }
        }
        return parts.map { $0.joined(separator: " ") }
    }

    private static func fold(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                FieldName.fold(name).unicodeScalars.filter {
                    $0 != "_" && $0 != "\u{2212}" && $0.properties.generalCategory != .dashPunctuation
                }))
    }
}

/// A table of contracts that is refused, with everything that is wrong with it.
package struct ContractKindsFault: Explained, Hashable {
    /// In the order of the entries.
    package let flaws: [Bilingual]

    package var explanation: Bilingual {
        Bilingual(
            fr: "Les contrats sont mal décrits : \(flaws.map(\.french).joined(separator: " ; ")). "
                + "Écrivez par exemple « G-MAIL: courriel fax ».",
            en: "The contracts are not described right: \(flaws.map(\.english).joined(separator: "; ")). "
                + "Write for example “G-MAIL: mail fax”.")
    }
}
