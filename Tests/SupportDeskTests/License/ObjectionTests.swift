import SupportDesk
import TestSupport
import Testing

@Suite("Judged once more before it is sent")
struct ObjectionTests {
    private static let today = CalendarDate(Sample.start, offset: .zero)

    private func admittance(expired: Policy = .hold) throws -> Admittance {
        let text = """
            licence;contrat;fin_contrat;version
            1111;G-TEL;2027-12-31;9.5
            2222;G-TEL;2026-11-22;9.5
            3333;G-MAIL;2027-12-31;9.5
            """
        var policies = Admittance.Policies(unknown: .reject)
        policies.expired = expired
        policies.unsupportedVersion = .hold
        return Admittance(
            rules: LicenseRules(), knowledge: .register(try Register.parse(Array(text.utf8))), policies: policies,
            entitlement: EntitlementRules(minimumVersion: ProductVersion("9.0")))
    }

    private func claim(_ license: String, _ kind: Submission.Kind = .report, version: String? = nil) -> Claim {
        var claim = Claim(
            reference: Reference(number: 1), attempt: 2, failures: 1, queuedAt: Sample.start, content: .bytes([]))
        claim.license = license
        claim.kind = kind
        claim.version = version
        return claim
    }

    @Test("a contract that ended meanwhile, a license that was struck off, a version too old hold it back")
    func speaksAgainst() throws {
        let held = try admittance()
        #expect(held.objection(to: claim("1111"), by: .smtp, on: Self.today) == nil)
        let expired = held.objection(to: claim("2222"), by: .smtp, on: Self.today)
        #expect(expired?.state == .held && expired?.reason.code == .contractExpired)
        let unknown = held.objection(to: claim("4444"), by: .smtp, on: Self.today)
        #expect(unknown?.state == .rejected && unknown?.reason.code == .licenseUnknown)
        let old = held.objection(to: claim("1111", version: "8.4.2"), by: .smtp, on: Self.today)
        #expect(old?.state == .held && old?.reason.code == .unsupportedVersion)
        let rejected = try admittance(expired: .reject).objection(to: claim("2222"), by: .smtp, on: Self.today)
        #expect(rejected?.state == .rejected)
        #expect(try admittance(expired: .forward).objection(to: claim("2222"), by: .smtp, on: Self.today) == nil)
    }

    @Test("a call-back is judged as one")
    func callback() throws {
        let objection = try admittance().objection(to: claim("3333", .callback), by: .smtp, on: Self.today)
        #expect(objection?.reason.code == .channelNotCovered)
        #expect(try admittance().objection(to: claim("3333"), by: .smtp, on: Self.today) == nil)
        #expect(try admittance().objection(to: claim("3333"), by: .fax, on: Self.today) == nil)
    }

    @Test("a call-back is not asked for once its window is over, whoever let it go")
    func window() {
        var claim = claim("1111", .callback)
        claim.slotEnd = Sample.start
        claim.isCleared = true
        #expect(Objection.windowIsOver(claim, at: Sample.start - .milliseconds(1)) == nil)
        let objection = Objection.windowIsOver(claim, at: Sample.start)
        #expect(objection?.state == .held && objection?.reason.code == .expired)
        #expect(objection?.reason.text.french.contains("--change \(claim.reference)") == true)
        claim.kind = .callbackCancellation
        #expect(Objection.windowIsOver(claim, at: Sample.start) == nil)
    }

    @Test("not what a person let go, nor what the service sends by itself, nor without a register")
    func spared() throws {
        let held = try admittance()
        var cleared = claim("2222")
        cleared.isCleared = true
        #expect(held.objection(to: cleared, by: .smtp, on: Self.today) == nil)
        for kind in [Submission.Kind.callbackCancellation, .reminder, .notice] {
            #expect(held.objection(to: claim("2222", kind), by: .smtp, on: Self.today) == nil)
        }
        for knowledge in [Admittance.Knowledge.noRegister, .unreadable] {
            var other = held
            other.knowledge = knowledge
            #expect(other.objection(to: claim("2222"), by: .smtp, on: Self.today) == nil)
        }
    }
}
