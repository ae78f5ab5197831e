import Foundation
import Glibc
import TestSupport
import Testing

/// The machine's clock jumps a day while the real daemon runs, or the machine sleeps for one.
@Suite("The real daemon and a clock that jumps", .timeLimit(.minutes(3)))
struct ClockTests {
    private static let day: Int64 = 86_400

    private static func report(_ name: String, more: String = "") -> String.UTF8View {
        "Licence : 12345678\nObjet : \(name)\n\(more)\nx".utf8
    }

    /// A desk that puts off the first message it is handed.
    private static let puttingOff: [ScriptedSMTPServer.Step] = {
        var steps = ScriptedSMTPServer.desk()
        if let first = steps.firstIndex(where: { if case .judge = $0 { true } else { false } }) {
            steps[first] = .judge { _ in [.reply("451 4.3.0 Not now")] }
        }
        return steps
    }()

    private func faults(_ it: Installation) throws -> Faults {
        try it.folder.write([UInt8](repeating: 0, count: 8), to: "clock")
        var faults = Faults()
        faults.more["FAULT_CLOCK"] = it.folder("clock")
        return faults
    }

    /// The clock is so many seconds off from now on. In place: the daemon has the file mapped.
    private func set(_ it: Installation, to seconds: Int64) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: it.folder("clock")))
        try file.write(contentsOf: withUnsafeBytes(of: seconds) { Data($0) })
        try file.close()
    }

    private func waiting(_ it: Installation) async throws -> (updated: Date, next: Date) {
        let all = try await it.assistctl("list", "--state", "queued", "--json").jsonLines
        let one = try #require(all.first, "\(it.log)")
        func date(_ key: String) throws -> Date {
            let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            return try Date(try #require(one[key] as? String), strategy: format)
        }
        return (try date("updated_at"), try date("next_attempt_at"))
    }

    @Test(
        "set back a day, nothing waits for a day: neither what was put off, nor what is dropped, nor a broken channel")
    func back() async throws {
        try await ScriptedSMTPServer.run(Self.puttingOff, ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, more: "[retry]\nfirst = \"1h\"")
            try await it.start(faults: faults(it))
            try it.folder.drop(Self.report("remis"), to: "spool/incoming/remis.txt")
            try await it.tells { $0.hasPrefix("Put off") }
            let before = try await waiting(it)

            try set(it, to: -Self.day)
            try it.folder.write([1, 2, 3], to: "spool/incoming/a.png")
            try it.folder.write(Self.report("joint", more: "Pièce-jointe : a.png\n"), to: "spool/incoming/joint.txt")
            try it.folder.folder("b.report")
            try it.folder.write(Self.report("dossier"), to: "b.report/report.txt")
            #expect(rename(it.folder("b.report"), it.folder("spool/incoming/b.report")) == 0)
            try await it.submissions(in: "relayed", reach: 2)
            // As long as it was meant to, from now; and not sooner.
            let after = try await waiting(it)
            #expect(after.updated < before.updated.addingTimeInterval(-3600))
            #expect(
                abs(after.next.timeIntervalSince(after.updated) - before.next.timeIntervalSince(before.updated)) < 1)
            #expect(server.messages.count == 3)

            try set(it, to: 7200 - Self.day)
            it.send(SIGHUP)
            try await it.submissions(in: "relayed", reach: 3)
            #expect(server.messages.count == 4)
            #expect(try await it.end() == 0)
        }
    }

    @Test("a channel that is out of order while the clock is set back is tried as soon as ever")
    func brokenChannel() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.probe, ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
            try await it.start(faults: faults(it))
            try it.folder.drop(Self.report("un"), to: "spool/incoming/un.txt")
            try await it.tells { $0.hasPrefix("Channel unavailable") }
            try set(it, to: -Self.day)
            try it.configure(smtp: server.plainSettings)
            it.send(SIGHUP)
            try await it.submissions(in: "relayed", reach: 1)
            #expect(server.messages.count == 1)
            #expect(try await it.end() == 0)
        }
    }

    @Test("a machine that sleeps for a day while a message is on its way sends nothing twice, and goes on at once")
    func sleep() async throws {
        var slow = ScriptedSMTPServer.desk()
        let message = try #require(slow.firstIndex { if case .judge = $0 { true } else { false } })
        slow.replaceSubrange(message...message, with: [.message, .stall, .reply("250 2.0.0 Ok: kept")])
        try await ScriptedSMTPServer.run(slow, Self.puttingOff, ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings + "\nconnections = 2", more: "[retry]\nfirst = \"1h\"")
            try await it.start(faults: faults(it))
            try it.folder.drop(Self.report("lent"), to: "spool/incoming/lent.txt")
            await server.waits(for: .stalled)
            try it.folder.drop(Self.report("remis"), to: "spool/incoming/remis.txt")
            try await it.tells { $0.hasPrefix("Put off") }
            it.send(SIGSTOP)
            try set(it, to: Self.day)
            it.send(SIGCONT)
            server.release()
            it.send(SIGHUP)
            try await it.submissions(in: "relayed", reach: 2)
            try it.folder.drop(Self.report("après"), to: "spool/incoming/apres.txt")
            try await it.submissions(in: "relayed", reach: 3)
            let subjects = try await it.assistctl("list", "--json").jsonLines.map { ($0["attempts"] as? [Any])?.count }
            #expect(subjects == [1, 2, 1])
            #expect(server.messages.count == 4)
            #expect(try await it.end() == 0)
        }
    }
}
