import Foundation
import Glibc
import TestSupport
import Testing

/// The disk under the real daemon's journal fails, or is full.
@Suite("The real daemon on a failing disk", .timeLimit(.minutes(3)))
struct FailingDiskTests {
    private static func report(_ name: String) -> String.UTF8View {
        "Licence : 12345678\nObjet : \(name)\n\nx".utf8
    }

    /// Calls that changed the journal's files, once a rule had acted.
    private func changes(after point: String, in it: Installation) throws -> [String] {
        let lines = try it.folder.text(of: "trace").split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("! ") })
        return lines[(start + 1)...].filter {
            $0.hasPrefix("C ") && [":wal:", ":db:", ":content:"].contains(where: $0.contains)
        }
    }

    @Test(
        "after a failed sync nothing is written any more, all say so, and a restart finds everything once",
        arguments: ["fdatasync:wal:1=fail-EIO", "write:wal:1=fail-EIO", "fdatasync:wal:1=fail-ENOSPC"])
    func sync(rule: String) async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start(faults: Faults(rule, trace: it.folder("trace"), condition: it.folder("now")))
            try it.folder.write([], to: "now")
            try it.folder.drop(Self.report("un"), to: "spool/incoming/un.txt")
            let status = try await it.stopped()
            #expect(status.text.contains("systemctl restart assistd"))
            #expect(status.text.contains(it.folder("journal/journal.sqlite")))
            #expect(status.textFR.contains("Rien n'y est plus écrit"))
            // The disk does what it should again: too late.
            try it.folder.drop(Self.report("deux"), to: "spool/incoming/deux.txt")
            let submitted = try await it.assistctl("submit", "--license", "12345678", input: "x")
            #expect(submitted.status == 75)
            #expect(submitted.errors.contains("systemctl restart assistd"))
            #expect(try await it.assistctl("doctor", "--json").output.contains("smartctl"))
            let channels = try #require(try await it.assistctl("status", "--json").json["channels"] as? [[String: Any]])
            #expect(channels.allSatisfy { $0["working"] as? Bool == false })
            #expect(it.log.contains("critical nothing is taken in: \(it.folder("journal"))"))
            #expect(try it.folder.names(in: "spool/incoming") == ["deux.txt", "un.txt"])
            #expect(try await it.end() == 0)
            #expect(try changes(after: rule, in: it).filter { $0.contains("write:") } == [])

            try await it.start()
            try await it.submissions(in: "relayed", reach: 2)
            #expect(server.messages.count == 2)
            #expect(try await it.end() == 0)
            #expect(try it.folder.names(in: "spool/incoming") == [])
        }
    }

    @Test("a message whose own file cannot be synced ends all writing too, and leaves nothing behind")
    func content() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start(faults: Faults("fsync:content:1=fail-EIO"))
            let large = Array(Self.report("grand")) + [UInt8](repeating: 0x61, count: 100_000)
            try it.folder.drop(large, to: "spool/incoming/grand.txt")
            #expect(try await it.stopped().text.contains("/content/"))
            #expect(try await it.end() == 0)
            #expect(try it.folder.names(in: "journal/content") == [])
            try await it.start()
            try await it.submissions(in: "relayed", reach: 1)
            #expect(server.messages.count == 1)
            #expect(try await it.end() == 0)
        }
    }

    @Test(
        "on a full disk, or one mounted read-only, files wait, all say so, and it goes on by itself",
        arguments: ["ENOSPC", "EDQUOT", "EROFS"])
    func full(error: String) async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start(faults: Faults("write:wal:*=fail-\(error)", condition: it.folder("now")))
            try it.folder.write([], to: "now")
            try it.folder.drop(Self.report("un"), to: "spool/incoming/un.txt")
            let status = try await it.stopped()
            #expect(!status.text.contains("systemctl restart"))
            #expect(status.text.contains(it.folder("journal/journal.sqlite")))
            #expect(it.folder.exists("spool/incoming/un.txt"))
            #expect(unlink(it.folder("now")) == 0)
            try await it.submissions(in: "relayed", reach: 1)
            #expect(it.log.contains("reports are taken in again"))
            #expect(server.messages.count == 1)
            #expect(try await it.end() == 0)
        }
    }
}

extension Installation {
    /// Waits until the daemon says that it takes nothing in, in its log; what status says then.
    func stopped() async throws -> (text: String, textFR: String) {
        try await logged("nothing is taken in")
        let status = try await assistctl("status", "--json").json
        let stopped = try #require(status["intake_stopped"] as? [String: Any], "\(log)")
        return (try #require(stopped["text"] as? String), try #require(stopped["text_fr"] as? String))
    }
}
