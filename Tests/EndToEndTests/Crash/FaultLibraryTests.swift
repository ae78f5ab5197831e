import Foundation
import Glibc
import TestSupport
import Testing

/// The library in Tests/FaultLibrary does in the real daemon what its README says.
@Suite("Faults at system calls", .timeLimit(.minutes(3)))
struct FaultLibraryTests {
    private static let nobody = "url = \"smtp://127.0.0.1:1\"\ntls = \"none\""

    private static func points(_ it: Installation, marked mark: String = "C") throws -> [String] {
        try it.folder.text(of: "trace").split(separator: "\n").filter { $0.hasPrefix(mark + " ") }
            .map { String($0.dropFirst(2)) }
    }

    @Test("each change of the disk is traced under a name of its own, and no other program's")
    func trace() async throws {
        let it = try Installation(smtp: Self.nobody)
        try await it.start(faults: Faults(trace: it.folder("trace")))
        try it.folder.drop("Licence : ?\n\nx".utf8, to: "spool/incoming/faux.txt")
        try await it.submissions(in: "rejected", reach: 1)
        #expect(try await it.end() == 0)
        let points = try Self.points(it)
        #expect(Set(points).count == points.count)
        for point in [
            "mkdir:incoming_folder:1", "create:db:1", "write:wal:1", "fdatasync:wal:1", "create:rejected:1",
            "write:rejected:1", "fsync:rejected:1", "rename:rejected:1", "rename:rejected:2",
            "fsync:incoming_folder:1", "create:receipts:1", "rename:receipts:1", "accept:control:1", "send:local:1",
        ] {
            #expect(points.contains(point), "\(point)")
        }
        #expect(try Self.points(it, marked: "R").contains("inotify_watch:incoming_folder:1"))
    }

    @Test("killed before a call the daemon has not done it, after it it has", arguments: ["before", "after"])
    func kill(_ moment: String) async throws {
        let it = try Installation(smtp: Self.nobody)
        try it.launch(
            faults: Faults("mkdir:receipts_folder:1=kill-\(moment)", trace: it.folder("trace")))
        #expect(try await it.ends() == -SIGKILL)
        #expect(it.folder.exists("spool/rejected"))
        #expect(it.folder.exists("spool/receipts") == (moment == "after"))
        #expect(try Self.points(it, marked: "!") == ["mkdir:receipts_folder:1"])
    }

    @Test("a call fails as the rule says, and the daemon says so")
    func fail() async throws {
        let it = try Installation(smtp: Self.nobody)
        try it.launch(faults: Faults("fsync:state:1=fail-EIO"))
        #expect(try await it.ends() == 75)
        #expect(it.log.contains("\(String(cString: strerror(EIO)))"))
    }

    @Test("a write is cut short, what follows fails")
    func short() async throws {
        let it = try Installation(smtp: Self.nobody)
        try await it.start(faults: Faults("write:rejected:*=short-3-ENOSPC", trace: it.folder("trace")))
        try it.folder.drop("Licence : ?\n\nx".utf8, to: "spool/incoming/faux.txt")
        try await it.submissions(in: "rejected", reach: 1)
        #expect(try await it.end() == 0)
        #expect(try Self.points(it, marked: "!") == ["write:rejected:1", "write:rejected:2"])
        #expect(it.log.contains("\(String(cString: strerror(ENOSPC)))"))
    }

    @Test("rules count only while the file of FAULT_WHILE is there; the wall clock is off by what a file says")
    func conditions() async throws {
        let it = try Installation(smtp: Self.nobody)
        let dayInSeconds = withUnsafeBytes(of: Int64(-86_400)) { Array($0) }
        try it.folder.write(dayInSeconds, to: "clock")
        var faults = Faults("mkdir:*:1=kill-before", condition: it.folder("now"))
        faults.more["FAULT_CLOCK"] = it.folder("clock")
        try await it.start(faults: faults)
        try it.folder.drop(
            "Licence : 12345678\nObjet : Hier\n\nx".utf8, to: "spool/incoming/hier.txt")
        try await it.submissions(in: "queued", reach: 1)
        let received = try #require(
            try await it.assistctl("list", "--json").jsonLines.first?["received_at"] as? String)
        let instant = try #require(ISO8601DateFormatter.withFractions.date(from: received))
        #expect(abs(instant.timeIntervalSinceNow + 86_400) < 3600)
        #expect(try await it.end() == 0)
    }
}

extension ISO8601DateFormatter {
    fileprivate static var withFractions: ISO8601DateFormatter {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        return formatter
    }
}
