import Mail
import SupportDesk
import Testing

@Suite("A notice as it goes out", .enabled(if: PythonMail.isThere))
struct NoticeTests {
    private func notice(_ change: (inout NoticeDraft) throws -> Void = { _ in }) throws -> NoticeDraft {
        var notice = NoticeDraft(
            reference: Fixture.reference, sentAt: Fixture.received, subject: "Rappel convenu — lundi",
            text: "Bonjour,\nnous vous rappelons à 14 h 30.\n")
        try change(&notice)
        return notice
    }

    private func seen(_ notice: NoticeDraft) throws -> PythonNotice {
        let bytes = try Fixture.composer().compose(notice)
        let wire = Wire(bytes)
        #expect(!wire.hasBareLineEnd)
        #expect(!wire.has8Bit)
        #expect(wire.longest <= 998)
        let seen = try PythonNotice.read([bytes])[0]
        #expect(seen.defects.isEmpty)
        return seen
    }

    @Test("plain words to the desk")
    func plain() throws {
        let seen = try seen(notice())
        #expect(
            seen.fields.compactMap(\.first) == [
                "Date", "From", "To", "Subject", "Message-ID", "X-Assistd-Reference", "User-Agent", "MIME-Version",
                "Content-Type", "Content-Transfer-Encoding",
            ])
        #expect(seen.field("Date") == "Mon, 23 Nov 2026 13:30:00 +0000")
        #expect(seen.field("From") == "Assistance Étoile <rapports@client.example>")
        #expect(seen.to == [["", "assistance@gestimum.com"]])
        #expect(seen.field("Subject") == "Rappel convenu — lundi")
        #expect(seen.field("Message-ID") == "<asd-3dmv-9ek3-1wte@client.example>")
        #expect(seen.field("X-Assistd-Reference") == "ASD-3DMV-9EK3-1WTE")
        #expect(seen.parts.map(\.type) == ["text/plain"])
        #expect(
            String(decoding: seen.parts[0].content, as: UTF8.self) == "Bonjour,\r\nnous vous rappelons à 14 h 30.\r\n")
        let composer = try Fixture.composer()
        #expect(composer.sender.address == "rapports@client.example")
        #expect(composer.recipient.address == "assistance@gestimum.com")
    }

    @Test("words and an appointment (RFC 6047)", arguments: Appointment.Method.allCases)
    func calendar(_ method: Appointment.Method) throws {
        var appointment = try Planned.appointment()
        appointment.method = method
        appointment.description = Planned.hostile.joined(separator: "\n")
        let seen = try seen(notice { $0.calendar = appointment })
        #expect(seen.type == "multipart/alternative")
        #expect(seen.boundary == "=_ASD-3DMV-9EK3-1WTE")
        #expect(seen.parts.map(\.type) == ["text/plain", "text/calendar"])
        #expect(
            seen.parts[1].parameters == ["method": method.rawValue, "charset": "utf-8", "component": "VEVENT"])
        #expect(seen.parts[1].content == ICalendar.text(of: appointment))
        #expect(String(decoding: seen.parts[0].content, as: UTF8.self).hasPrefix("Bonjour,\r\n"))
        #expect(try LibIcal.read(seen.parts[1].content).errors.isEmpty)
    }

    @Test("the same notice gives the same bytes")
    func stable() throws {
        let draft = try notice { $0.calendar = try Planned.appointment() }
        let bytes = try Fixture.composer().compose(draft)
        #expect(try Fixture.composer().compose(draft) == bytes)
        let head = String(decoding: bytes, as: UTF8.self)
        #expect(
            head.contains(
                "\r\nContent-Type: multipart/alternative; boundary=\"=_ASD-3DMV-9EK3-1WTE\"\r\n\r\n"
                    + "--=_ASD-3DMV-9EK3-1WTE\r\nContent-Type: text/plain; charset=utf-8\r\n"))
        #expect(head.contains("\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8; component=VEVENT\r\n"))
        #expect(head.hasSuffix("\r\n--=_ASD-3DMV-9EK3-1WTE--\r\n"))
    }

    @Test("only what nobody wrote says that it is automatic (RFC 3834)", arguments: [false, true])
    func automatic(_ isAutomatic: Bool) throws {
        let seen = try seen(notice { $0.isAutomatic = isAutomatic })
        #expect(seen.field("Auto-Submitted") == (isAutomatic ? "auto-generated" : nil))
        #expect(seen.field("X-Auto-Response-Suppress") == (isAutomatic ? "All" : nil))
    }

    @Test(
        "an answer names what it answers, in brackets and unfolded",
        arguments: [
            ("<a.b@c.example>", "<a.b@c.example>"), ("a.b@c.example", "<a.b@c.example>"), (" <a@b> ", "<a@b>"),
            ("<x>", "<x>"), (String(repeating: "a", count: 900), "<" + String(repeating: "a", count: 900) + ">"),
            (nil, nil), ("", nil), ("<>", nil), ("<a@b> <c@d>", nil), ("<a@b>\r\nBcc: x@y.fr", nil),
            ("<a\r\nb@c>", nil),
            ("é@b", nil), (String(repeating: "a", count: 901), nil), ("a\u{0}b", nil), ("<<a@b>>", nil),
        ] as [(String?, String?)])
    func answer(_ written: String?, _ expected: String?) throws {
        let bytes = try Fixture.composer().compose(notice { $0.inReplyTo = written })
        let wire = Wire(bytes)
        #expect(wire.raw("In-Reply-To") == expected)
        #expect(wire.raw("References") == expected)
        #expect(wire.longest <= 998)
    }

    @Test(
        "urgency travels as with reports",
        arguments: [(.low, "low", "5"), (.normal, nil, nil), (.high, "high", "2"), (.blocking, "high", "1")]
            as [(Priority, String?, String?)])
    func priority(_ priority: Priority, _ importance: String?, _ number: String?) throws {
        let seen = try seen(notice { $0.priority = priority })
        #expect(seen.field("Importance") == importance)
        #expect(seen.field("X-Priority") == number)
    }

    @Test("no field makes another", arguments: Planned.hostile + HostileFieldTests.hostile)
    func injection(_ text: String) throws {
        func draft(_ text: String) throws -> NoticeDraft {
            var appointment = try Planned.appointment()
            appointment.uid = text
            appointment.summary = text
            appointment.description = text
            appointment.attendee = try Mailbox(name: text, address: "a@b.fr")
            return try notice {
                $0.recipient = try Mailbox(name: text, address: "helene@exemple.fr")
                $0.replyTo = try Mailbox(name: text, address: "desk@exemple.fr")
                $0.subject = text
                $0.text = text
                $0.inReplyTo = text
                $0.calendar = appointment
                $0.isAutomatic = true
                $0.priority = .high
            }
        }
        let usual = try seen(draft("x"))
        let seen = try seen(draft(text))
        let answers = ["In-Reply-To", "References"]
        let names = seen.fields.compactMap(\.first).filter { !answers.contains($0) }
        #expect(names == usual.fields.compactMap(\.first).filter { !answers.contains($0) })
        #expect(seen.to.map(\.last) == ["helene@exemple.fr"])
        #expect(seen.replyTo.map(\.last) == ["desk@exemple.fr"])
        #expect(seen.parts.map(\.type) == ["text/plain", "text/calendar"])
        if text.utf8.count < 10_000 {
            let subject = seen.field("Subject") ?? ""
            #expect(SeenText.bytes(subject.trimmingEnd) == SeenText.bytes(SeenText.of(text)))
        }
        for line in Wire(try Fixture.composer().compose(draft(text))).headerLines where !line.hasPrefix("References") {
            #expect(line.utf8.count <= 78 || line.hasPrefix("In-Reply-To"))
        }
    }
}
