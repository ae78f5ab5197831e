import Foundation
import SupportDesk
import TestSupport
import Testing

@Suite("Time")
struct TimeTests {
    @Test("timestamps are written as ISO 8601 and read back")
    func text() throws {
        let instant = Timestamp(milliseconds: 1_795_440_600_000)
        #expect(instant.description == "2026-11-23T13:30:00Z")
        #expect((instant + .milliseconds(7)).description == "2026-11-23T13:30:00.007Z")
        #expect(Timestamp(iso8601: "2026-11-23T13:30:00Z") == instant)
        #expect(Timestamp(iso8601: "2026-11-23 14:30:00+01:00") == instant)
        #expect(Timestamp(iso8601: "2026-11-23t08:00:00-05:30") == instant)
        #expect(Timestamp(iso8601: "2026-11-23T13:30:00.0079999Z") == instant + .milliseconds(7))
        #expect(Timestamp(iso8601: "2026-11-23T13:30:00.1Z") == instant + .milliseconds(100))
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }

    @Test(
        "what is not a complete time is refused",
        arguments: [
            "", "2026-11-23", "2026-11-23T13:30:00", "2026-11-23T13:30Z", "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-23T24:00:00Z", "2026-11-23T23:60:00Z", "2026-11-23T23:59:60Z", "2026-11-23T13:30:00.Z",
            "2026-11-23T13:30:00Zx", "2026-11-23T13:30:00+1", "+026-11-23T13:30:00Z", "٢٠٢٦-11-23T13:30:00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("random instants survive text and JSON", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let instant = Timestamp(
            milliseconds: Int64.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random))
        #expect(Timestamp(iso8601: instant.description) == instant)
        let json = try JSONEncoder().encode([instant])
        #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [instant])
        #expect(Timestamp(utc: CivilTime(instant)) == instant)
    }

    @Test("a broken time in JSON is an error")
    func badJSON() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data(#"["hier"]"#.utf8))
        }
    }

    @Test("mail dates")
    func mailDate() {
        #expect(Timestamp(milliseconds: 1_795_440_600_000).rfc5322 == "Mon, 23 Nov 2026 13:30:00 +0000")
        #expect(Timestamp(milliseconds: 1_709_164_805_999).rfc5322 == "Thu, 29 Feb 2024 00:00:05 +0000")
        #expect(Timestamp(milliseconds: -86_400_000).rfc5322 == "Wed, 31 Dec 1969 00:00:00 +0000")
    }

    @Test("durations between instants")
    func arithmetic() {
        let instant = Timestamp(milliseconds: 1000)
        #expect(instant + .seconds(2) - instant == .seconds(2))
        #expect(instant - .milliseconds(1500) == Timestamp(milliseconds: -500))
        #expect(instant < instant + .milliseconds(1))
        #expect(Duration.nanoseconds(1_999_999).wholeMilliseconds == 1)
        #expect(Duration.nanoseconds(-1_999_999).wholeMilliseconds == -1)
    }

    @Test("every day of four centuries follows the one before")
    func days() {
        let first = CivilTime.daysSinceEpoch(year: 1899, month: 12, day: 31)
        var previous = CivilTime(daysSinceEpoch: first)
        for days in (first + 1)...(first + 146_097) {
            let day = CivilTime(daysSinceEpoch: days)
            #expect(CivilTime.daysSinceEpoch(year: day.year, month: day.month, day: day.day) == days)
            #expect(day.isValid)
            #expect(day.weekday == (previous.weekday + 1) % 7)
            let isNext =
                day.day == previous.day + 1 && day.month == previous.month
                || day.day == 1 && (day.month == previous.month + 1 || day.month == 1 && previous.month == 12)
            #expect(isNext)
            previous = day
        }
        #expect(CivilTime(daysSinceEpoch: 0).weekday == 4)
    }

    @Test(
        "days that do not exist", arguments: [(2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1)])
    func invalid(year: Int, month: Int, day: Int) {
        #expect(!CivilTime(year: year, month: month, day: day).isValid)
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test("calendar dates in both ways of writing")
    func dates() throws {
        let date = try #require(CalendarDate("2026-11-03"))
        #expect(CalendarDate("03/11/2026") == date)
        #expect(CalendarDate("3/11/2026") == date)
        #expect(date.description == "2026-11-03")
        #expect(CalendarDate("2024-02-29") != nil)
        for bad in [
            "", "2026-02-29", "03/11/26", "2026/11/03", "03-11-2026", "2026-11", "2026-11-03-", "a-b-c", "+026-1-1",
            "31/04/2026", "0000-01-01",
        ] {
            #expect(CalendarDate(bad) == nil, "\(bad)")
        }
        #expect(date < (try #require(CalendarDate("2026-11-04"))))
        #expect(date > (try #require(CalendarDate("2025-12-31"))))
    }
}
