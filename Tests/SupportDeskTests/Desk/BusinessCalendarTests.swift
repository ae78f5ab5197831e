import SupportDesk
import Testing

@Suite("Business calendar")
struct BusinessCalendarTests {
    @Test("open and closed at the edges of each window")
    func edges() throws {
        let desk = try BusinessCalendar.sample("desk")
        for (time, isOpen) in [
            ("08:59:59.999", false), ("09:00:00", true), ("12:29:59.999", true), ("12:30:00", false),
            ("13:59:59.999", false), ("14:00:00", true), ("17:59:59.999", true), ("18:00:00", false),
        ] {
            #expect(desk.isOpen(at: try paris("2026-11-23 \(time)")) == isOpen, "\(time)")
            #expect(!desk.isOpen(at: try paris("2026-11-22 \(time)")), "\(time)")
        }
    }

    @Test("the next opening, also from within a window or on its edge")
    func openings() throws {
        let desk = try BusinessCalendar.sample("desk")
        for (from, next) in [
            ("2026-11-23 08:00", "2026-11-23 09:00"), ("2026-11-23 09:00", "2026-11-23 14:00"),
            ("2026-11-23 10:00", "2026-11-23 14:00"), ("2026-11-23 12:30", "2026-11-23 14:00"),
            ("2026-11-23 14:00", "2026-11-24 09:00"), ("2026-11-27 18:00", "2026-11-30 09:00"),
            ("2024-03-29 18:00", "2024-04-02 09:00"),
        ] {
            #expect(desk.nextOpening(after: try paris(from)) == (try paris(next)), "\(from)")
        }
        let closing = desk.closing(ofWindowAt: try paris("2026-11-23 09:00"))
        #expect(closing == (try paris("2026-11-23 12:30")))
        #expect(desk.closing(ofWindowAt: try paris("2026-11-23 12:30")) == nil)
        let now = try paris("2026-11-23 17:59")
        #expect(desk.opening(atOrAfter: now) == now)
    }

    @Test("a desk that is open over midnight does not open there")
    func overMidnight() throws {
        let night = BusinessCalendar(
            hours: try OpeningHours(["lun 22h-24h", "mar 0h-6h"]), holidays: try Holidays(["aucun"]),
            zone: try Zone.paris())
        let begin = try paris("2026-11-23 22:00")
        #expect(night.closing(ofWindowAt: begin) == (try paris("2026-11-24 06:00")))
        #expect(night.nextOpening(after: begin) == (try paris("2026-11-30 22:00")))
        #expect(night.windows(on: try day("2026-11-23")) == [begin..<begin + .seconds(7200)])
    }

    @Test("no time is over at once, and less than none too")
    func noTime() throws {
        let desk = try BusinessCalendar.sample("desk")
        let sunday = try paris("2026-11-22 10:00")
        #expect(desk.deadline(from: sunday, after: .zero) == sunday)
        #expect(desk.deadline(from: sunday, after: .seconds(-1)) == sunday)
        #expect(desk.elapsed(from: sunday, to: sunday - .seconds(1)) == .zero)
    }

    @Test("a long time takes as long as it takes")
    func longTime() throws {
        let small = try BusinessCalendar.sample("small-hours")
        let begin = try paris("2026-01-01 00:00")
        // An hour a week: 200 hours are nearly four years.
        let due = try #require(small.deadline(from: begin, after: .seconds(200 * 3600)))
        #expect(CivilTime(due).year == 2029)
        #expect(small.elapsed(from: begin, to: due) == .seconds(200 * 3600))
    }

    @Test("where all is closed, nothing is promised")
    func neverOpen() throws {
        let closed = BusinessCalendar(
            hours: .desk, holidays: try Holidays(["01-01..12-31"]), zone: try Zone.paris())
        let now = try paris("2026-11-23 10:00")
        #expect(!closed.isOpen(at: now))
        #expect(closed.nextOpening(after: now) == nil)
        #expect(closed.opening(atOrAfter: now) == nil)
        #expect(closed.deadline(from: now, after: .seconds(1)) == nil)
        #expect(closed.closing(ofWindowAt: now) == nil)
        #expect(closed.elapsed(from: now, to: now + .seconds(86_400 * 30)) == .zero)
    }

