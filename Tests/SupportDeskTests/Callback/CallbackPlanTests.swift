import SupportDesk
import TestSupport
import Testing

@Suite("The window of a call-back")
struct CallbackPlanTests {
    private static let zone = Sample.promise.calendar.zone
    private static let calendar = Sample.promise.calendar

    private static func at(_ day: Int, _ hour: Int, _ minute: Int = 0, second: Int = 0, month: Int = 11) -> Timestamp {
        zone.instant(
            CivilTime(year: 2026, month: month, day: day, hour: hour, minute: minute, second: second))
    }

    private func plan(_ wish: CallbackWish, at now: Timestamp) throws -> CallbackPlan {
        try #require(CallbackPlan(wish, at: now, calendar: Self.calendar, length: .seconds(4 * 3600)))
    }

    struct Row: Sendable {
        var wish: CallbackWish
        var now: Timestamp
        var window: Range<Timestamp>
        var cause: CallbackPlan.Cause

        init(_ wish: Timestamp?, now: Timestamp, _ window: Range<Timestamp>, _ cause: CallbackPlan.Cause) {
            self.wish = wish.map { .at($0) } ?? .soonest
            self.now = now
            self.window = window
            self.cause = cause
        }
    }

    @Test(
        "is the next possible one of four open hours, and its cause is told",
        arguments: [
            // The 23rd is a Monday.
            Row(at(24, 14), now: at(23, 9), at(24, 14)..<at(24, 18), .asWished),
            Row(at(24, 9), now: at(23, 9), at(24, 9)..<at(24, 14, 30), .asWished),
            Row(at(24, 11), now: at(23, 9), at(24, 11)..<at(24, 16, 30), .asWished),
            Row(at(24, 17), now: at(23, 9), at(24, 17)..<at(25, 12), .asWished),
            Row(nil, now: at(23, 10), at(23, 10)..<at(23, 15, 30), .asWished),
            Row(nil, now: at(23, 10, 3, second: 27), at(23, 10, 4)..<at(23, 15, 34), .asWished),
            Row(at(24, 12, 30), now: at(23, 9), at(24, 14)..<at(24, 18), .closed),
            Row(at(24, 13, 15), now: at(23, 9), at(24, 14)..<at(24, 18), .closed),
            Row(at(24, 18), now: at(23, 9), at(25, 9)..<at(25, 14, 30), .closed),
            Row(at(24, 3), now: at(23, 9), at(24, 9)..<at(24, 14, 30), .closed),
            Row(at(29, 10), now: at(23, 9), at(30, 9)..<at(30, 14, 30), .closed),
            Row(nil, now: at(28, 23), at(30, 9)..<at(30, 14, 30), .closed),
            Row(nil, now: at(23, 12, 29, second: 30), at(23, 14)..<at(23, 18), .closed),
            Row(at(20, 10), now: at(23, 10), at(23, 10)..<at(23, 15, 30), .past),
            Row(at(20, 10), now: at(22, 10), at(23, 9)..<at(23, 14, 30), .past),
            Row(at(23, 10), now: at(23, 10, 0, second: 40), at(23, 10, 1)..<at(23, 15, 31), .asWished),
            Row(at(25, 10, month: 12), now: at(23, 9), at(28, 9, month: 12)..<at(28, 14, 30, month: 12), .holiday),
            Row(nil, now: at(11, 10), at(12, 9)..<at(12, 14, 30), .holiday),
        ])
    func windows(row: Row) throws {
        let plan = try plan(row.wish, at: row.now)
        #expect(plan.window == row.window)
        #expect(plan.cause == row.cause)
        for language in Language.allCases {
            let text = plan.explanation[language]
            #expect(text.contains(Self.zone.span(row.window, in: language)), "\(text)")
            let isReasoned = text.contains(Bilingual(fr: "premier créneau", en: "first possible")[language])
            #expect(isReasoned == (row.cause != .asWished), "\(text)")
            let proposal = plan.proposal[language]
            #expect(proposal.contains(Self.zone.span(row.window, in: language)) && proposal != text)
            #expect(proposal.contains("  ") == false && text.contains("  ") == false)
        }
        if row.cause == .holiday {
            let names = ["Noël", "Armistice"]
            #expect(names.contains { plan.explanation.french.contains($0) }, "\(plan.explanation.french)")
        }
    }

    @Test("never begins or ends outside opening hours, nor before the wish, whatever is wished")
    func properties() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<3000 {
            let now = Sample.start + .seconds(Int.random(in: 0..<400 * 86_400, using: &generator))
            let wished = now + .seconds(Int.random(in: -5 * 86_400..<40 * 86_400, using: &generator))
            let plan = try plan(Bool.random(using: &generator) ? .at(wished) : .soonest, at: now)
            let window = plan.window
            #expect(Self.calendar.isOpen(at: window.lowerBound))
            #expect(Self.calendar.isOpen(at: window.upperBound - .milliseconds(1)))
            #expect(Self.calendar.elapsed(from: window.lowerBound, to: window.upperBound) == .seconds(4 * 3600))
            #expect(window.lowerBound >= now)
            if case .some(let wished) = plan.wished { #expect(window.lowerBound >= wished) }
        }
    }

    @Test("there is none where the desk never opens")
    func never() throws {
        let closed = BusinessCalendar(
            hours: .desk,
            holidays: try Holidays([
                "2026-01-01..2026-12-31", "2027-01-01..2027-12-31", "2028-01-01..2028-12-30", "2028-12-31..2029-12-30",
            ]),
            zone: Self.zone)
        #expect(CallbackPlan(.soonest, at: Sample.start, calendar: closed, length: .seconds(4 * 3600)) == nil)
    }
}
