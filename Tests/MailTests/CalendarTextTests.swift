import Mail
import SupportDesk
import Testing

@Suite("What an appointment says")
struct CalendarTextTests {
    /// What should be left of a text, its line ends being what they are in iCalendar.
    private func seen(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    @Test("a request and a cancellation", arguments: Appointment.Method.allCases, Appointment.Status.allCases)
    func methods(_ method: Appointment.Method, _ status: Appointment.Status) throws {
        var appointment = try Planned.appointment()
        appointment.method = method
        appointment.status = status
        let read = try LibIcal.read(ICalendar.text(of: appointment))
        #expect(read.errors.isEmpty)
        #expect(read.method == method.rawValue)
        #expect(read.status == (method == .cancel ? "CANCELLED" : status.rawValue))
        #expect(read.uid == "asd-3dmv-9ek3-1wte@client.example")
        #expect(read.sequence == 2)
        #expect(read.stamp == appointment.stamp)
        #expect(read.summary == "Rappel de l’assistance")
        #expect(read.description == "Au 01 99 00 12 34.\nLicence 00012345")
        #expect(read.organizer == "mailto:rapports@client.example")
        #expect(read.organizerName == "Assistance Étoile")
        #expect(read.attendee == "mailto:helene@exemple.fr")
        #expect(read.attendeeName == "Hélène Martin")
        #expect(read.components == ["VTIMEZONE", "VEVENT"])
    }

    @Test("texts come back as they were, whatever they hold", arguments: Planned.hostile)
    func verbatim(_ text: String) throws {
        for method in Appointment.Method.allCases {
            var appointment = try Planned.appointment()
            appointment.method = method
            appointment.summary = text
            appointment.description = text
            let read = try LibIcal.read(ICalendar.text(of: appointment))
            #expect(read.errors.isEmpty)
            #expect(Array(read.summary.utf8) == Array(seen(text).utf8))
            #expect(Array((read.description ?? "").utf8) == Array(seen(text).utf8))
            #expect(read.start == appointment.start)
        }
    }

    @Test("what has a meaning in iCalendar is escaped")
    func escapes() throws {
        var appointment = try Planned.appointment()
        appointment.summary = "a,b;c\\d:e\"f\r\ng\rh\ni\u{2028}j\u{85}k\u{7}l\u{202E}m\tn"
        let text = String(decoding: ICalendar.text(of: appointment), as: UTF8.self)
        #expect(text.contains("\r\nSUMMARY:a\\,b\\;c\\\\d:e\"f\\ng\\nh\\ni\\nj\\nk lm\tn\r\n"))
    }

    @Test("no field makes a line of its own", arguments: Planned.hostile + HostileFieldTests.hostile)
    func injection(_ text: String) throws {
        let usual = try LibIcal.read(ICalendar.text(of: try Planned.appointment()))
        var appointment = try Planned.appointment()
        appointment.uid = "x" + text
        appointment.summary = "x" + text
        appointment.description = "x" + text
        appointment.organizer = try Mailbox(name: "x" + text, address: "a@b.fr")
        appointment.attendee = try Mailbox(name: "x" + text, address: "a@b.fr")
        let bytes = ICalendar.text(of: appointment)
        let read = try LibIcal.read(bytes)
        #expect(read.properties == usual.properties)
        #expect(read.components == usual.components)
        #expect(read.organizer == "mailto:a@b.fr")
        #expect(read.attendee == "mailto:a@b.fr")
        let wire = Wire(bytes)
        #expect(!wire.hasBareLineEnd)
        #expect(wire.longest <= 75)
        for line in wire.lines {
            #expect(String(validating: line, as: UTF8.self) != nil, "a character was split")
            #expect(!String(decoding: line, as: UTF8.self).unicodeScalars.contains { $0.isHarmful && $0 != "\t" })
        }
    }

    @Test(
        "names keep their quotes and carets (RFC 6868)",
        arguments: [
            (#"Léa "la chef" Roux"#, #"CN="Léa ^'la chef^' Roux""#), ("a^b", "CN=\"a^^b\""),
            ("Martin, H; x:y", "CN=\"Martin, H; x:y\""),
            ("Martin", "CN=Martin"), (#"C:\x"#, #"CN="C:\x""#), (#"C:\"#, #"CN="C:\ ""#),
        ])
    func names(_ name: String, _ written: String) throws {
        var appointment = try Planned.appointment()
        appointment.attendee = try Mailbox(name: name, address: "h@e.fr")
        let bytes = ICalendar.text(of: appointment)
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "")
        #expect(
            text.contains(
                "\r\nATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;\(written):mailto:h@e.fr\r\n"))
        #expect(try LibIcal.read(bytes).errors.isEmpty)
    }

    @Test("addresses that mean something in a URI are escaped there")
    func addresses() throws {
        var appointment = try Planned.appointment()
        appointment.attendee = try Mailbox(address: "a?b=c&d#e%f/g+h'i@exemple.fr")
        let read = try LibIcal.read(ICalendar.text(of: appointment))
        #expect(read.attendee == "mailto:a%3Fb%3Dc%26d%23e%25f%2Fg+h'i@exemple.fr")
        #expect(read.attendeeName == nil)
    }

    @Test("the whole, byte for byte")
    func whole() throws {
        var appointment = try Planned.appointment(in: "UTC")
        appointment.description = ""
        appointment.sequence = -1
        let bytes = ICalendar.text(of: appointment)
        #expect(bytes == ICalendar.text(of: appointment))
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == """
                BEGIN:VCALENDAR
                PRODID:-//assistd//assistd//EN
                VERSION:2.0
                METHOD:REQUEST
                BEGIN:VTIMEZONE
                TZID:UTC
                BEGIN:STANDARD
                DTSTART:19700101T000000
                TZOFFSETFROM:+0000
                TZOFFSETTO:+0000
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VEVENT
                UID:asd-3dmv-9ek3-1wte@client.example
                SEQUENCE:0
                DTSTAMP:20261123T080001Z
                DTSTART;TZID=UTC:20261123T133000
                DTEND;TZID=UTC:20261123T143000
                SUMMARY:Rappel de l’assistance
                ORGANIZER;CN="Assistance Étoile":mailto:rapports@client.example
                ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN="Hélène
                  Martin":mailto:helene@exemple.fr
                STATUS:CONFIRMED
                TRANSP:OPAQUE
                END:VEVENT
                END:VCALENDAR

                """.replacing("\n", with: "\r\n"))
    }
}
