import SupportDesk
import TestSupport
import Testing

@Suite("Quotas")
struct QuotasTests {
    /// `#expect` cannot call what mutates a struct.
    private final class Subject {
        var usage: QuotaUsage
        var quotas = Quotas()

        init(_ entries: [QuotaUsage.Entry] = []) { usage = QuotaUsage(entries) }

        func take(_ uid: UInt32, _ license: String, hours: Int = 0, isSpared: Bool = false) -> Reason? {
            usage.take(uid, license, within: quotas, at: Sample.start + .seconds(hours * 3600)) { isSpared }
        }
    }

    @Test("without limits nothing is held")
    func none() {
        let it = Subject()
        #expect(it.quotas.isUnlimited)
        for _ in 1...1000 { #expect(it.take(1, "A") == nil) }
    }

    @Test("a user's limit counts every license, a license's every user; the reason says which, in both languages")
    func limits() throws {
        let it = Subject()
        it.quotas.userDaily = 3
        it.quotas.licenseDaily = 4
        #expect(!it.quotas.isUnlimited)
        for license in ["A", "B", "A"] { #expect(it.take(1, license) == nil) }
        let user = try #require(it.take(1, "C"))
        #expect(user.code == .quotaExceeded)
        for text in [user.text.french, user.text.english] {
            #expect(text.contains("3") && text.contains("quotas.user_daily") && text.contains("assistctl release"))
        }
        #expect(it.take(2, "A") == nil && it.take(3, "A") == nil)
        let license = try #require(it.take(4, "A"))
        for text in [license.text.french, license.text.english] {
            #expect(text.contains("4") && text.contains("quotas.license_daily"))
            #expect(text.contains("assistctl release"))
        }
        #expect(it.take(4, "B") == nil, "others are not concerned")
    }

    @Test("the user's limit spares administrators, the license's spares nobody")
    func spared() {
        let it = Subject()
        it.quotas.userDaily = 1
        it.quotas.licenseDaily = 2
        #expect(it.take(0, "A", isSpared: true) == nil && it.take(0, "A", isSpared: true) == nil)
        #expect(it.take(0, "A", isSpared: true) != nil)
        #expect(it.take(0, "B", isSpared: true) == nil)
    }

    @Test("what is held uses nothing up, and after a day the hour's count is gone")
    func sliding() {
        let it = Subject()
        it.quotas.userDaily = 2
        #expect(it.take(1, "A") == nil)
        #expect(it.take(1, "A", hours: 10) == nil)
        for hour in 10...23 { #expect(it.take(1, "A", hours: hour) != nil, "\(hour)") }
        #expect(it.take(1, "A", hours: 24) == nil, "the first one is a day old")
        #expect(it.take(1, "A", hours: 33) != nil)
        #expect(it.take(1, "A", hours: 34) == nil)
    }

    @Test("what was not taken in after all is given back")
    func givenBack() {
        let it = Subject()
        it.quotas.licenseDaily = 1
        #expect(it.take(1, "A") == nil && it.take(2, "A") != nil)
        it.usage.giveBack(1, "A", at: Sample.start)
        #expect(it.take(2, "A") == nil && it.take(1, "A") != nil)
    }

    @Test("it begins with what the journal knows")
    func seeded() {
        let hour = Sample.start.milliseconds / 3_600_000
        let it = Subject([
            .init(uid: 1, license: "A", hour: hour - 5, count: 3), .init(uid: 2, license: "A", hour: hour, count: 1),
            .init(uid: 1, license: "B", hour: hour - 24, count: 9),
        ])
        it.quotas.userDaily = 4
        it.quotas.licenseDaily = 5
        #expect(it.take(1, "A") == nil)
        #expect(it.take(1, "B") != nil && it.take(2, "A") != nil)
        #expect(it.take(2, "B") == nil)
    }
}
