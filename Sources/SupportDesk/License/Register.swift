/// The licences known here, with what each is entitled to.
package struct Register: Hashable, Sendable {
    /// One licence.
    package struct Entry: Hashable, Sendable {
        /// Normalised.
        package var license: String
        package var company: String?
        package var partner: String?
        package var product: String?
        package var version: String?
        package var purchased: CalendarDate?
        /// The day of the last update.
        package var updated: CalendarDate?
        /// The contract's name, as it is written there.
        package var contract: String?
        /// The last day of the contract.
        package var contractEnd: CalendarDate?

        package init(license: String) {
            self.license = license
        }

        /// Whether an assistance contract is running; its last day is included. A contract with a name and without
        /// an end runs on; a column that says `non` or `no` names none.
        package func isUnderContract(on day: CalendarDate) -> Bool {
            if deniesContract { return false }
            if let contractEnd { return day <= contractEnd }
            return contract != nil
        }

        /// The column of the contract says that there is none.
        var deniesContract: Bool {
            guard let contract else { return false }
            return ["non", "no", "0", "aucun", "none", "false", "-"].contains(contract.lowercased())
        }
    }

    /// In the order of the file.
    package let entries: [Entry]
    /// Columns nobody here knows; worth a word to the administrator, since one may be misspelt.
    package let unknownColumns: [String]
    private let places: [String: Int]

    /// - Parameter entries: of those with the same licence the first is found.
    package init(entries: [Entry], unknownColumns: [String] = []) {
        self.entries = entries
        self.unknownColumns = unknownColumns
        places = Dictionary(zip(entries.map(\.license), entries.indices)) { first, _ in first }
    }

    /// The entry of a normalised number.
    package subscript(license: String) -> Entry? { places[license].map { entries[$0] } }
}

/// A register that is refused, with everything that is wrong with it.
package struct RegisterFault: Explained, Hashable {
    package typealias Flaw = FileFlaw

    /// In the order of the file.
    package let flaws: [Flaw]

    package var explanation: Bilingual {
        let listed = flaws.listed
        return Bilingual(
            fr: "Le registre des licences est refusé en entier : \(listed.french).",
            en: "The license register is refused as a whole: \(listed.english).")
    }
}
