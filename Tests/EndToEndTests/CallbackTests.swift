import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Call-backs, from the wish to the desk's calendar", .timeLimit(.minutes(3)))
struct CallbackTests {
    /// What a mail with a calendar entry says, read by Python's library.
    private struct Entry: Decodable {
        var types: [String]
        var method: String?
        var calendar: String
        var inReplyTo: String?
        var messageID: String
        var subject: String

        enum CodingKeys: String, CodingKey {
            case types, method, calendar, subject
            case inReplyTo = "in_reply_to"
            case messageID = "message_id"
        }

        func value(_ name: String) -> String? {
            calendar.split(whereSeparator: \.isNewline).drop { $0 != "BEGIN:VEVENT" }.first {
                $0.hasPrefix(name + ":") || $0.hasPrefix(name + ";")
            }
            .flatMap { $0.split(separator: ":", maxSplits: 1).last.map(String.init) }
        }
    }

    private func entry(_ it: Installation, _ reference: String) async throws -> Entry {
        let message = try await it.assistctl("show", reference, "--message")
        try it.folder.write(message.output.utf8, to: "message.eml")
        let script = """
            import email, email.policy, json, sys
            m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            c = next((p for p in m.walk() if p.get_content_type() == "text/calendar"), None)
            print(json.dumps({"types": [p.get_content_type() for p in m.walk()],
                "method": c.get_param("method") if c else None,
                "calendar": c.get_content().replace("\\r\\n ", "") if c else "",
                "in_reply_to": m["In-Reply-To"], "message_id": m["Message-ID"], "subject": m["Subject"]}))
            """
        let output = try await it.program("/usr/bin/python3", "-c", script, it.folder("message.eml"))
        return try JSONDecoder().decode(Entry.self, from: Data(output.utf8))
    }

