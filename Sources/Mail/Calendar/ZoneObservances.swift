import SupportDesk

/// The clocks of a zone around an appointment, as a `VTIMEZONE` tells them (RFC 5545, 3.6.5).
///
/// Found by asking the zone itself, because it knows offsets and no rules. Each change of the clocks is told by its own
/// date: what a reader needs for this appointment, and no promise for years to come.
struct ZoneObservances: Sendable {
    /// Clocks as they go from an onset on.
    struct Observance: Hashable, Sendable {
        /// The instant from which on they do.
        let onset: Timestamp
        /// How far ahead of UTC they were before.
        let from: Duration
        let to: Duration

        var isDaylight: Bool { to > from }
    }

    /// In the order of their onsets; the first began before the appointment.
    let observances: [Observance]

    private static let day: Duration = .seconds(86_400)
    /// Longer than any time between two changes that come every year.
    private static let reach = 400
    /// Days of an appointment that are looked at; a longer one is a mistake, and not worth hours.
    private static let longest = 4000

    /// The changes of a zone's clocks from the last before `start` to the first after `end`.
    init(_ zone: Zone, from start: Timestamp, to end: Timestamp) {
        var observances: [Observance] = []
        var place = start
        for _ in 0..<Self.reach {
            let earlier = place - Self.day
            if let change = Self.change(in: zone, from: earlier, to: place) {
                observances.append(change)
                break
            }
            place = earlier
        }
        if observances.isEmpty {
            // Clocks that have always gone so, as far as this appointment is concerned.
            let offset = zone.offset(at: place)
            observances.append(Observance(onset: Timestamp(milliseconds: 0) - offset, from: offset, to: offset))
            if place < Timestamp(milliseconds: 0) {
                observances[0] = Observance(onset: place, from: offset, to: offset)
            }
        }
        place = start
        var isLast = false
        var days = 0
        while !isLast, place < end + Self.day * Self.reach, days < Self.longest {
            let later = place + Self.day
            if let change = Self.change(in: zone, from: place, to: later) {
                observances.append(change)
                isLast = change.onset > end
            }
            place = later
            days += 1
        }
        self.observances = observances
    }

    /// The change between two instants that are a day apart, to the second: no zone has two.
    private static func change(in zone: Zone, from start: Timestamp, to end: Timestamp) -> Observance? {
        let before = zone.offset(at: start)
        let after = zone.offset(at: end)
        guard before != after else { return nil }
        var low = start.milliseconds / 1000
        var high = end.milliseconds / 1000
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if zone.offset(at: Timestamp(milliseconds: middle * 1000)) == before { low = middle } else { high = middle }
        }
        return Observance(onset: Timestamp(milliseconds: high * 1000), from: before, to: after)
    }

    /// `+0100`, with seconds where there are any (RFC 5545, 3.3.14).
    static func text(ofOffset offset: Duration) -> String {
        let seconds = Int(offset.wholeMilliseconds / 1000)
        let (size, sign) = (abs(seconds), seconds < 0 ? "-" : "+")
        let rest = size % 60 == 0 ? "" : ICalendar.padded(size % 60, 2)
        return sign + ICalendar.padded(size / 3600, 2) + ICalendar.padded(size / 60 % 60, 2) + rest
    }

    /// The `VTIMEZONE` of these observances.
    func add(to lines: inout ContentLines, identifier: String) {
        lines.add("BEGIN", plain: "VTIMEZONE")
        lines.add("TZID", plain: identifier)
        for observance in observances {
            let name = observance.isDaylight ? "DAYLIGHT" : "STANDARD"
            lines.add("BEGIN", plain: name)
            // What the clocks showed at the onset, had they not been changed (RFC 5545, 3.8.3.3).
            lines.add("DTSTART", plain: ICalendar.text(of: CivilTime(observance.onset + observance.from)))
            lines.add("TZOFFSETFROM", plain: Self.text(ofOffset: observance.from))
            lines.add("TZOFFSETTO", plain: Self.text(ofOffset: observance.to))
            lines.add("END", plain: name)
        }
        lines.add("END", plain: "VTIMEZONE")
    }
}
