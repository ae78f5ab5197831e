import Mail
import SupportDesk
import Testing

@Suite("A message as it goes out")
struct ComposerTests {
    @Test("its header says who, to whom, when and which report")
    func header() throws {
        var report = Fixture.report(subject: "Impression bloquée")
        report.details.contact = "Hélène Martin"
        report.details.email = "helene@exemple.fr"
        let bytes = try Fixture.message(report)
        let wire = Wire(bytes)
        #expect(
            wire.fieldNames == [
                "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "X-Assistd-Reference", "User-Agent",
                "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
            ])
        let message = try MessageReader.read(bytes)
        #expect(message.header("Date") == "Mon, 23 Nov 2026 13:30:00 +0000")
        #expect(message.header("From") == "Assistance Étoile <rapports@client.example>")
        #expect(message.header("To") == "assistance@gestimum.com")
        #expect(message.header("Reply-To") == "Hélène Martin <helene@exemple.fr>")
        #expect(message.header("Subject") == "[ASD-3DMV-9EK3-1WTE] 00012345 — Impression bloquée")
        #expect(message.header("Message-ID") == "<asd-3dmv-9ek3-1wte@client.example>")
        #expect(message.header("X-Assistd-Reference") == "ASD-3DMV-9EK3-1WTE")
        #expect(message.header("User-Agent") == "assistd/1.0")
        #expect(message.header("MIME-Version") == "1.0")
        #expect(message.header("Content-Type") == "text/plain; charset=utf-8")
        #expect(message.header("Content-Transfer-Encoding") == "quoted-printable")
        #expect(try Fixture.composer().messageID(for: Fixture.reference) == message.header("Message-ID"))
    }

    @Test("the reference can be read in the subject without decoding anything")
    func token() throws {
        let wire = Wire(try Fixture.message(Fixture.report(subject: "Éé")))
        #expect(wire.raw("Subject")?.hasPrefix("[ASD-3DMV-9EK3-1WTE] 00012345 ") == true)
    }

    @Test("a person's report is not marked as automatic")
    func notAutomatic() throws {
        let names = Wire(try Fixture.message()).fieldNames.map { $0.lowercased() }
        #expect(!names.contains("auto-submitted"))
        #expect(!names.contains("precedence"))
    }

    @Test(
        "the priority travels where it is not the usual one",
        arguments: [
            (.low, "low", "5"), (.normal, nil, nil), (.high, "high", "2"), (.blocking, "high", "1"),
        ] as [(Priority, String?, String?)])
    func priority(_ priority: Priority, _ importance: String?, _ number: String?) throws {
        var report = Fixture.report()
        report.priority = priority
        let message = try MessageReader.read(Fixture.message(report))
        #expect(message.header("Importance") == importance)
        #expect(message.header("X-Priority") == number)
    }

    @Test(
        "without a usable address there is no Reply-To",
        arguments: [nil, "", "helene", "a@b@c", "a b@c.fr", "é@c.fr"] as [String?])
    func noReplyTo(_ email: String?) throws {
        var report = Fixture.report()
        report.details.email = email
        report.details.contact = "Hélène"
        #expect(!Wire(try Fixture.message(report)).fieldNames.contains("Reply-To"))
    }

    @Test("there is a multipart only where something is attached")
    func multipart() throws {
        let plain = try MessageReader.read(Fixture.message())
        #expect(plain.header("Content-Type")?.hasPrefix("text/plain") == true)
        let mixed = try MessageReader.read(Fixture.message(attachments: [Attachment(name: "a.pdf", content: [1])]))
        #expect(mixed.header("Content-Type") == "multipart/mixed; boundary=\"=_ASD-3DMV-9EK3-1WTE\"")
    }

    @Test("the same draft gives the same bytes, also from several threads at once")
    func deterministic() async throws {
        var report = Fixture.report(subject: "Été — 😀", description: String(repeating: "Où est l’œuf ?\n", count: 50))
        report.details.contact = "Žofie, <x>"
        report.details.email = "z@exemple.fr"
        let draft = Fixture.draft(report, attachments: [Attachment(name: "é.png", content: Array(0...255))])
        let composer = try Fixture.composer()
        let expected = try composer.compose(draft)
        #expect(try Fixture.composer().compose(draft) == expected)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try (0..<200).count { _ in try composer.compose(draft) == expected } }
            }
            for try await same in group { #expect(same == 200) }
        }
    }

    @Test("drafts that differ in their reference differ in everything that names it")
    func reference() throws {
        var draft = Fixture.draft(attachments: [Attachment(name: "a", content: [])])
        draft.reference = Reference(number: 42)
        let text = String(decoding: try Fixture.composer().compose(draft), as: UTF8.self)
        #expect(!text.contains("3DMV"))
        #expect(text.contains("<asd-0000-0000-001a@client.example>"))
    }

    @Test(
        "addresses that could end a line or name two people cannot be made",
        arguments: [
            "", "a", "@b.fr", "a@", "a@b..fr", "a.@b.fr", "a@b.fr\r\nBcc: x@y.fr", "a@b.fr>", "a@-b.fr", "a,b@c.fr",
            "a@é.fr",
            "a\0@b.fr", String(repeating: "a", count: 65) + "@b.fr",
        ])
    func badAddress(_ address: String) {
        #expect(throws: MailboxError.self) { try Mailbox(address: address) }
    }
}