    private func whileRunning(_ body: (Installation, ScriptedSMTPServer) async throws -> Void) async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            try await body(it, server)
            #expect(try await it.end() == 0)
        }
    }

    @Test("asked for, moved and called off, it stays one entry of the desk's calendar")
    func life() async throws {
        try await whileRunning { it, server in
            // 2099-01-02 is a Friday; the 1st is a holiday.
            let asked = try await it.assistctl(
                "callback", "--license", "12345678", "--phone", "01 99 00 12 34", "--slot", "2099-01-01 10:00", "--json"
            ).json
            #expect(asked["cause"] as? String == "holiday")
            let submission = try #require(asked["submission"] as? [String: Any])
            let reference = try #require(submission["reference"] as? String)
            let window = try #require(submission["callback"] as? [String: Any])
            #expect(window["start"] as? String == "2099-01-02T08:00:00Z")
            #expect(window["end"] as? String == "2099-01-02T13:30:00Z")
            let words = (asked["explanation"] as? [String: Any])?["text_fr"] as? String
            #expect(words?.contains("vendredi 02/01/2099 de 09:00 à 14:30") == true)
            try await it.submissions(in: "relayed", reach: 1)
            let first = try await entry(it, reference)
            #expect(first.types == ["multipart/alternative", "text/plain", "text/calendar"])
            #expect(first.method == "REQUEST" && first.value("SEQUENCE") == "0")
            #expect(first.value("DTSTART") == "20990102T090000" && first.value("DTEND") == "20990102T143000")

            let moved = try await it.assistctl(
                "callback", "--change", reference, "--slot", "2099-01-05 14:00", "--json")
            let second = try #require((try moved.json["submission"] as? [String: Any])?["reference"] as? String)
            #expect(try await it.assistctl("wait", second, "--until", "relayed", "--timeout", "60s").status == 0)
            let change = try await entry(it, second)
            #expect(change.value("UID") == first.value("UID") && change.value("SEQUENCE") == "1")
            #expect(change.inReplyTo == first.messageID)
            #expect(try await it.assistctl("show", reference, "--json").json["state"] as? String == "cancelled")

            // Any reference of it will do.
            let off = try await it.assistctl("callback", "--cancel", reference, "--json")
            let third = try #require((try off.json["submission"] as? [String: Any])?["reference"] as? String)
            #expect(try await it.assistctl("wait", third, "--until", "relayed", "--timeout", "60s").status == 0)
            let end = try await entry(it, third)
            #expect(end.method == "CANCEL" && end.value("SEQUENCE") == "2" && end.value("UID") == first.value("UID"))
            #expect(end.value("STATUS") == "CANCELLED")
            #expect(try await it.assistctl("callback", "--cancel", reference).status == 1, "it is called off already")
            #expect(server.messages.count == 3)
        }
    }

    @Test("the field Rappel gives the report a second mail, and its receipt tells the window")
    func field() async throws {
        try await whileRunning { it, server in
            try it.folder.drop(
                "Licence : 12345678\nTéléphone : 01 99 00 12 34\nRappel : 05/01/2099 14h\n\nÇa ne marche pas.\n".utf8,
                to: "spool/incoming/a.txt")
            try await it.submissions(in: "relayed", reach: 2)
            let lines = try await it.assistctl("list", "--json").jsonLines
            let callback = try #require(lines.first { $0["kind"] as? String == "callback" })
            let report = try #require(lines.first { $0["kind"] as? String == "report" })
            #expect(callback["related"] as? String == report["reference"] as? String)
            let mail = try await entry(it, try #require(callback["reference"] as? String))
            #expect(mail.inReplyTo == report["message_id"] as? String)
            #expect(mail.calendar.contains("01 99 00 12 34"))
            #expect(callback["due_at"] as? String == "2099-01-05T17:00:00Z", "by the end of its window")
            #expect(try await it.end() == 0)
            for reference in [report, callback].compactMap({ $0["reference"] as? String }) {
                #expect(
                    try it.folder.text(of: "spool/receipts/\(reference).txt").contains(
                        "lundi 05/01/2099 de 14:00 à 18:00"))
            }
            #expect(server.messages.count == 2)
            try await it.start()
        }
    }

    @Test("one that never left is called off without a mail", .enabled(if: getuid() == 0, "another user needs root"))
    func neverLeft() async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        try await it.start()
        let asked = try await it.assistctl("callback", "--license", "12345678")
        let reference = try #require(asked.output.split(separator: "\n").first.map(String.init))
        // Others can neither move nor cancel it.
        #expect(try await it.assistctl("callback", "--cancel", reference, uid: 12_345).status == 77)
        #expect(try await it.assistctl("callback", "--change", reference, "--slot", "14h", uid: 12_345).status == 77)
        var off = try await it.assistctl("callback", "--cancel", reference)
        while off.status == 75 { off = try await it.assistctl("callback", "--cancel", reference) }
        #expect(off.status == 0)
        let shown = try await it.assistctl("show", "--json", reference).json
        #expect(["cancelled"].contains(shown["state"] as? String))
        #expect(try await it.end() == 0)
    }

    @Test("one the desk knows of is called off by a mail, though its change never left")
    func changeNeverLeft() async throws {
        try await whileRunning { it, _ in
            let asked = try await it.assistctl("callback", "--license", "12345678", "--slot", "2099-01-05 14:00")
            let first = try #require(asked.output.split(separator: "\n").first.map(String.init))
            try await it.submissions(in: "relayed", reach: 1)
            // Held, the change does not leave.
            let moved = try await it.assistctl("callback", "--change", first, "--slot", "2099-01-06 14:00", "--json")
            let second = try #require((try moved.json["submission"] as? [String: Any])?["reference"] as? String)
            _ = try await it.assistctl("hold", second)
            var run = try await it.assistctl("callback", "--cancel", first, "--json")
            while run.status == 75 { run = try await it.assistctl("callback", "--cancel", first, "--json") }
            let off = try run.json
            #expect((off["submission"] as? [String: Any])?["kind"] as? String == "callback_cancellation")
            #expect(try await it.assistctl("retry", second).status == 1, "what was called off stays so")
        }
    }

    @Test("what cannot be understood or is no call-back is refused with words")
    func refused() async throws {
        try await whileRunning { it, _ in
            let date = try await it.assistctl("callback", "--license", "12345678", "--slot", "un jour")
            #expect(date.status == 65 && date.errors.contains("un jour"))
            #expect(try await it.assistctl("callback", "--license", "!").status == 65)
            #expect(try await it.assistctl("callback").status == 64)
            let report = try await it.assistctl("submit", "--license", "12345678", input: "x\n")
            let reference = report.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let run = try await it.assistctl("callback", "--change", reference, "--slot", "14h")
            #expect(run.status == 65 && run.errors.contains(reference))
        }
    }
}
