/// A day of the Gregorian calendar, without a time or a place.
package struct CalendarDate: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// - Returns: nil where there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), CivilTime(year: year, month: month, day: day).isValid else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day on which an instant falls where clocks are `offset` ahead of UTC.
    package init(_ instant: Timestamp, offset: Duration) {
        let time = CivilTime(instant + offset)
        year = time.year
        month = time.month
        day = time.day
    }

    /// Days from 1970-01-01.
    package var daysSinceEpoch: Int { CivilTime.daysSinceEpoch(year: year, month: month, day: day) }

    /// 0 is Sunday.
    package var weekday: Int { CivilTime(year: year, month: month, day: day).weekday }

    /// So many days later; earlier where negative.
    package func adding(days: Int) -> CalendarDate {
        let time = CivilTime(daysSinceEpoch: daysSinceEpoch + days)
        return CalendarDate(Timestamp(utc: time), offset: .zero)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDate: LosslessStringConvertible {
    /// ISO 8601, as in `2026-11-23`.
    package var description: String {
        String(octets: 10) { text in
            text.put(year, digits: 4)
            text.put("-", month)
            text.put("-", day)
        }
    }

    /// Reads `2026-11-23`, or the French `23/11/2026`.
    package init?(_ text: String) {
        let dashed = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let slashed = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let parts = dashed.count == 3 ? dashed : slashed.reversed()
        guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count), (1...2).contains(parts[2].count),
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) }),
            let year = Int(Substring(parts[0])), let month = Int(Substring(parts[1])),
            let day = Int(Substring(parts[2]))
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
