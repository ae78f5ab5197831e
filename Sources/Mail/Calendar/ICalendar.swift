import SupportDesk

/// Writes appointments as calendars read them: iCalendar (RFC 5545) in the form of a scheduling message (RFC 5546).
package enum ICalendar {
    /// The object that tells a calendar of an appointment, in UTF-8: the same appointment gives the same bytes.
    package static func text(of appointment: Appointment) -> [UInt8] {
        let times = Times(of: appointment)
        var lines = ContentLines()
        lines.add("BEGIN", plain: "VCALENDAR")
        lines.add("PRODID", plain: "-//assistd//assistd//EN")
        lines.add("VERSION", plain: "2.0")
        lines.add("METHOD", plain: appointment.method.rawValue)
        times.observances?.add(to: &lines, identifier: appointment.zone.identifier)
        lines.add("BEGIN", plain: "VEVENT")
        lines.add("UID", text: SingleLine.of(appointment.uid))
        lines.add("SEQUENCE", plain: String(max(0, appointment.sequence)))
        lines.add("DTSTAMP", plain: utc(appointment.stamp))
        times.add(to: &lines)
        lines.add("SUMMARY", text: appointment.summary)
        if !appointment.description.isEmpty { lines.add("DESCRIPTION", text: appointment.description) }
        lines.add("ORGANIZER", name(of: appointment.organizer), plain: uri(of: appointment.organizer))
        lines.add(
            "ATTENDEE",
            [("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "FALSE")]
                + name(of: appointment.attendee), plain: uri(of: appointment.attendee))
        let isCancelled = appointment.method == .cancel
        lines.add("STATUS", plain: isCancelled ? "CANCELLED" : appointment.status.rawValue)
        lines.add("TRANSP", plain: "OPAQUE")
        lines.add("END", plain: "VEVENT")
        lines.add("END", plain: "VCALENDAR")
        return lines.bytes
    }

    private static func name(of mailbox: Mailbox) -> [(name: String, value: String)] {
        mailbox.name.map { [("CN", $0)] } ?? []
    }

    /// RFC 6068; an address may hold characters that mean something else in a URI.
    private static func uri(of mailbox: Mailbox) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var uri = Array("mailto:".utf8)
        for byte in mailbox.address.utf8 {
            if "%/?#&=^`{|}".utf8.contains(byte) {
                uri += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                uri.append(byte)
            }
        }
        return String(decoding: uri, as: UTF8.self)
    }

    /// `20261123T143000`, without a zone (RFC 5545, 3.3.5).
    static func text(of time: CivilTime) -> String {
        padded(time.year, 4) + padded(time.month, 2) + padded(time.day, 2) + "T" + padded(time.hour, 2)
            + padded(time.minute, 2) + padded(time.second, 2)
    }

    static func utc(_ instant: Timestamp) -> String { text(of: CivilTime(instant)) + "Z" }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// When an appointment is, as its event says it.
private struct Times {
    private let zone: Zone
    private let start: Timestamp
    private let end: Timestamp
    /// nil where the times stand in UTC.
    let observances: ZoneObservances?

    init(of appointment: Appointment) {
        zone = appointment.zone
        start = Self.wholeSeconds(appointment.start)
        end = Self.wholeSeconds(appointment.end)
        observances =
            Self.canSay(start, in: zone) && Self.canSay(end, in: zone)
            ? ZoneObservances(zone, from: start, to: max(start, end)) : nil
    }

    func add(to lines: inout ContentLines) {
        add("DTSTART", start, to: &lines)
        // An end must come after the start (RFC 5545, 3.8.2.2).
        if end > start { add("DTEND", end, to: &lines) }
    }

    private func add(_ name: String, _ instant: Timestamp, to lines: inout ContentLines) {
        if observances == nil {
            lines.add(name, plain: ICalendar.utc(instant))
        } else {
            lines.add(name, [("TZID", zone.identifier)], plain: ICalendar.text(of: zone.civil(instant)))
        }
    }

    /// Whether the wall clock tells which instant is meant. Clocks that were set back show an hour twice, and readers
    /// disagree on which that means, though RFC 5545 says the first (3.3.5). A name that would need quotes is no zone's.
    private static func canSay(_ instant: Timestamp, in zone: Zone) -> Bool {
        guard !zone.identifier.isEmpty, ContentLines.parameter(zone.identifier) == zone.identifier else { return false }
        let shown = instant + zone.offset(at: instant)
        let day: Duration = .seconds(86_400)
        return [instant - day, instant + day].allSatisfy { nearby in
            let offset = zone.offset(at: nearby)
            let other = shown - offset
            return other == instant || zone.offset(at: other) != offset
        }
    }

    private static func wholeSeconds(_ instant: Timestamp) -> Timestamp {
        let rest = instant.milliseconds % 1000
        return Timestamp(milliseconds: instant.milliseconds - (rest < 0 ? rest + 1000 : rest))
    }
}
