import ControlAPI
import SupportDesk
import Testing

@testable import Commands

struct ShowingTests {
    @Test("The overall status says what does not work, and why")
    func status() async {
        let session = Session(language: .french, width: 80)
        session.daemon.answer("status", Samples.status)
        let outcome = await session.run("status")
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("assistd 0.1.0, en marche depuis le 23/11/2026 10:00 (il y a 3 h)"))
        #expect(outcome.out.contains("ARRÊTÉ depuis le 23/11/2026 12:00, prochain essai dans 5 min"))
        #expect(outcome.out.contains("fax : Pas de passerelle."))
        #expect(outcome.out.contains("8 relayées, 3 en échec"))
        #expect(outcome.out.contains("Demandent attention\n  \(Samples.other)  retenu"))
        for line in outcome.out.split(separator: "\n") { #expect(String(line).columns <= 80, "\(line)") }
    }

    @Test("An intake that stopped is told at once, with its reason")
    func stopped() async {
        let session = Session()
        var status = Samples.status
        status.intakeStopped = SentenceView(text: "The disk is full.", textFR: "Le disque est plein.")
        session.daemon.answer("status", status)
        let outcome = await session.run("status")
        #expect(outcome.out.contains("STOPPED"))
        #expect(outcome.out.contains("Intake: The disk is full."))
    }

    @Test("Status of references is one line each; an unknown one makes it 1")
    func statusOfReferences() async {
        let session = Session()
        session.daemon.answer("submissions/\(Samples.reference)", Samples.submission())
        session.daemon.refuse("submissions/\(Samples.other)", 404, code: "not_found")
        let outcome = await session.run("status", "asd4f7k9m2tx8qb", Samples.other)
        #expect(outcome.status == 1)
        #expect(outcome.out == "\(Samples.reference)  queued  3 min  12345  Impression impossible\n")
        #expect(outcome.errors.contains(Samples.other))
    }

