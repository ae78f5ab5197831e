import Foundation
import Glibc
import Mail
import TestSupport
import Testing

@Suite("Floods, with the real daemon", .timeLimit(.minutes(30)))
struct FloodTests {
    private static let isTorture = ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] != nil

    @Test(
        "a flood that lies in the drop zone delays another user's report neither at intake nor at delivery",
        .enabled(if: getuid() == 0, "needs root to give files away"))
    func flood() async throws {
        let count = Self.isTorture ? 50_000 : 3000
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings + "\nconnections = 2")
            try it.folder.folder("spool/incoming")
            for number in 1...count {
                // Urgent, all of them: that gains nothing.
                let report = "Licence : 1111\nPriorité : bloquante\nObjet : Déluge \(number)\n\nx"
                try it.folder.write(report.utf8, to: "spool/incoming/a-\(number).txt")
                // Early enough to be complete as soon as the first of the flood are.
                guard (101...103).contains(number) else { continue }
                let name = "spool/incoming/z-\(number).txt"
                try it.folder.write("Licence : 2222\nObjet : Paul \(number)\n\nx".utf8, to: name)
                chown(it.folder(name), 4712, 4712)
            }
            try await it.start()
            let relayed = try await it.submissions(in: "relayed", reach: count + 3)
            #expect(Set(relayed).count == count + 3)
            let own = try await it.assistctl("list", "--license", "2222", "--json").jsonLines
                .compactMap { $0["reference"] as? String }
            #expect(own.count == 3)
            // Admitted among the first, whose references rise in the order of admission,
            #expect(relayed.sorted().prefix(8).filter { own.contains($0) }.count == 3)
            // and sent among the first, but for what was under way: every other place goes by turns.
            let places = own.compactMap { relayed.firstIndex(of: $0) }
            #expect(places.allSatisfy { $0 < 64 }, "\(places)")
            #expect(try await it.end() == 0)
            #expect(try it.folder.names(in: "spool/incoming") == [])
        }
    }

    @Test("a flood that is dropped while it runs is taken in, each once, and the daemon's memory does not grow with it")
    func live() async throws {
        let count = Self.isTorture ? 100_000 : 2000
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        try await it.start()
        let before = try it.peakMemory
        for number in 1...count {
            // Half of them in place, half renamed, as people do.
            let name = number % 2 == 0 ? "spool/incoming/a-\(number).txt" : "spool/a-\(number).txt"
            try it.folder.write("Licence : 1111\nObjet : Déluge \(number)\n\nx".utf8, to: name)
            if number % 2 == 1 { rename(it.folder(name), it.folder("spool/incoming/a-\(number).txt")) }
        }
        let queued = try await it.submissions(in: "queued", reach: count)
        #expect(Set(queued).count == count)
        // A sanitizer's own memory grows with what was freed.
        let isSanitized = ProcessInfo.processInfo.environment.keys.contains { $0.hasSuffix("SAN_OPTIONS") }
        #expect(try isSanitized || it.peakMemory - before < 300_000_000)
        let counts = try await it.assistctl("status", "--json").json["counts"] as? [String: Int]
        #expect(counts?.values.reduce(0, +) == count)
        #expect(try await it.end() == 0)
        #expect(try it.folder.names(in: "spool/incoming") == [])
    }
}

extension Installation {
    /// Bytes the daemon ever had in memory.
    fileprivate var peakMemory: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber))) * 1024
        }
    }
}
