import SupportDesk
import TestSupport
import Testing

/// What is done with a licence that is known and not entitled.
@Suite("Admittance by entitlement")
struct AdmittancePolicyTests {
    private let end: CalendarDate

    init() throws {
        end = try #require(CalendarDate(year: 2026, month: 12, day: 31))
    }

    private func decide(
        _ policies: Admittance.Policies, _ kind: AssistanceKind = .mail, version: String? = nil, late: Int = 0,
        minimum: String? = "9", change: (inout Register.Entry) -> Void = { _ in }
    ) -> Admittance.Decision {
        var entry = Register.Entry(license: "1234")
        entry.contract = "G-MAIL"
        entry.contractEnd = end
        change(&entry)
        return Admittance(
            rules: LicenseRules(), knowledge: .register(Register(entries: [entry])), policies: policies,
            entitlement: EntitlementRules(minimumVersion: minimum.flatMap(ProductVersion.init))
        ).decide("1234", for: kind, version: version, on: end.adding(days: late))
    }

    private func deny(_ entry: inout Register.Entry) { entry.contract = "non" }

    @Test("by default all but an old version wait for a person")
    func defaults() {
        let policies = Admittance.Policies()
        #expect(decide(policies).outcome == .forward)
        #expect(decide(policies, late: 1).summary == .init(.hold, .contractExpired))
        #expect(decide(policies, change: deny).summary == .init(.hold, .notEntitled))
        #expect(decide(policies, .callback).summary == .init(.hold, .channelNotCovered))
        #expect(decide(policies, version: "8.4").summary == .init(.forward, nil))
    }

    @Test("each reason has its policy", arguments: Policy.allCases)
    func each(policy: Policy) {
        let strict = Admittance.Policies(
            unknown: .reject, noRegister: .reject, expired: .reject, notEntitled: .reject, channelNotCovered: .reject,
            unsupportedVersion: .reject)
        func summary(_ code: Reason.Code) -> Admittance.Decision.Summary {
            .init(policy, policy == .forward ? nil : code)
        }
        var policies = strict
        policies.expired = policy
        #expect(decide(policies, late: 1).summary == summary(.contractExpired))
        policies = strict
        policies.notEntitled = policy
        #expect(decide(policies, change: deny).summary == summary(.notEntitled))
        policies = strict
        policies.channelNotCovered = policy
        #expect(decide(policies, .callback).summary == summary(.channelNotCovered))
        policies = strict
        policies.unsupportedVersion = policy
        #expect(decide(policies, version: "8.4").summary == summary(.unsupportedVersion))
    }

    @Test("without a policy of its own, what is not entitled goes as what has expired", arguments: Policy.allCases)
    func follows(policy: Policy) {
        #expect(decide(.init(expired: policy), change: deny).policy == policy)
        #expect(decide(.init(expired: .hold, notEntitled: policy), change: deny).policy == policy)
        #expect(decide(.init(expired: policy, notEntitled: .hold), late: 1).policy == policy)
    }

    @Test("the strictest policy decides, and its reason is told", arguments: Policy.allCases, Policy.allCases)
    func strictest(channel: Policy, version: Policy) {
        let policies = Admittance.Policies(channelNotCovered: channel, unsupportedVersion: version)
        let decision = decide(policies, .callback, version: "8.4")
        let order: [Policy] = [.reject, .hold, .forward]
        let strictest = order.first { $0 == channel || $0 == version }
        #expect(decision.policy == strictest)
        let code: Reason.Code = channel == strictest ? .channelNotCovered : .unsupportedVersion
        #expect(decision.code == (strictest == .forward ? nil : code))
        // All that speaks against it stays visible, whatever was decided.
        #expect(decision.entitlement?.problems.map(\.code) == [.channelNotCovered, .unsupportedVersion])
    }

