/// What a licence gives a right to on a day, for one kind of assistance.
package struct Entitlement: Hashable, Sendable {
    /// What the right rests on.
    package enum Basis: Hashable, Sendable {
        /// A contract is running; its last day is included, and one without an end runs on. The register may name
        /// only its end.
        case contract(name: String?, until: CalendarDate?)
        /// Bought less than a year ago; the last day of that year.
        case purchase(until: CalendarDate)
        /// Updated less than a year ago; the last day of that year.
        case update(until: CalendarDate)
        /// The register says nothing of contract, purchase or update, so that nothing speaks against it.
        case unstated
        case none
    }

    /// Something that speaks against it.
    package struct Problem: Hashable, Sendable {
        package var code: Reason.Code
        package var text: Bilingual
        /// What would change it.
        package var remedy: Bilingual

        /// For a person: the problem and its remedy.
        package var reason: Reason {
            Reason(
                code, fr: "\(text.french) \(remedy.french)", en: "\(text.english) \(remedy.english)")
        }
    }

    package var basis: Basis
    /// The gravest first: contract, then kind of assistance, then version.
    package var problems: [Problem]
    /// What is in order but worth a word.
    package var warnings: [Bilingual]
    /// The last day on which this kind of assistance is covered; nil where it is not, or where no end is known.
    package var coveredUntil: CalendarDate?
    /// Days until the contract, or the year after the purchase or the update, ends, where that is near (14 or less);
    /// 0 on its last day.
    package var daysLeft: Int?

    /// Whether a promise of an answer holds: nothing but the version speaks against it.
    package var isCovered: Bool {
        basis != .none && !problems.contains { $0.code == .channelNotCovered }
    }

    /// A contract is running, or the year after the purchase or an update: also where this kind is not covered.
    package var isUnderContract: Bool {
        switch basis {
        case .contract, .purchase, .update: true
        case .unstated, .none: false
        }
    }
}
