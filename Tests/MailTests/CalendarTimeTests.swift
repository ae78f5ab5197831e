import Mail
import SupportDesk
import Testing

@Suite("When an appointment is")
struct CalendarTimeTests {
    private func check(_ appointment: Appointment) throws {
        let read = try LibIcal.read(ICalendar.text(of: appointment))
        #expect(read.errors.isEmpty)
        #expect(read.start == appointment.start, "\(appointment.zone.identifier), \(appointment.start)")
        #expect(read.end == appointment.end, "\(appointment.zone.identifier), \(appointment.end)")
    }

    private func appointment(_ zone: Zone, _ start: Timestamp, hours: Int) throws -> Appointment {
        var appointment = try Planned.appointment()
        appointment.zone = zone
        appointment.start = start
        appointment.end = start + .seconds(hours * 3600)
        return appointment
    }

    @Test("the message's own zone leads back to the instants, all year round", arguments: Planned.zones)
    func allYear(_ identifier: String) throws {
        let zone = try Planned.zone(identifier)
        var start = try Planned.instant("2026-01-01T00:17:23Z")
        for round in 0..<120 {
            try check(appointment(zone, start, hours: [1, 4, 30, 24 * 40][round % 4]))
            start = start + .seconds(7 * 86_400 + 5 * 3600 + 60)
        }
    }

    @Test("an appointment may see many changes", arguments: Planned.zones)
    func long(_ identifier: String) throws {
        let start = try Planned.instant("2026-01-15T10:00:00Z")
        for days in [200, 300, 1000] {
            try check(appointment(Planned.zone(identifier), start, hours: 24 * days))
        }
    }

    @Test("so it does around each change of the clocks", arguments: Planned.zones)
    func aroundChanges(_ identifier: String) throws {
        let zone = try Planned.zone(identifier)
        var day = try Planned.instant("2025-12-31T23:00:00Z")
        for _ in 0..<400 {
            let next = day + .seconds(86_400)
            if zone.offset(at: day) != zone.offset(at: next) {
                for quarter in 0...96 {
                    for shift in [-1, 0, 1] {
                        try check(appointment(zone, day + .seconds(quarter * 900 + shift), hours: 1))
                    }
                }
            }
            day = next
        }
    }

    @Test("the change is told by its wall clock time")
    func paris() throws {
        let text = String(decoding: ICalendar.text(of: try Planned.appointment()), as: UTF8.self)
        #expect(
            text.contains(
                [
                    "BEGIN:VTIMEZONE", "TZID:Europe/Paris",
                    "BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
                    "END:STANDARD",
                    "BEGIN:DAYLIGHT", "DTSTART:20270328T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
                    "END:DAYLIGHT",
                    "END:VTIMEZONE", "BEGIN:VEVENT",
                ].joined(separator: "\r\n")))
        #expect(text.contains("\r\nDTSTART;TZID=Europe/Paris:20261123T143000\r\n"))
        #expect(text.contains("\r\nDTEND;TZID=Europe/Paris:20261123T153000\r\n"))
        #expect(text.contains("\r\nDTSTAMP:20261123T080001Z\r\n"))
    }

    @Test(
        "clocks that never change have one observance",
        arguments: [
            ("UTC", "+0000"), ("Asia/Kolkata", "+0530"), ("America/Martinique", "-0400"), ("Indian/Reunion", "+0400"),
        ])
    func steady(_ zone: String, _ offset: String) throws {
        let text = String(decoding: ICalendar.text(of: try Planned.appointment(in: zone)), as: UTF8.self)
        #expect(
            text.contains(
                [
                    "BEGIN:VTIMEZONE", "TZID:\(zone)", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                    "TZOFFSETFROM:\(offset)", "TZOFFSETTO:\(offset)", "END:STANDARD", "END:VTIMEZONE",
                ].joined(separator: "\r\n")))
    }

    @Test("an hour that the clocks show twice is told in UTC", arguments: ["00", "01"])
    func fold(_ hour: String) throws {
        var appointment = try Planned.appointment()
        appointment.start = try Planned.instant("2026-10-25T\(hour):30:00Z")
        appointment.end = try Planned.instant("2026-10-25T03:30:00Z")
        let text = String(decoding: ICalendar.text(of: appointment), as: UTF8.self)
        #expect(text.contains("\r\nDTSTART:20261025T\(hour)3000Z\r\nDTEND:20261025T033000Z\r\n"))
        #expect(!text.contains("VTIMEZONE"))
    }

    @Test(
        "just before and after it, the wall clock is told", arguments: [("23:59:59", "015959"), ("02:00:00", "030000")])
    func besideFold(_ utc: String, _ wall: String) throws {
        var appointment = try Planned.appointment()
        let day = utc.hasPrefix("23") ? "2026-10-24" : "2026-10-25"
        appointment.start = try Planned.instant("\(day)T\(utc)Z")
        appointment.end = try Planned.instant("2026-10-25T03:30:00Z")
        let text = String(decoding: ICalendar.text(of: appointment), as: UTF8.self)
        #expect(text.contains("\r\nDTSTART;TZID=Europe/Paris:20261025T\(wall)\r\n"))
    }

    @Test("without a name that can be written, or with odd clocks, it still is when it is")
    func oddZones() throws {
        let start = try Planned.instant("2026-11-23T13:30:00Z")
        for name in ["", "Paris; à", "a:b", "x\r\nEND:VCALENDAR", "a\"b"] {
            try check(appointment(Zone(identifier: name) { _ in 3600 }, start, hours: 1))
        }
        // Paris until 1911.
        try check(appointment(Zone(identifier: "LMT") { _ in 561 }, start, hours: 1))
        try check(appointment(Zone(identifier: "West") { _ in -43_199 }, start, hours: 1))
        let once = Zone(identifier: "Once") { $0 < start + .seconds(1800) ? -3600 : 5400 }
        try check(appointment(once, start, hours: 2))
        try check(appointment(once, start - .seconds(86_400 * 390), hours: 24 * 500))
    }

    @Test("an end that does not follow its start is left out")
    func moment() throws {
        for end in ["2026-11-23T13:30:00.9Z", "2026-11-23T13:00:00Z"] {
            var appointment = try Planned.appointment()
            appointment.end = try Planned.instant(end)
            let read = try LibIcal.read(ICalendar.text(of: appointment))
            #expect(read.errors.isEmpty)
            #expect(read.end == nil)
        }
    }

    @Test("parts of a second are dropped, before 1970 too")
    func wholeSeconds() throws {
        for text in ["2026-11-23T13:30:00", "1969-05-05T10:00:00"] {
            let whole = try Planned.instant(text + "Z")
            let read = try LibIcal.read(
                ICalendar.text(of: appointment(Planned.zone("Europe/Paris"), whole + .milliseconds(999), hours: 1)))
            #expect(read.start == whole)
            #expect(read.end == whole + .seconds(3600))
        }
    }
}