    @Test("A list asks for what the options say")
    func listFilters() async {
        let session = Session()
        session.daemon.answer("submissions", SubmissionPage(submissions: [], next: nil))
        let outcome = await session.run(
            "list", "--state", "failed,held", "queued", "--state", "relayed", "--license", "A 1", "--since",
            "2026-11-23", "--until", "2h",
            "--channel", "mail", "--search", "été&x", "--limit", "3")
        #expect(outcome.status == 0)
        #expect(outcome.out.isEmpty)
        #expect(
            session.daemon.targets == [
                "/v1/submissions?state=failed&state=held&state=queued&state=relayed&license=A%201"
                    + "&since=2026-11-22T23%3A00%3A00Z&until=2026-11-23T10%3A00%3A00Z&channel=smtp"
                    + "&search=%C3%A9t%C3%A9%26x&limit=3"
            ])
    }

    @Test(
        "A time may be written in several ways",
        arguments: [
            ("2026-11-23 14:30", "2026-11-23T13:30:00Z"), ("2026-11-23T14:30", "2026-11-23T13:30:00Z"),
            ("23/11/2026", "2026-11-22T23:00:00Z"), ("2026-11-23T14:30:00Z", "2026-11-23T14:30:00Z"),
            ("2026-11-23T14:30:00+02:00", "2026-11-23T12:30:00Z"), ("3d", "2026-11-20T12:00:00Z"),
            ("90m", "2026-11-23T10:30:00Z"),
        ])
    func instants(_ written: String, _ meant: String) async {
        let session = Session()
        session.daemon.answer("submissions", SubmissionPage(submissions: [], next: nil))
        _ = await session.run("list", "--since", written)
        #expect(session.daemon.targets[0].replacing("%3A", with: ":").contains("since=\(meant)&"))
    }

    @Test("A list pages by itself up to its limit")
    func paging() async {
        let session = Session()
        let page = (0..<500).map { _ in Samples.submission() }
        session.daemon.answer("submissions", SubmissionPage(submissions: page, next: "ASD-0000-0000-0001"))
        session.daemon.answer("submissions", SubmissionPage(submissions: page, next: "ASD-0000-0000-0002"))
        let outcome = await session.run("list", "--limit", "700")
        #expect(outcome.out.split(separator: "\n").count == 700)
        #expect(
            session.daemon.targets == [
                "/v1/submissions?limit=500", "/v1/submissions?limit=200&before=ASD-0000-0000-0001",
            ])
    }

    @Test("A list in JSON is one object a line, the same keys always")
    func listJSON() async throws {
        let session = Session(language: .french)
        session.daemon.answer(
            "submissions", SubmissionPage(submissions: [Samples.submission(), Samples.submission()], next: nil))
        let outcome = await session.run("list", "--json")
        let lines = outcome.out.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(outcome.errors.isEmpty)
        for key in [
            "reference", "state", "channel", "license", "company", "subject", "priority", "source", "submitter",
            "received_at", "updated_at", "next_attempt_at", "due_at", "overdue", "relayed_at", "delivered_at",
            "acknowledged_at", "answered_at", "message_id", "remote_ticket", "size", "attachments", "reason",
            "attempts",
        ] {
            #expect(lines[0].contains("\"\(key)\":"), "\(key)")
        }
        #expect(lines[0].contains(#""message_id":null"#))
        #expect(!lines[0].contains("description"))
    }

    @Test("Show tells everything, with the server's own words")
    func show() async {
        let session = Session(language: .french, width: 80)
        var submission = Samples.submission(state: "failed")
        submission.reason = ReasonView(code: "recipient_refused", text: "Refused.", textFR: "Refusé par le serveur.")
        submission.attempts = [
            AttemptView(number: 1, channel: "smtp", endpoint: "mx:25", startedAt: "2026-11-23T11:58:00Z")
        ]
        submission.attempts[0].outcome = "refused"
        submission.attempts[0].code = 550
        submission.attempts[0].enhancedCode = "5.1.1"
        submission.attempts[0].text = "550 5.1.1 User unknown"
        submission.details = ["contact": "Alice", "Étage": "3"]
        submission.description = "Ligne 1\nLigne 2"
        submission.history = [Samples.event(1, state: "queued")]
        submission.notes = [SentenceView(text: "A note.", textFR: "Une remarque.")]
        session.daemon.answer("submissions/", submission)
        let out = await session.run("show", Samples.reference).out
        for words in [
            "\(Samples.reference)  échec", "Motif (recipient_refused) : Refusé par le serveur.", "Alice",
            "Étage", "1. 23/11/2026 12:58:00  smtp  refusé 550 5.1.1", "mx:25", "550 5.1.1 User unknown",
            "Il s'est passé quelque chose", "  Ligne 1\n  Ligne 2", "Une remarque.", "(il y a 3 min)", "4,2 Ko",
        ] {
            #expect(out.contains(words), "\(words)")
        }
    }

    @Test("The message comes out byte for byte")
    func message() async {
        let session = Session()
        session.daemon.answer("submissions/\(Samples.reference)/message", bytes: Array("From: x\r\n\r\n\u{1B}é".utf8))
        let outcome = await session.run("show", Samples.reference, "--message")
        #expect(Array(outcome.out.utf8) == Array("From: x\r\n\r\n\u{1B}é".utf8))
    }

    @Test("Nothing from a report plays tricks on a terminal", arguments: [["list"], ["status"], ["show"]])
    func harmless(_ command: [String]) async {
        let session = Session(width: 80, colour: true)
        var submission = Samples.submission(subject: "a\u{1B}[2Jb\u{202E}c\nd\u{7}")
        submission.company = "\u{1B}]0;x\u{7}"
        submission.description = "one\u{1B}[31m\rtwo\u{2066}"
        submission.details = ["contact": "\u{1B}c"]
        submission.attempts = [AttemptView(number: 1, channel: "smtp", endpoint: "\u{1B}e", startedAt: "x\u{1B}")]
        submission.attempts[0].text = "\u{9B}31m"
        var status = Samples.status
        status.newest = [submission]
        session.daemon.answer("submissions", SubmissionPage(submissions: [submission], next: nil))
        session.daemon.answer("submissions/", submission)
        session.daemon.answer("status", status)
        let out = await session.run(command == ["show"] ? ["show", Samples.reference] : command).out
        // What is left of ESC is this program's own colours.
        let plain = out.replacing(#/\u{1B}\[[0-9]+m/#, with: "")
        #expect(plain.contains("a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d"))
        for scalar in plain.unicodeScalars where scalar != "\n" { #expect(!scalar.isHarmful, "\(scalar.value)") }
    }

    @Test("Colour is for terminals that want it")
    func colour() async {
        for colour in [false, true] {
            let session = Session(width: 80, colour: colour)
            session.daemon.answer(
                "submissions", SubmissionPage(submissions: [Samples.submission(state: "failed")], next: nil))
            #expect(await session.run("list").out.contains("\u{1B}[31mfailed\u{1B}[0m") == colour)
        }
    }

    @Test("Wide characters keep the columns in line and the line within the terminal")
    func wideCharacters() async {
        let session = Session(width: 60)
        session.daemon.answer(
            "submissions",
            SubmissionPage(
                submissions: [
                    Samples.submission(subject: String(repeating: "日本🎉e\u{301}", count: 20)), Samples.submission(),
                ], next: nil))
        let lines = await session.run("list").out.split(separator: "\n").map { String($0) }
        #expect(lines.allSatisfy { $0.columns <= 60 })
        #expect(lines[0].columns >= 58)
        #expect("日本🎉e\u{301}".columns == 7)
    }

    @Test("Into a pipe nothing is cut short")
    func pipe() async {
        let session = Session()
        let subject = String(repeating: "long ", count: 60) + "end"
        session.daemon.answer(
            "submissions", SubmissionPage(submissions: [Samples.submission(subject: subject)], next: nil))
        #expect(await session.run("list").out.contains(subject))
    }
}