    @Test("the reason says the problem and its remedy, in both languages")
    func reason() throws {
        let decision = decide(.init(), late: 1) { $0.partner = "Partenaire Sud" }
        let problem = try #require(decision.entitlement?.problems.first)
        #expect(decision.outcome == .hold(problem.reason))
        for (language, day) in [(Language.french, "31/12/2026"), (.english, "2026-12-31")] {
            #expect(problem.reason.text[language].contains(day))
            #expect(problem.reason.text[language].hasSuffix(" " + problem.remedy[language]))
            #expect(problem.reason.text[language].contains("Partenaire Sud"))
        }
    }

    @Test("what is forwarded in spite of a problem is not promised an answer, unless only its version is old")
    func promise() {
        let lax = Admittance.Policies(expired: .forward, channelNotCovered: .forward)
        #expect(decide(lax).isPromised && decide(lax).isUnderContract)
        let expired = decide(lax, late: 1)
        #expect(expired.outcome == .forward && !expired.isPromised && !expired.isUnderContract)
        #expect(expired.entitlement?.problems.map(\.code) == [.contractExpired])
        let callback = decide(lax, .callback)
        #expect(callback.outcome == .forward && !callback.isPromised && callback.isUnderContract)
        #expect(decide(lax, version: "8.4").isPromised)
        let bought = decide(lax, .callback, late: 1) { $0.purchased = end }
        #expect(bought.isPromised && bought.isUnderContract)
        let unstated = decide(lax, .callback) { ($0.contract, $0.contractEnd) = (nil, nil) }
        #expect(unstated.isPromised && !unstated.isUnderContract && unstated.entitlement?.basis == .unstated)
    }

    @Test("where nothing is known nothing speaks against the promise")
    func unknown() {
        for knowledge in [Admittance.Knowledge.noRegister, .unreadable, .register(Register(entries: []))] {
            let decision = Admittance(rules: LicenseRules(), knowledge: knowledge, policies: .init())
                .decide("1234", for: .callback, version: "1", on: end)
            #expect(decision.isPromised && decision.entitlement == nil && !decision.isUnderContract)
        }
    }

    @Test("a stricter policy never lets more through", arguments: 0..<200)
    func monotone(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        func policy() -> Policy { Policy.allCases.randomElement(using: &random) ?? .hold }
        func stricter(_ policy: Policy) -> Policy {
            Policy.allCases.filter { $0.strictness >= policy.strictness }.randomElement(using: &random) ?? policy
        }
        let lax = Admittance.Policies(
            expired: policy(), notEntitled: policy(), channelNotCovered: policy(), unsupportedVersion: policy())
        let strict = Admittance.Policies(
            expired: stricter(lax.expired), notEntitled: stricter(lax.notEntitled ?? lax.expired),
            channelNotCovered: stricter(lax.channelNotCovered),
            unsupportedVersion: stricter(lax.unsupportedVersion))
        let contract = ["G-MAIL", "non", "G-TEL"].randomElement(using: &random)
        let bought = Bool.random(using: &random) ? end.adding(days: -Int.random(in: 300...400, using: &random)) : nil
        let version = ["8", "9", "?", nil].randomElement(using: &random) ?? nil
        let late = Int.random(in: -20...20, using: &random)
        for kind in AssistanceKind.allCases {
            let decisions = [lax, strict].map { policies in
                decide(policies, kind, version: version, late: late) {
                    $0.contract = contract
                    $0.purchased = bought
                }
            }
            #expect(decisions[0].policy.strictness <= decisions[1].policy.strictness)
            // What is found does not depend on what is done about it.
            #expect(decisions[0].entitlement == decisions[1].entitlement)
            for decision in decisions where decision.policy != .forward {
                #expect(decision.entitlement?.problems.map(\.code).contains { $0 == decision.code } == true)
            }
        }
    }
}

extension Policy {
    fileprivate var strictness: Int {
        switch self {
        case .forward: 0
        case .hold: 1
        case .reject: 2
        }
    }
}

extension Admittance.Decision {
    fileprivate struct Summary: Equatable {
        var policy: Policy
        var code: Reason.Code?

        init(_ policy: Policy, _ code: Reason.Code?) {
            self.policy = policy
            self.code = code
        }
    }

    fileprivate var summary: Summary { Summary(policy, code) }
}
