import Foundation
import Glibc
import TestSupport
import Testing

@Suite("When an answer is due, and what happens when it does not come", .timeLimit(.minutes(3)))
struct DueTests {
    private static let always = """
        [desk]
        hours = ["lun-dim 00:00-24:00"]
        holidays = ["none"]
        response = "1s"
        reminder = true
        notify = "admin@example.com"
        """

    private func submit(_ it: Installation) async throws -> String {
        let run = try await it.assistctl("submit", "--license", "12345678", input: "Ça ne marche pas.\n")
        #expect(run.status == 0, "\(run.errors)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("it is fixed on relaying, as `hours --at` says, and stays when the report is sent again")
    func fixed() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            let reference = try await submit(it)
            try await it.submissions(in: "relayed", reach: 1)
            let shown = try await it.assistctl("show", reference, "--json").json
            let (relayed, due) = (shown["relayed_at"] as? String, shown["due_at"] as? String)
            let hours = try await it.assistctl("hours", "--at", relayed ?? "", "--json").json
            #expect(hours["due_at"] as? String == due && due != nil)
            #expect(Set(hours.keys) == ["at", "open", "next_opening", "due_at"])
            #expect((shown["due_calendar"] as? String)?.contains("Europe/Paris") == true)
            #expect(shown["overdue"] as? Bool == false)
            #expect(try await it.assistctl("resend", reference).status == 0)
            #expect(try await it.assistctl("wait", reference, "--until", "relayed", "--timeout", "60s").status == 0)
            let again = try await it.assistctl("show", reference, "--json").json
            #expect(again["due_at"] as? String == due)
            #expect(try await it.end() == 0)
        }
    }

    @Test("overdue is said everywhere, to desk and administrator once each, until somebody notes the answer")
    func overdue() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, more: Self.always)
            try await it.start()
            let reference = try await submit(it)
            // The report, the reminder and the notice.
            try await it.submissions(in: "relayed", reach: 3)
            let shown = try await it.assistctl("show", reference, "--json").json
            #expect(shown["overdue"] as? Bool == true)
            #expect(try await it.assistctl("list", "--overdue", "--json").jsonLines.count == 1)
            #expect(try await it.assistctl("list", language: "fr_FR.UTF-8").output.contains("[en retard]"))
            let status = try await it.assistctl("status", "--json").json
            #expect((status["attention"] as? [[String: Any]])?.map { $0["reference"] as? String } == [reference])
            #expect(try await it.assistctl("stats", "--json").json["overdue"] as? Int == 1)

            let mails = server.messages.map { String(decoding: $0, as: UTF8.self) }
            let original = try #require(shown["message_id"] as? String)
            let followUps = mails.filter { $0.contains("Auto-Submitted: auto-generated") }
            #expect(followUps.count == 2)
            #expect(
                followUps.contains { $0.contains("In-Reply-To: \(original)") && $0.contains("assistance@gestimum.com") }
            )
            #expect(followUps.contains { $0.contains("To: admin@example.com") })
            #expect(server.commands.filter { $0.hasPrefix("RCPT TO:<admin@example.com>") }.count == 1)

            #expect(try await it.assistctl("answered", reference).status == 0)
            #expect(try await it.end() == 0)
            try await it.start()
            let answered = try await it.assistctl("show", reference, "--json").json
            #expect(answered["state"] as? String == "answered" && answered["overdue"] as? Bool == false)
            #expect(answered["answered_at"] is String)
            let figures = try await it.assistctl("stats", "--json").json
            #expect(figures["overdue"] as? Int == 0 && figures["answered"] as? Int == 1)
            #expect(figures["share_in_time"] as? Double == 0)
            #expect(try await it.end() == 0)
            #expect(server.messages.count == 3, "nothing is said twice")
            #expect(it.log.components(separatedBy: "overdue: no answer seen").count == 2)
            let receipts = try it.folder.names(in: "spool/receipts")
            #expect(receipts == ["\(reference).txt"], "nobody gets one for what the service sends by itself")
            let history = try await {
                try await it.start(); return try await it.assistctl("show", reference, "--json").json
            }()
            let events = history["history"] as? [[String: Any]] ?? []
            #expect(events.filter { ($0["text"] as? String)?.hasPrefix("Overdue") == true }.count == 1)
            #expect(try await it.end() == 0)
        }
    }
}
