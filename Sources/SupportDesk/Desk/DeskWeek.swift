/// How one day goes at the desk, for people to read.
package struct DeskDayPlan: Hashable, Sendable {
    package let day: CalendarDate
    /// In minutes since midnight on the wall; empty where the desk is closed.
    package let wallWindows: [Range<Int>]
    /// The same as instants.
    package let windows: [Range<Timestamp>]
    /// The holiday or exceptional closing; nil on a usual day, also on one that is off in any week.
    package let closing: Bilingual?
    /// Whether the day has hours of its own.
    package let isSpecial: Bool

    /// The hours as they are written, as in `09:00-12:30 14:00-18:00`; empty where the desk is closed.
    package var hours: String { DayWindows.text(wallWindows) }
}

extension BusinessCalendar {
    /// How a day goes.
    package func plan(of day: CalendarDate) -> DeskDayPlan {
        DeskDayPlan(
            day: day, wallWindows: wallWindows(on: day), windows: windows(on: day), closing: holidays.name(on: day),
            isSpecial: holidays.specialHours(on: day) != nil)
    }

    /// How the seven days from a day on go.
    package func week(from first: CalendarDate) -> [DeskDayPlan] {
        (0..<7).map { plan(of: first.adding(days: $0)) }
    }
}
