import ControlAPI
import TestSupport
import Testing

@Suite("A server that says no to everybody, with the real daemon", .timeLimit(.minutes(3)))
struct StormTests {
    /// What the server says to each message, until it relents.
    enum Weather: String, CaseIterable, Sendable {
        case busy = "421 4.3.2 Too much at a time"
        case greylisting = "451 4.7.1 Greylisted, come back later"
    }

    private static let count = 30

    private func installation(_ desk: MailDesk) throws -> Installation {
        try Installation(
            smtp: desk.server.plainSettings + "\nconnections = 3",
            more: "[retry]\nfirst = \"200ms\"\nceiling = \"400ms\"")
    }

    private func drop(into it: Installation) throws {
        for number in 0..<Self.count {
            try it.folder.drop(
                "Licence : 12345678\nObjet : Essai \(number)\n\nx".utf8, to: "spool/incoming/\(number).txt")
        }
    }

    @Test(
        "what is only put off, by all connections and again and again, is delivered once it relents, each once",
        arguments: Weather.allCases)
    func passes(_ weather: Weather) async throws {
        let desk = try MailDesk(verdicts: ["": weather.rawValue])
        let it = try installation(desk)
        try await it.start()
        try drop(into: it)
        // Each was put off at least once.
        _ = try await it.submissions { submissions, _ in
            submissions.count == Self.count && submissions.allSatisfy { !$0.attempts.isEmpty }
        }
        desk.relents(about: "")
        try await it.submissions(in: "relayed", reach: Self.count)
        #expect(desk.copies.count == Self.count)
        #expect(try await it.end() == 0)
    }

    @Test("what is refused for good fails at once, each by itself: the channel is not at fault")
    func refuses() async throws {
        let desk = try MailDesk(verdicts: ["": "550 5.7.1 Nobody wants this"])
        let it = try installation(desk)
        try await it.start()
        try drop(into: it)
        try await it.submissions(in: "failed", reach: Self.count)
        let failed = try await it.submissions { submissions, _ in submissions.allSatisfy { $0.state == "failed" } }
        #expect(failed.allSatisfy { $0.attempts.count == 1 })
        let status = try await it.assistctl("status", "--json").json
        let channel = try #require((status["channels"] as? [[String: Any]])?.first)
        #expect(channel["working"] as? Bool == true)
        desk.relents(about: "")
        try it.folder.drop("Licence : 12345678\n\nx".utf8, to: "spool/incoming/new.txt")
        try await it.submissions(in: "relayed", reach: 1)
        #expect(try await it.end() == 0)
    }
}
