import SupportDesk
import Testing

@Suite("Admittance")
struct AdmittanceTests {
    private let today: CalendarDate

    init() throws {
        today = try #require(CalendarDate(year: 2026, month: 11, day: 23))
    }

    private func decide(
        _ written: String, _ knowledge: Admittance.Knowledge, unknown: Policy = .hold, noRegister: Policy = .forward
    ) -> Admittance.Decision {
        Admittance(
            rules: LicenseRules(), knowledge: knowledge,
            policies: .init(unknown: unknown, noRegister: noRegister)
        ).decide(written, on: today)
    }

    private var register: Admittance.Knowledge {
        var entry = Register.Entry(license: "00012344")
        entry.contractEnd = today
        return .register(Register(entries: [entry, Register.Entry(license: "5678")]))
    }

    @Test("a known licence goes out, and its contract is seen")
    func known() {
        let decision = decide("n° 0001-2344", register, unknown: .reject, noRegister: .reject)
        #expect(decision.outcome == .forward)
        #expect(decision.license == "00012344")
        #expect(decision.entry?.license == "00012344")
        #expect(decision.isUnderContract)
        #expect(!decide("5678", register).isUnderContract)
    }

    @Test("an unknown one goes by its policy", arguments: Policy.allCases)
    func unknown(policy: Policy) {
        let decision = decide("9999", register, unknown: policy, noRegister: .forward)
        #expect(decision.policy == policy)
        #expect(decision.code == (policy == .forward ? nil : .licenseUnknown))
        #expect(decision.license == "9999")
    }

    @Test("without a register another policy holds", arguments: Policy.allCases)
    func noRegister(policy: Policy) {
        let decision = decide("9999", .noRegister, unknown: .reject, noRegister: policy)
        #expect(decision.policy == policy)
        #expect(decision.code == (policy == .forward ? nil : .licenseUnknown))
    }

    @Test("while the register cannot be read nothing is forwarded", arguments: Policy.allCases, Policy.allCases)
    func unreadable(noRegister: Policy, unknown: Policy) {
        let decision = decide("5678", .unreadable, unknown: unknown, noRegister: noRegister)
        #expect(decision.policy == (noRegister == .reject ? .reject : .hold))
        #expect(decision.code == .licenseUnknown)
    }

    @Test("what is no licence number is rejected whatever the policies, and a secret leaves no trace")
    func bad() {
        let code = "ABCD-EFGH-1JKL-MN0P"
        let decision = decide(code, .noRegister, unknown: .forward)
        #expect(decision.code == .badLicense)
        #expect(decision.policy == .reject)
        #expect(decision.license == "****")
        #expect(decide("", register, unknown: .forward).code == .licenseMissing)
        #expect(decide("", register).license == "")
        #expect(decide("ABCD", register).license == "ABCD")
    }
}

extension Admittance.Decision {
    var policy: Policy {
        switch outcome {
        case .forward: .forward
        case .hold: .hold
        case .reject: .reject
        }
    }

    var code: Reason.Code? {
        switch outcome {
        case .forward: nil
        case .hold(let reason), .reject(let reason): reason.code
        }
    }
}
