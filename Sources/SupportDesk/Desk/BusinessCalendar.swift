/// When the desk is open, as instants: its hours and holidays on the clock of its wall.
package struct BusinessCalendar: Sendable {
    package let hours: OpeningHours
    package let holidays: Holidays
    package let zone: Zone

    package init(hours: OpeningHours, holidays: Holidays, zone: Zone) {
        self.hours = hours
        self.holidays = holidays
        self.zone = zone
    }

    /// Where nothing opens for so many days, nothing is taken to open any more.
    static let horizon = 732

    /// The windows of a day in minutes since midnight on the wall.
    package func wallWindows(on day: CalendarDate) -> [Range<Int>] {
        switch holidays.course(of: day) {
        case .usual: hours.windows(on: day.dayOfWeek)
        case .closed: []
        case .special(let windows): windows
        }
    }

    /// Whether the clock on the wall shows a time within the windows of its day.
    package func isOpen(at instant: Timestamp) -> Bool {
        let offset = zone.offset(at: instant)
        let time = CivilTime(instant + offset)
        let minute = time.hour * 60 + time.minute
        return wallWindows(on: CalendarDate(instant, offset: offset)).contains { $0.contains(minute) }
    }

    /// The first instant later than another at which the closed desk opens; from within a window, the next one's begin.
    ///
    /// - Returns: nil where that is not within two years.
    package func nextOpening(after instant: Timestamp) -> Timestamp? {
        var end: Timestamp?
        for window in windows(from: instant) {
            // Hours that go on over midnight do not open there.
            if window.lowerBound > instant, window.lowerBound != end { return window.lowerBound }
            end = window.upperBound
            if isBeyond(window.lowerBound, instant) { return nil }
        }
        return nil
    }

    /// The instant itself where the desk is open, else the next opening.
    ///
    /// - Returns: nil where nothing opens within two years.
    package func opening(atOrAfter instant: Timestamp) -> Timestamp? {
        isOpen(at: instant) ? instant : nextOpening(after: instant)
    }

    /// The end of the window that an instant is in: the first later instant at which the desk is closed.
    ///
    /// - Returns: nil where the desk is closed, or does not close within two years.
    package func closing(ofWindowAt instant: Timestamp) -> Timestamp? {
        guard isOpen(at: instant) else { return nil }
        var end: Timestamp?
        for window in windows(from: instant) {
            if let end, window.lowerBound != end { return end }
            if isBeyond(window.upperBound, instant) { return nil }
            end = window.upperBound
        }
        return end
    }

    /// The earliest instant by which the desk has been open for so long since another; that one itself for no time.
    ///
    /// - Returns: nil where the desk stays closed for two years before that.
    package func deadline(from received: Timestamp, after time: Duration) -> Timestamp? {
        var rest = time
        if rest <= .zero { return received }
        for window in windows(from: received) {
            let begin = max(window.lowerBound, received)
            let available = window.upperBound - begin
            if available >= rest { return begin + rest }
            rest -= available
        }
        return nil
    }

    /// How long the desk is open from one instant (included) to another (not included).
    package func elapsed(from begin: Timestamp, to end: Timestamp) -> Duration {
        var time = Duration.zero
        for window in windows(from: begin) {
            guard window.lowerBound < end else { break }
            time += max(.zero, min(window.upperBound, end) - max(window.lowerBound, begin))
        }
        return time
    }

    private func isBeyond(_ later: Timestamp, _ instant: Timestamp) -> Bool {
        later - instant > .seconds(Self.horizon * 86_400)
    }
}

extension BusinessCalendar: CustomStringConvertible {
    /// Everything that a deadline depends on, on one line: zone, hours and holidays, each in its one way of writing.
    package var description: String { "\(zone.identifier) | \(hours) | \(holidays)" }
}
