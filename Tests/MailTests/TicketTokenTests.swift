import Mail
import SupportDesk
import Testing

@Suite("No subject puts a mail into somebody else's ticket")
struct TicketTokenTests {
    @Test(
        "what help desks take for the number of a ticket is written otherwise",
        arguments: [
            ("[#123] Écran figé", "(no 123) Écran figé"),
            ("Re: [Ticket#2026112400012] Écran", "Re: (Ticket no 2026112400012) Écran"),
            ("[GLPI #0000123] x", "(GLPI no 0000123) x"), ("[exemple.fr #42]", "(exemple.fr no 42)"),
            ("Ticket #42", "Ticket no 42"), ("Ticket#42", "Ticket no 42"), ("#42", "no 42"), ("##42##", "no 42#"),
            ("[ASD-4F7K-9M2T-X8QB] suite", "(ASD-4F7K-9M2T-X8QB) suite"), ("[PROJ-17] x", "(PROJ-17) x"),
            ("[ # 12]", "( # 12)"), ("#\u{200B}42", "no \u{200B}42"), ("#٤٢", "no ٤٢"), ("[#AB-1]", "(# AB-1)"),
            ("Request ID :##RE-7##", "Request ID :# RE-7#"), ("[[#1]]", "((no 1))"),
            ("#REF! dans Excel", "# REF! dans Excel"),
            ("[\n#1]", "( no 1)"), ("#\u{FEFF}1", "no 1"),
        ])
    func tokens(_ subject: String, _ expected: String) throws {
        let message = try MessageReader.read(Fixture.message(Fixture.report(subject: subject)))
        let seen = message.header("Subject")?.replacing("[ASD-3DMV-9EK3-1WTE] 00012345 — ", with: "")
        #expect(seen == expected)
        // The desk reads in the body what was written.
        let full = SeenText.of(subject)
        #expect(message.text?.contains("\nObjet complet : ") == true)
        #expect(message.text?.contains("\(full)\n") == true)
    }

    @Test(
        "anything else stays as it is, and is not said twice",
        arguments: [
            "C# plante", "[urgent] Écran", "a [b] c", "Erreur 42 (#)", "[sans fin 12", "12] x", "n° 12", "Écran #",
        ])
    func others(_ subject: String) throws {
        let message = try MessageReader.read(Fixture.message(Fixture.report(subject: subject)))
        #expect(message.header("Subject") == "[ASD-3DMV-9EK3-1WTE] 00012345 — \(subject)")
        #expect(message.text?.contains("Objet complet") == false)
    }

    @Test("whatever stands in it, the one token is this program's own", arguments: HostileFieldTests.hostile)
    func one(_ text: String) throws {
        for subject in ["[#1]\(text)[#2]", "[\(text)#3", "#\(text)4"] {
            let line = try #require(
                try MessageReader.read(Fixture.message(Fixture.report(subject: subject))).header("Subject"))
            #expect(line.firstMatch(of: /#\w/) == nil, "\(line)")
            #expect(line.dropFirst().firstMatch(of: /\[[^\]]{0,40}[0-9][^\]]{0,40}\]/) == nil, "\(line)")
        }
    }

    @Test("a reminder's subject too, and the body keeps the token")
    func reminder() throws {
        var submission = Submission(
            reference: Fixture.reference, state: .relayed, channel: .smtp, license: "00012345", subject: "[#9] x",
            details: Report.Details(), priority: .normal, source: .control, submitter: .init(uid: 0, name: "root"),
            language: .french, receivedAt: Fixture.received, size: 1, attachments: [])
        submission.messageID = "<x@y.fr>"
        let mail = OverdueMail(about: submission, at: Fixture.received)
        let draft = mail.reminder(Fixture.reference, zone: .utc, in: .french)
        #expect(draft.subject == "Relance [ASD-3DMV-9EK3-1WTE] 00012345 — (no 9) x")
        #expect(draft.text.contains("Objet : [#9] x"))
    }
}
