import SupportDesk

/// Closed days of one name that follow each other; days between them on which the desk is closed in any week count.
struct DeskClosing: Hashable {
    var first: CalendarDate
    var last: CalendarDate
    let name: Bilingual

    /// The next ones, from a day on; fewer where two years do not have as many.
    static func list(from day: CalendarDate, of calendar: BusinessCalendar, count: Int) -> [DeskClosing] {
        var closings: [DeskClosing] = []
        for (day, name) in calendar.holidays.list(from: day, through: day.adding(days: 731)) {
            if let before = closings.last, before.name == name, before.last.isFollowed(by: day, in: calendar) {
                closings[closings.count - 1].last = day
            } else if closings.count < count {
                closings.append(DeskClosing(first: day, last: day, name: name))
            } else {
                break
            }
        }
        return closings
    }

    /// `lundi 03/08/2026 – vendredi 14/08/2026`, or the one day.
    func text(in language: Language) -> String {
        let days = first == last ? [first] : [first, last]
        return days.map { "\($0.weekdayName[language]) \($0.text(in: language))" }.joined(separator: " – ")
    }
}

extension CalendarDate {
    /// Nothing opens between the two days.
    fileprivate func isFollowed(by day: CalendarDate, in calendar: BusinessCalendar) -> Bool {
        var next = adding(days: 1)
        while next < day {
            guard calendar.wallWindows(on: next).isEmpty else { return false }
            next = next.adding(days: 1)
        }
        return true
    }
}
