/// When the desk is open in a usual week, by the clock on its wall.
package struct OpeningHours: Hashable, Sendable {
    /// By raw value of the day.
    private let week: [[Range<Int>]]

    /// Monday to Friday, 09:00 to 12:30 and 14:00 to 18:00.
    package static let desk: OpeningHours = {
        let day = [9 * 60..<12 * 60 + 30, 14 * 60..<18 * 60]
        return OpeningHours(week: Weekday.allCases.map { $0 == .saturday || $0 == .sunday ? [] : day })
    }()

    /// One list of windows for each day, from Monday on.
    init(week: [[Range<Int>]]) {
        self.week = week
    }

    /// The windows of a day in minutes since midnight (0 to 1440): half open, in order, none touching another. Empty on
    /// a day off.
    package func windows(on day: Weekday) -> [Range<Int>] { week[day.rawValue] }

    /// Days with equal hours together, from Monday on; days off are left out.
    private var groups: [(days: [Weekday], windows: [Range<Int>])] {
        var groups: [(days: [Weekday], windows: [Range<Int>])] = []
        for day in Weekday.allCases where !windows(on: day).isEmpty {
            if let index = groups.firstIndex(where: { $0.windows == windows(on: day) }) {
                groups[index].days.append(day)
            } else {
                groups.append(([day], windows(on: day)))
            }
        }
        return groups
    }
}

extension OpeningHours: CustomStringConvertible {
    /// The one way of writing these hours, as in `lun-ven 09:00-12:30 14:00-18:00; sam 09:00-12:00`; read back, it
    /// gives equal hours.
    package var description: String {
        groups.map { "\(Self.text($0.days)) \(DayWindows.text($0.windows))" }.joined(separator: "; ")
    }

    /// Three days or more that follow each other are a range.
    private static func text(_ days: [Weekday]) -> String {
        var runs: [[Weekday]] = []
        for day in days {
            if let last = runs.last?.last, last.rawValue + 1 == day.rawValue {
                runs[runs.count - 1].append(day)
            } else {
                runs.append([day])
            }
        }
        return runs.map { run in
            let names = run.map(\.abbreviation.french)
            guard run.count > 2, let first = names.first, let last = names.last else {
                return names.joined(separator: ",")
            }
            return "\(first)-\(last)"
        }.joined(separator: ",")
    }
}
