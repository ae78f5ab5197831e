import SupportDesk
import TestSupport
import Testing

/// What holds of any calendar at any instant.
@Suite("Business calendar, at random instants")
struct CalendarPropertyTests {
    static let response = Duration.seconds(4 * 3600)
    static let hour: Int64 = 3_600_000

    /// Instants all over 2020 to 2030; every other one within three days of a change of clocks, on a window's edge or
    /// a millisecond beside one.
    static func instants(_ calendar: BusinessCalendar, _ count: Int) throws -> [Timestamp] {
        var random = SeededGenerator(seed: 20_261_123)
        let begin = try #require(Timestamp(iso8601: "2020-01-01T00:00:00Z"))
        let changes = try ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2010-11-07T02:31:00Z"]
            .map { try #require(Timestamp(iso8601: $0)) }
        return (0..<count).map { index in
            let any = begin + .milliseconds(Int64.random(in: 0..<(10 * 366 * 24 * Self.hour), using: &random))
            switch index % 4 {
            case 1:
                let change = changes[Int.random(in: 0..<3, using: &random)]
                return change + .milliseconds(Int64.random(in: -72 * hour...72 * hour, using: &random))
            case 3:
                let near = changes[Int.random(in: 0..<3, using: &random)]
                let edges = calendar.windows(on: calendar.zone.day(index % 8 == 3 ? near : any))
                guard let window = edges.randomElement(using: &random) else { return any }
                let edge = Bool.random(using: &random) ? window.lowerBound : window.upperBound
                return edge + .milliseconds(Int64.random(in: -1...1, using: &random))
            default: return any
            }
        }
    }

    @Test("deadlines fall into opening hours, after exactly the time promised", arguments: BusinessCalendar.samples)
    func deadlines(name: String) throws {
        let calendar = try BusinessCalendar.sample(name)
        for instant in try Self.instants(calendar, 1000) {
            let due = try #require(calendar.deadline(from: instant, after: Self.response))
            #expect(calendar.isOpen(at: due - .milliseconds(1)), "\(instant)")
            #expect(calendar.elapsed(from: instant, to: due) == Self.response, "\(instant)")
            #expect(calendar.elapsed(from: instant, to: due - .milliseconds(1)) < Self.response, "\(instant)")
            let opening = try #require(calendar.opening(atOrAfter: instant))
            #expect(calendar.deadline(from: opening, after: Self.response) == due, "\(instant)")
        }
    }

    @Test("who comes first is due first", arguments: BusinessCalendar.samples)
    func monotone(name: String) throws {
        let calendar = try BusinessCalendar.sample(name)
        var last: Timestamp?
        for instant in try Self.instants(calendar, 1000).sorted() {
            let due = try #require(calendar.deadline(from: instant, after: Self.response))
            if let last { #expect(last <= due, "\(instant)") }
            last = due
        }
    }

    @Test("openings and closings are where open and closed meet", arguments: BusinessCalendar.samples)
    func edges(name: String) throws {
        let calendar = try BusinessCalendar.sample(name)
        var random = SeededGenerator(seed: 7)
        func samples(_ range: Range<Timestamp>) -> [Timestamp] {
            let length = (range.upperBound - range.lowerBound).wholeMilliseconds
            return length <= 0
                ? []
                : (0..<8).map { _ in
                    range.lowerBound + .milliseconds(Int64.random(in: 0..<length, using: &random))
                }
        }
        for instant in try Self.instants(calendar, 500) {
            let closing = calendar.closing(ofWindowAt: instant)
            guard let next = calendar.nextOpening(after: instant) else {
                #expect(name == "night" && closing == nil && calendar.isOpen(at: instant))
                continue
            }
            #expect(next > instant)
            #expect(calendar.isOpen(at: next), "\(instant)")
            #expect(!calendar.isOpen(at: next - .milliseconds(1)), "\(instant)")
            #expect((closing != nil) == calendar.isOpen(at: instant))
            let closed = closing ?? instant
            if let closing {
                #expect(closing > instant && closing < next)
                #expect(!calendar.isOpen(at: closing), "\(instant)")
                #expect(samples(instant..<closing).allSatisfy(calendar.isOpen), "\(instant)")
                #expect(calendar.opening(atOrAfter: instant) == instant)
            } else {
                #expect(calendar.opening(atOrAfter: instant) == next)
            }
            #expect(!samples(closed..<next).contains(where: calendar.isOpen), "\(instant)")
            #expect(calendar.elapsed(from: closed, to: next) == .zero)
        }
    }

    @Test("windows are in order, apart, and say the same as the clock on the wall", arguments: BusinessCalendar.samples)
    func windows(name: String) throws {
        let calendar = try BusinessCalendar.sample(name)
        for start in ["2026-03-20", "2026-10-18", "2010-11-03", "2024-03-25", "2026-12-20"] {
            let first = try day(start)
            let plans = (0..<12).map { calendar.windows(on: first.adding(days: $0)) }
            for windows in plans {
                for (window, next) in zip(windows, windows.dropFirst()) {
                    #expect(window.upperBound < next.lowerBound)
                }
            }
            let all = plans.flatMap(\.self).sorted { $0.lowerBound < $1.lowerBound }
            for (window, next) in zip(all, all.dropFirst()) { #expect(window.upperBound <= next.lowerBound) }
            // Quarters of an hour, and a millisecond before each.
            let begin = Timestamp(milliseconds: Int64(first.daysSinceEpoch + 1) * 24 * Self.hour)
            for quarter in 0..<(10 * 96) {
                for instant in [begin + .seconds(quarter * 900), begin + .milliseconds(quarter * 900_000 - 1)] {
                    let isInside = all.contains { $0.contains(instant) }
                    #expect(isInside == calendar.isOpen(at: instant), "\(instant)")
                }
            }
        }
    }

    @Test("time that passes adds up", arguments: BusinessCalendar.samples)
    func sums(name: String) throws {
        let calendar = try BusinessCalendar.sample(name)
        var random = SeededGenerator(seed: 11)
        for begin in try Self.instants(calendar, 200) {
            let middle = begin + .milliseconds(Int64.random(in: 0...300 * Self.hour, using: &random))
            let end = middle + .milliseconds(Int64.random(in: 0...300 * Self.hour, using: &random))
            let parts = calendar.elapsed(from: begin, to: middle) + calendar.elapsed(from: middle, to: end)
            #expect(calendar.elapsed(from: begin, to: end) == parts)
            #expect(calendar.elapsed(from: end, to: begin) == .zero || begin == end)
        }
    }
}
