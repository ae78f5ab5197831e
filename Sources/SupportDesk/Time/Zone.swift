/// What clocks on the wall show in one place of the world. Pure: who makes one says how far its clocks are ahead.
package struct Zone: Sendable {
    /// The name in the time zone database, as `Europe/Paris`.
    package let identifier: String
    /// Whole seconds by which clocks there are ahead of UTC at an instant.
    private let secondsAhead: @Sendable (Timestamp) -> Int

    package init(identifier: String, secondsAhead: @escaping @Sendable (Timestamp) -> Int) {
        self.identifier = identifier
        self.secondsAhead = secondsAhead
    }

    /// Coordinated Universal Time.
    package static let utc = Zone(identifier: "UTC") { _ in 0 }

    /// How far clocks are ahead of UTC.
    package func offset(at instant: Timestamp) -> Duration { .seconds(secondsAhead(instant)) }

    /// Date and time of day of an instant.
    package func civil(_ instant: Timestamp) -> CivilTime { CivilTime(instant + offset(at: instant)) }

    /// The day on which an instant falls.
    package func day(_ instant: Timestamp) -> CalendarDate { CalendarDate(instant, offset: offset(at: instant)) }

    /// The instant at which clocks show a date and time. Of two (they were set back), the first; where none do (they
    /// were set forward), the one as long after the change as the time asked for is after the gap's begin.
    package func instant(_ time: CivilTime) -> Timestamp {
        let naive = Timestamp(utc: time)
        // No zone changes its clocks twice within two days.
        let before = offset(at: naive - .seconds(86_400))
        let after = offset(at: naive + .seconds(86_400))
        let first = naive - before
        if before == after || offset(at: first) == before { return first }
        let second = naive - after
        return offset(at: second) == after ? second : first
    }
}
