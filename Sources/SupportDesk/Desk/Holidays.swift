/// The days on which the desk is closed, or open otherwise than in a usual week.
package struct Holidays: Hashable, Sendable {
    /// What an entry says of a day.
    enum Rule: Hashable, Sendable {
        case closed
        /// Open as usual, whatever holiday it is.
        case open
        /// Open in just these windows, in minutes since midnight.
        case hours([Range<Int>])
    }

    /// Whether the eleven holidays of the law are kept.
    private let keepsStatutory: Bool
    private let regions: Set<PublicHoliday.Region>
    private let dated: [CalendarDate: Rule]
    /// Rules for a day of every year, by that day in 2000, which has all of them.
    private let yearly: [CalendarDate: Rule]

    /// The eleven holidays of the law, nothing else.
    package static let france = Holidays(keepsStatutory: true, regions: [], dated: [:], yearly: [:])

    /// No holiday at all.
    package static let none = Holidays(keepsStatutory: false, regions: [], dated: [:], yearly: [:])

    init(
        keepsStatutory: Bool, regions: Set<PublicHoliday.Region>, dated: [CalendarDate: Rule],
        yearly: [CalendarDate: Rule]
    ) {
        self.keepsStatutory = keepsStatutory
        self.regions = regions
        self.dated = dated
        self.yearly = yearly
    }

    /// Why the desk is closed on a day, in words; nil where these holidays do not close it.
    package func name(on day: CalendarDate) -> Bilingual? {
        switch course(of: day) {
        case .closed(let name): name
        case .usual, .special: nil
        }
    }

    /// The windows of a day that has hours of its own, in minutes since midnight; nil for any other day.
    package func specialHours(on day: CalendarDate) -> [Range<Int>]? {
        switch course(of: day) {
        case .special(let windows): windows
        case .usual, .closed: nil
        }
    }

    /// The days closed by these holidays, with their names, in order.
    package func list(from first: CalendarDate, through last: CalendarDate) -> [(day: CalendarDate, name: Bilingual)] {
        let length = last.daysSinceEpoch - first.daysSinceEpoch
        guard length >= 0 else { return [] }
        return closings(from: first, days: 0...length).map { $0 }
    }

    /// The next days closed by these holidays, so many of them; fewer where two years do not have as many.
    package func list(from first: CalendarDate, count: Int) -> [(day: CalendarDate, name: Bilingual)] {
        Array(closings(from: first, days: 0...731).prefix(max(0, count)))
    }

    private func closings(
        from first: CalendarDate, days: ClosedRange<Int>
    ) -> some Sequence<(day: CalendarDate, name: Bilingual)> {
        days.lazy.compactMap { offset in
            let day = first.adding(days: offset)
            return name(on: day).map { (day, $0) }
        }
    }
}

extension Holidays {
    /// How a day goes.
    enum Course: Hashable, Sendable {
        case usual
        case closed(Bilingual)
        case special([Range<Int>])
    }

    /// A dated entry goes before a yearly one, and that before the law.
    func course(of day: CalendarDate) -> Course {
        switch dated[day] ?? yearlyRule(day) {
        case .open: .usual
        case .hours(let windows): .special(windows)
        // The holiday's own name says more where the desk would be closed anyway.
        case .closed: .closed(legalName(day) ?? Self.exceptional)
        case nil: legalName(day).map { .closed($0) } ?? .usual
        }
    }

    private static let exceptional = Bilingual(fr: "fermeture exceptionnelle", en: "exceptional closing")

    private func yearlyRule(_ day: CalendarDate) -> Rule? {
        if yearly.isEmpty { return nil }
        return CalendarDate(year: 2000, month: day.month, day: day.day).flatMap { yearly[$0] }
    }

    /// Both names where two holidays fall on one day, as May Day and Ascension did in 2008.
    private func legalName(_ day: CalendarDate) -> Bilingual? {
        let easter = PublicHoliday.easter(day.year)
        var names = keepsStatutory ? PublicHoliday.statutory.filter { $0.falls(on: day, easter: easter) } : []
        for region in regions { names += region.holidays.filter { $0.falls(on: day, easter: easter) } }
        guard let first = names.first?.name else { return nil }
        return names.dropFirst().reduce(first) { both, next in
            // Regions are an unordered set, but they all name the same thing.
            if both.french.hasSuffix(next.name.french) { return both }
            return Bilingual(fr: "\(both.french), \(next.name.french)", en: "\(both.english), \(next.name.english)")
        }
    }
}

extension Holidays: CustomStringConvertible {
    /// The one way of writing these holidays, as in `fr; alsace-moselle; 2026-05-25 ouvert; 12-24 09:00-12:00`; read
    /// back, it gives equal ones.
    package var description: String {
        let names = [keepsStatutory ? "fr" : "aucun"] + regions.map(\.rawValue).sorted()
        let days = Self.text(dated, day: \.description) + Self.text(yearly, day: HolidaySpan.yearly)
        return (names + days).joined(separator: "; ")
    }

    /// Days that follow each other and go alike are a range.
    private static func text(_ rules: [CalendarDate: Rule], day text: (CalendarDate) -> String) -> [String] {
        var runs: [(first: CalendarDate, last: CalendarDate, rule: Rule)] = []
        for (day, rule) in rules.sorted(by: { $0.key < $1.key }) {
            if let run = runs.last, run.rule == rule, run.last.adding(days: 1) == day,
                // A longer one would not be read back.
                day.daysSinceEpoch - run.first.daysSinceEpoch < HolidaySpan.longest
            {
                runs[runs.count - 1].last = day
            } else {
                runs.append((day, day, rule))
            }
        }
        return runs.map { run in
            let days = run.first == run.last ? text(run.first) : "\(text(run.first))..\(text(run.last))"
            switch run.rule {
            case .closed: return days
            case .open: return "\(days) ouvert"
            case .hours(let windows): return "\(days) \(DayWindows.text(windows))"
            }
        }
    }
}