    @Test("an hour that is skipped is not open, one shown twice is twice")
    func changes() throws {
        let small = try BusinessCalendar.sample("small-hours")
        #expect(small.windows(on: try day("2026-03-29")) == [])
        let twice = try #require(Timestamp(iso8601: "2026-10-25T00:00:00Z"))
        #expect(small.windows(on: try day("2026-10-25")) == [twice..<twice + .seconds(7200)])
        let half = BusinessCalendar(
            hours: try OpeningHours(["dim 02:00-02:30"]), holidays: .france, zone: try Zone.paris())
        #expect(
            half.windows(on: try day("2026-10-25")) == [
                twice..<twice + .seconds(1800), twice + .seconds(3600)..<twice + .seconds(5400),
            ])
        let night = try BusinessCalendar.sample("night")
        func length(_ text: String) throws -> [Duration] {
            night.windows(on: try day(text)).map { $0.upperBound - $0.lowerBound }
        }
        #expect(try length("2026-03-28") == [.seconds(24 * 3600)])
        #expect(try length("2026-03-29") == [.seconds(23 * 3600)])
        #expect(try length("2026-10-25") == [.seconds(25 * 3600)])
        #expect(try length("2026-10-26") == [.seconds(24 * 3600)])
    }

    @Test("a day that Samoa left out has no windows")
    func skippedDay() throws {
        let samoa = BusinessCalendar(
            hours: try OpeningHours(["lun-dim 0h-24h"]), holidays: try Holidays(["none"]),
            zone: try Zone.named("Pacific/Apia"))
        #expect(samoa.windows(on: try day("2011-12-30")) == [])
        let lengths = try ["2011-12-29", "2011-12-31"].map { samoa.windows(on: try day($0)) }
        #expect(lengths.map(\.count) == [1, 1])
        #expect(lengths.first?.first?.upperBound == lengths.last?.first?.lowerBound)
    }

    @Test("one line says all that a deadline depends on")
    func description() throws {
        #expect(
            try BusinessCalendar.sample("desk").description
                == "Europe/Paris | lun-ven 09:00-12:30 14:00-18:00 | fr")
        let lines = try BusinessCalendar.samples.map { try BusinessCalendar.sample($0).description }
        #expect(Set(lines).count == lines.count)
        #expect(!lines.contains { $0.contains("\n") })
    }

    @Test("a week from any day, with its hours and holidays")
    func week() throws {
        let calendar = BusinessCalendar(
            hours: .desk, holidays: try Holidays(["2026-12-24 9h-12h", "2026-12-28..2026-12-31"]),
            zone: try Zone.paris())
        let week = calendar.week(from: try day("2026-12-23"))
        #expect(week.map(\.day.description) == (23...29).map { "2026-12-\($0)" })
        #expect(
            week.map(\.hours) == ["09:00-12:30 14:00-18:00", "09:00-12:00", "", "", "", "", ""])
        #expect(
            week.map(\.closing?.french)
                == [nil, nil, "Noël", nil, nil, "fermeture exceptionnelle", "fermeture exceptionnelle"])
        #expect(
            week.map(\.closing?.english)
                == [nil, nil, "Christmas Day", nil, nil, "exceptional closing", "exceptional closing"])
        #expect(week.map(\.isSpecial) == [false, true, false, false, false, false, false])
        let morning = try paris("2026-12-24 09:00")
        #expect(week[1].windows == [morning..<morning + .seconds(3 * 3600)])
        #expect(week[1].wallWindows == [540..<720])
        #expect(
            week.map(\.day.dayOfWeek.name.french).joined(separator: " ")
                == "mercredi jeudi vendredi samedi dimanche lundi mardi")
        #expect(week[4].day.dayOfWeek.abbreviation == Bilingual(fr: "dim", en: "Sun"))
    }
}
