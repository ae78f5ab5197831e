import Foundation
import Glibc
import Mail
import TestSupport
import Testing

@Suite("Stopping, with work under way", .timeLimit(.minutes(4)))
struct StopTests {
    private typealias Step = ScriptedSMTPServer.Step

    private static let hello: [Step] = [.reply("220 desk"), .expect("EHLO"), .reply("250 desk")]
    private static let toDATA: [Step] = [
        .expect("MAIL"), .reply("250 Ok"), .expect("RCPT"), .reply("250 Ok"), .expect("DATA"),
    ]

    private static let impatient = "[retry]\nfirst = \"1s\""

    /// Takes its time over each message.
    private static let slow: [Step] =
        hello
        + Array(
            repeating: toDATA + [
                .reply("354 Go on"),
                .judge { _ in
                    poll(nil, 0, 200)
                    return [.reply("250 2.0.0 Ok")]
                },
            ], count: 3000
        ).flatMap(\.self)

    @Test(
        "a full queue and a server that hangs: in time, nothing lost, twice only what may have arrived, no attempt used up"
    )
    func fullQueue() async throws {
        let awaitsAnswer = Self.hello + Self.toDATA + [.reply("354 Go on"), .message, .stall]
        let hangsInDATA = Self.hello + Self.toDATA + [.stall]
        let drips = Self.hello + [.expect("MAIL"), .drip("250-a\r\n")]
        let server = try ScriptedSMTPServer([awaitsAnswer, hangsInDATA, drips, Self.slow])
        let it = try Installation(smtp: server.plainSettings + "\nconnections = 6", more: Self.impatient)
        try await it.start()
        let count = ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] == "1" ? 10_000 : 1000
        for number in 0..<count { try it.drop("Licence : 12345678\n\nEssai \(number)", as: "\(number).txt") }
        try await it.submissions(in: "queued", reach: count)

        // A second signal changes nothing.
        it.send(SIGTERM)
        #expect(try await it.end() == 0)
        #expect(it.log.hasSuffix("stopped\n"), "\(it.log.suffix(400))")
        let before = server.messages
        server.stop()
        #expect(before.count < count, "it was a full queue")

        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { desk in
            try it.configure(smtp: desk.plainSettings + "\nconnections = 6", more: Self.impatient)
            try await it.start()
            try await it.submissions(in: "relayed", reach: count)
            var copies: [String: [[UInt8]]] = [:]
            for message in before + desk.messages {
                let reference = try MessageReader.read(message).header("X-Assistd-Reference") ?? ""
                copies[reference, default: []].append(message)
            }
            #expect(copies.count == count, "none is lost")
            let twice = copies.filter { $0.value.count > 1 }
            #expect(twice.count == 1 && twice.values.allSatisfy { $0.count == 2 && $0[0] == $0[1] })
            let reference = try #require(twice.keys.first)
            let shown = try await it.assistctl("show", reference, "--json").json
            let outcomes = (shown["attempts"] as? [[String: Any]])?.map { $0["outcome"] as? String }
            #expect(outcomes == ["uncertain", "accepted"])
            // The two that hung before anything was decided.
            for returned in try await it.tells(times: 2, { $0 == "Back in the queue: attempt 1 was not begun" }) {
                let shown = try await it.assistctl("show", returned.reference, "--json").json
                #expect((shown["attempts"] as? [[String: Any]])?.count == 1)
                #expect(copies[returned.reference]?.count == 1)
            }
            #expect(try await it.end() == 0)
        }
    }

    @Test("while the channel is out of order and its server silent, the report stays in the queue untried")
    func silentProbe() async throws {
        try await ScriptedSMTPServer.run([.close], [.stall]) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            try it.drop("Licence : 12345678\n\nx", as: "a.txt")
            let reference = try await it.submissions(in: "queued", reach: 1)[0]
            await server.waits(for: .stalled)
            #expect(try await it.end() == 0)
            #expect(try it.folder.text(of: "spool/receipts/\(reference).txt").contains("(queued)"))
        }
    }

    @Test("during the start, at any moment: the next start does it all")
    func duringStart() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            #expect(try await it.end() == 0)
            try it.drop("Licence : 12345678\n\nx", as: "a.txt")
            let unheard = try NotifySocket(it.folder("unheard"))
            for delay in 0..<8 {
                try it.launch(notify: unheard)
                // Anywhere between the first instruction and READY.
                _ = try await Programs.blocking { poll(nil, 0, Int32(delay * 15)) }
                let status = try await it.end()
                #expect(status == 0 || status == -SIGTERM, "\(it.log.suffix(400))")
            }
            try await it.start()
            try await it.submissions(in: "relayed", reach: 1)
            #expect(server.messages.count == 1)
            #expect(try await it.end() == 0)
        }
    }
}
