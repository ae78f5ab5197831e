import SupportDesk
import TestSupport
import Testing

@Suite("When and how much is faxed")
struct FaxLimitsTests {
    private func limits() throws -> FaxLimits {
        var limits = FaxLimits(zone: try .paris())
        limits.dailyCalls = 10
        limits.dailyPages = 20
        return limits
    }

    private func closing(_ allowance: Allowance) -> (until: Timestamp, words: Bilingual)? {
        if case .closed(let until, let words) = allowance { (until, words) } else { nil }
    }

    @Test("what is left of the calls may be begun")
    func open() throws {
        let now = try paris("2026-11-23 10:00")
        #expect(try limits().allowance(FaxUsage(), at: now) == .open(10))
        #expect(try limits().allowance(FaxUsage(calls: 9, pages: 19), at: now) == .open(1))
    }

    @Test("either ceiling closes until the day ends, and names its key")
    func ceilings() throws {
        let now = try paris("2026-11-23 10:00")
        for (usage, key, number) in [
            (FaxUsage(calls: 10), "fax.daily_calls", "10"), (FaxUsage(calls: 11), "fax.daily_calls", "11"),
            (FaxUsage(calls: 1, pages: 20), "fax.daily_pages", "20"),
        ] {
            let (until, words) = try #require(closing(try limits().allowance(usage, at: now)))
            #expect(until == (try paris("2026-11-24 00:00")))
            for text in [words.french, words.english] { #expect(text.contains(key) && text.contains(number)) }
        }
    }

    @Test("outside the hours nothing is begun before they open")
    func hours() throws {
        var limits = try limits()
        limits.hours = BusinessCalendar(
            hours: try OpeningHours(["lun-ven 8h-19h"]), holidays: Holidays.none, zone: try .paris())
        #expect(limits.allowance(FaxUsage(), at: try paris("2026-11-23 08:00")) == .open(10))
        let evening = try #require(closing(limits.allowance(FaxUsage(), at: try paris("2026-11-20 19:00"))))
        #expect(evening.until == (try paris("2026-11-23 08:00")), "Friday evening waits for Monday")
        for text in [evening.words.french, evening.words.english] { #expect(text.contains("fax.sending_hours")) }
        // The hours come before the ceilings: tomorrow is later than midnight.
        let spent = try #require(closing(limits.allowance(FaxUsage(calls: 10), at: try paris("2026-11-23 20:00"))))
        #expect(spent.until == (try paris("2026-11-24 08:00")))
    }

    @Test("the day is the desk's, also where clocks change")
    func days() throws {
        let limits = try limits()
        #expect(limits.dayStart(at: try paris("2026-11-23 23:59")) == (try paris("2026-11-23 00:00")))
        #expect(limits.dayStart(at: try paris("2026-11-24 00:00")) == (try paris("2026-11-24 00:00")))
        // 00:30 in Paris is the day before in UTC.
        #expect(limits.dayStart(at: try paris("2026-07-14 00:30")) == (try paris("2026-07-14 00:00")))
        for (day, next, hours) in [("2026-03-29", "2026-03-30", 23), ("2026-10-25", "2026-10-26", 25)] {
            let noon = try paris("\(day) 12:00")
            let closed = try #require(closing(limits.allowance(FaxUsage(calls: 10), at: noon)))
            #expect(closed.until == (try paris("\(next) 00:00")))
            #expect(closed.until - limits.dayStart(at: noon) == .seconds(hours * 3600))
        }
    }
}
