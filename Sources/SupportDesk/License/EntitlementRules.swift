/// Decides what a licence gives a right to: by the contract, the day of the purchase or of an update, and the version.
package struct EntitlementRules: Hashable, Sendable {
    /// What each kind of contract covers.
    package var contractKinds: ContractKinds
    /// What is older is no longer supported; nil where every version is.
    package var minimumVersion: ProductVersion?

    /// How many days before its end a contract is warned about.
    static let warningDays = 14

    package init(contractKinds: ContractKinds = .standard, minimumVersion: ProductVersion? = nil) {
        self.contractKinds = contractKinds
        self.minimumVersion = minimumVersion
    }

    /// - Parameters:
    ///   - reported: the version as the report has it; without one that of the register counts.
    ///   - day: the day at the desk.
    package func assess(
        _ entry: Register.Entry, for kind: AssistanceKind, version reported: String? = nil, on day: CalendarDate
    ) -> Entitlement {
        let words = EntitlementWords(entry)
        let basis = basis(entry, for: kind, on: day)
        var result = Entitlement(basis: basis, problems: [], warnings: [])
        switch basis {
        case .none:
            result.problems.append(
                words.notEntitled(contractEnded: entry.deniesContract ? nil : entry.contractEnd, year: entry.lastYear))
        case .contract where !coverage(entry).contains(kind):
            result.problems.append(words.notCovered(kind, covered: coverage(entry)))
        case .contract(_, let end):
            result.coveredUntil = end.map { max($0, entry.lastYear?.end ?? $0) }
        case .purchase(let end), .update(let end): result.coveredUntil = end
        case .unstated: break
        }
        if let end = basis.end {
            let left = end.daysSinceEpoch - day.daysSinceEpoch
            if left <= Self.warningDays {
                result.daysLeft = left
                result.warnings.append(words.ending(basis, end, daysLeft: left, coveredUntil: result.coveredUntil))
            }
        }
        judgeVersion(reported, entry, words, &result)
        return result
    }

    /// The contract, unless only the year after the purchase or the update covers this kind.
    private func basis(_ entry: Register.Entry, for kind: AssistanceKind, on day: CalendarDate) -> Entitlement.Basis {
        let year = entry.lastYear.flatMap { day <= $0.end ? $0 : nil }
        if entry.isUnderContract(on: day) {
            if let year, !coverage(entry).contains(kind) { return year.basis }
            return .contract(name: entry.contractName, until: entry.contractEnd)
        }
        if let year { return year.basis }
        let isUnstated =
            entry.contract == nil && entry.contractEnd == nil && entry.purchased == nil && entry.updated == nil
        return isUnstated ? .unstated : .none
    }

    private func coverage(_ entry: Register.Entry) -> Set<AssistanceKind> {
        entry.contractName.map(contractKinds.coverage) ?? Set(AssistanceKind.allCases)
    }

    private func judgeVersion(
        _ reported: String?, _ entry: Register.Entry, _ words: EntitlementWords, _ result: inout Entitlement
    ) {
        let reported = reported.flatMap { $0.isBlank ? nil : $0 }
        guard let version = (reported ?? entry.version).flatMap(ProductVersion.init) else {
            // The register may be out of date: it is not held against somebody who tried to say better.
            if reported != nil { result.warnings.append(words.unreadVersion) }
            return
        }
        if version.isBeta { result.warnings.append(words.beta(version)) }
        if let minimumVersion, version.isOlder(than: minimumVersion) {
            result.problems.append(words.unsupported(version, minimum: minimumVersion, isReported: reported != nil))
        }
    }
}

/// The year of assistance that a purchase or an update begins.
struct AssistanceYear {
    /// The last day.
    var end: CalendarDate
    var isUpdate: Bool

    var basis: Entitlement.Basis { isUpdate ? .update(until: end) : .purchase(until: end) }
}

extension Register.Entry {
    /// The one that ends last; nil where neither a purchase nor an update is known.
    var lastYear: AssistanceYear? {
        let purchase = purchased.map { AssistanceYear(end: $0.aYearLater.adding(days: -1), isUpdate: false) }
        let update = updated.map { AssistanceYear(end: $0.aYearLater.adding(days: -1), isUpdate: true) }
        guard let purchase, let update else { return purchase ?? update }
        return purchase.end < update.end ? update : purchase
    }

    /// Nil where the register only says that there is a contract, or none.
    var contractName: String? {
        guard let contract, !deniesContract else { return nil }
        return ["oui", "yes", "1", "true"].contains(contract.lowercased()) ? nil : contract
    }
}

extension Entitlement.Basis {
    /// The last day; nil where it has none.
    var end: CalendarDate? {
        switch self {
        case .contract(_, let end): end
        case .purchase(let end), .update(let end): end
        case .unstated, .none: nil
        }
    }
}
