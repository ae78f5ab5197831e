/// The days that an entry of the holidays is about.
struct HolidaySpan {
    /// Those of every year stand in 2000, which has all of them.
    let days: [CalendarDate]
    let isYearly: Bool

    /// How many days a range may have.
    static let longest = 366

    /// Reads `2026-12-24`, `24/12/2026`, `12-24`, `24/12`, or two of a kind with `..` between.
    ///
    /// - Returns: nil where the word is something else.
    static func parse(_ word: String, entry: String) throws(HolidaysFault) -> HolidaySpan? {
        let ends = word.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard let first = ends.first, let last = ends.last, ends.contains(where: { $0.utf8.first?.isDigit == true })
        else { return nil }
        guard ends.count <= 2 else { throw .noSuchDay(word, entry: entry) }
        if let begin = CalendarDate(first), let end = CalendarDate(last) {
            guard begin <= end else { throw .backwards(entry) }
            guard end.daysSinceEpoch - begin.daysSinceEpoch < longest else { throw .tooLong(entry) }
            return HolidaySpan(days: days(from: begin, through: end), isYearly: false)
        }
        guard let begin = yearly(first), let end = yearly(last) else { throw .noSuchDay(word, entry: entry) }
        if begin <= end { return HolidaySpan(days: days(from: begin, through: end), isYearly: true) }
        // Over the end of the year.
        let year = (yearly("01-01") ?? end, yearly("12-31") ?? begin)
        return HolidaySpan(days: days(from: year.0, through: end) + days(from: begin, through: year.1), isYearly: true)
    }

    /// How one of the days is written.
    func text(_ day: CalendarDate) -> String { isYearly ? Self.yearly(day) : day.description }

    /// A day of every year, as in `12-24`.
    static func yearly(_ day: CalendarDate) -> String { String(day.description.dropFirst(5)) }

    private static func yearly(_ text: String) -> CalendarDate? {
        CalendarDate(text.utf8.contains(UInt8(ascii: "/")) ? "\(text)/2000" : "2000-\(text)")
    }

    private static func days(from begin: CalendarDate, through end: CalendarDate) -> [CalendarDate] {
        (0...(end.daysSinceEpoch - begin.daysSinceEpoch)).map { begin.adding(days: $0) }
    }
}
