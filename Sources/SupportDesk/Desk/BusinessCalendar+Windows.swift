extension BusinessCalendar {
    /// The instants at which the clock on the wall shows a time within the windows of a day, in order; none touches the
    /// next. An hour shown twice counts twice, one that is skipped not at all.
    package func windows(on day: CalendarDate) -> [Range<Timestamp>] { instants(on: day).windows }

    /// The windows that end after an instant, in order and disjoint. Those of neighbouring days may touch. Ends where
    /// nothing opens within two years.
    func windows(from instant: Timestamp) -> some Sequence<Range<Timestamp>> {
        // The day before may go on after the instant: see below.
        OpenWindows(calendar: self, from: zone.day(instant).adding(days: -1)).lazy.drop { $0.upperBound <= instant }
    }

    /// The windows of a day, and whether the clocks keep their offset all through it and the days beside it.
    fileprivate func instants(on day: CalendarDate) -> (windows: [Range<Timestamp>], isEven: Bool) {
        let wall = wallWindows(on: day)
        let midnight = Timestamp(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
        // Clocks are nowhere more than a day off UTC, so the day lies between these two.
        let begin = midnight - .seconds(86_400)
        let end = midnight + .seconds(2 * 86_400)
        let before = zone.offset(at: begin)
        let after = zone.offset(at: end)

        func shifted(_ window: Range<Int>, _ offset: Duration) -> Range<Timestamp> {
            let base = midnight - offset
            return base + .seconds(window.lowerBound * 60)..<base + .seconds(window.upperBound * 60)
        }
        if before == after { return (wall.map { shifted($0, before) }, true) }
        if wall.isEmpty { return ([], false) }

        let change = transition(after: begin, to: end)
        let pieces =
            wall.map { shifted($0, before).clamped(to: begin..<change) }
            + wall.map { shifted($0, after).clamped(to: change..<end) }
        var merged: [Range<Timestamp>] = []
        for piece in pieces where !piece.isEmpty {
            if let last = merged.last, last.upperBound == piece.lowerBound {
                merged[merged.count - 1] = last.lowerBound..<piece.upperBound
            } else {
                merged.append(piece)
            }
        }
        return (merged, false)
    }

    /// The first instant with the offset of `end`, of two instants with different ones. No zone changes its clocks twice
    /// within three days.
    private func transition(after begin: Timestamp, to end: Timestamp) -> Timestamp {
        let offset = zone.offset(at: end)
        var (low, high) = (begin.milliseconds, end.milliseconds)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if zone.offset(at: Timestamp(milliseconds: middle)) == offset { high = middle } else { low = middle }
        }
        return Timestamp(milliseconds: high)
    }
}

/// The windows of one day after the other.
private struct OpenWindows: Sequence, IteratorProtocol {
    private let calendar: BusinessCalendar
    private var day: CalendarDate
    /// Windows to come, the next one last.
    private var waiting: [Range<Timestamp>] = []

    init(calendar: BusinessCalendar, from day: CalendarDate) {
        self.calendar = calendar
        self.day = day
    }

    mutating func next() -> Range<Timestamp>? {
        var daysLeft = BusinessCalendar.horizon
        while waiting.isEmpty, daysLeft > 0 {
            // Where clocks are set back from just after midnight (Newfoundland's were, at 00:01), a piece of the new day
            // comes before the end of the old one. So days near a change are put in order together.
            var isEven = false
            while !isEven, daysLeft > 0 {
                let opening = calendar.instants(on: day)
                waiting += opening.windows
                isEven = opening.isEven
                day = day.adding(days: 1)
                daysLeft -= 1
            }
            waiting.sort { $0.lowerBound > $1.lowerBound }
        }
        return waiting.popLast()
    }
}
