import ControlAPI
import ControlServer
import SupportDesk

extension LicenseView {
    /// What is known of a licence, and what would become of a report with it by mail.
    ///
    /// - Parameters:
    ///   - written: as somebody typed it.
    ///   - today: the day at the desk.
    init(_ written: String, _ admittance: Admittance, _ releases: Releases, on today: CalendarDate) {
        let decision = admittance.decide(written, on: today)
        let policy: Policy
        let reason: Reason?
        switch decision.outcome {
        case .forward: (policy, reason) = (.forward, decision.problems.first?.reason)
        case .hold(let why): (policy, reason) = (.hold, why)
        case .reject(let why): (policy, reason) = (.reject, why)
        }
        let isInOrder = decision.problems.isEmpty
        self.init(
            license: decision.license, known: decision.entry != nil, entitled: policy == .forward && isInOrder,
            policy: policy.rawValue)
        self.reason = reason.map {
            ReasonView(code: $0.code.rawValue, text: $0.text.english, textFR: $0.text.french)
        }
        guard let entry = decision.entry else { return }
        company = entry.company
        partner = entry.partner
        product = entry.product
        version = entry.version
        purchasedOn = entry.purchased?.description
        updatedOn = entry.updated?.description
        contract = entry.contract
        contractEndsOn = entry.contractEnd?.description
        let advice = releases.advice(version: entry.version, product: entry.product, partner: entry.partner)
        if let entitlement = decision.entitlement {
            basis = entitlement.basis.word
            coveredUntil = entitlement.coveredUntil?.description
            daysLeft = entitlement.daysLeft
            warnings = entitlement.warnings.map { SentenceView($0) }
        }
        if let advice { warnings.append(SentenceView(advice)) }
        covers = AssistanceKind.allCases.filter { kind in
            let found = admittance.entitlement.assess(entry, for: kind, on: today)
            return found.isCovered
        }.map(\.rawValue)
    }
}

extension Entitlement.Basis {
    /// Stable, for programs.
    fileprivate var word: String {
        switch self {
        case .contract: "contract"
        case .purchase: "purchase"
        case .update: "update"
        case .unstated: "unstated"
        case .none: "none"
        }
    }
}
