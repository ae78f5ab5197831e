import Foundation
import Glibc
import TestSupport
import Testing

/// What the kernel refuses a daemon that is otherwise well, and gives it again later.
@Suite("The real daemon at the kernel's limits", .timeLimit(.minutes(3)))
struct LimitTests {
    private static func report(_ name: String) -> String.UTF8View {
        "Licence : 12345678\nObjet : \(name)\n\nx".utf8
    }

    @Test(
        "without a watch the drop zone is looked through now and then, and watched again as soon as that can be",
        arguments: [("inotify_watch:incoming_folder", "ENOSPC"), ("inotify_init:incoming_folder", "EMFILE")])
    func unwatched(call: String, error: String) async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, spool: "rescan = \"200ms\"")
            try it.folder.write([], to: "now")
            try await it.start(faults: Faults("\(call):*=fail-\(error)", condition: it.folder("now")))
            try await it.logged("warning the drop zone cannot be watched")
            try it.folder.drop(Self.report("un"), to: "spool/incoming/un.txt")
            try await it.submissions(in: "relayed", reach: 1)
            #expect(try await it.assistctl("status", "--json").json["intake_stopped"] is NSNull)
            #expect(unlink(it.folder("now")) == 0)
            try await it.logged("the drop zone is watched again")
            try it.folder.drop(Self.report("deux"), to: "spool/incoming/deux.txt")
            try await it.submissions(in: "relayed", reach: 2)
            #expect(server.messages.count == 2)
            #expect(it.log.components(separatedBy: "cannot be watched").count == 2, "said once")
            #expect(try await it.end() == 0)
        }
    }

    @Test("with no descriptor left it takes nothing in and says so; with some, it goes on by itself")
    func descriptors() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.probe, ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
            try await it.start()
            try it.folder.drop(Self.report("un"), to: "spool/incoming/un.txt")
            try await it.submissions(in: "queued", reach: 1)
            // What it has open stays open.
            _ = try await it.program("prlimit", "--pid", "\(it.pid)", "--nofile=3:1024")
            for number in 2...4 { try it.folder.drop(Self.report("\(number)"), to: "spool/incoming/\(number).txt") }
            try await it.logged("nothing is taken in: \(it.folder("spool/incoming"))")
            #expect(it.log.contains("LimitNOFILE"))
            // Somebody who asks meanwhile waits, and is answered.
            async let status = it.assistctl("status", "--json")
            try it.configure(smtp: server.plainSettings)
            _ = try await it.program("prlimit", "--pid", "\(it.pid)", "--nofile=1024:1024")
            #expect(try await status.status == 0)
            it.send(SIGHUP)
            try await it.submissions(in: "relayed", reach: 4)
            #expect(server.messages.count == 4)
            #expect(try it.folder.names(in: "spool/incoming") == [])
            #expect(try await it.end() == 0)
        }
    }

    @Test(
        "a drop zone that is mounted read-only meanwhile gives its reports, none twice, and is emptied later",
        .enabled(if: geteuid() == 0, "mounting needs root"))
    func readOnly() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, spool: "rescan = \"200ms\"")
            let incoming = it.folder("spool/incoming")
            try it.folder.folder("spool/incoming")
            let mount = #"mount --bind "$0" "$0" && exec "$@""#
            try await it.start(through: ["unshare", "--mount", "sh", "-c", mount, incoming])
            func remount(_ mode: String) async throws {
                _ = try await it.program(
                    "nsenter", "--target", "\(it.pid)", "--mount", "--root", "mount", "-o", "remount,bind,\(mode)",
                    incoming)
            }
            try await remount("ro")
            for number in 1...3 { try it.folder.drop(Self.report("\(number)"), to: "spool/incoming/\(number).txt") }
            try it.folder.drop("rien".utf8, to: "spool/incoming/faux.txt")
            try await it.submissions(in: "relayed", reach: 3)
            try await it.submissions(in: "rejected", reach: 1)
            #expect(it.log.contains("cannot leave the drop zone: \(incoming)/"))
            #expect(it.log.contains("Read-only file system"))
            #expect(try it.folder.names(in: "spool/incoming").count == 4)
            // Not even by another run.
            #expect(try await it.end(with: SIGKILL) == -SIGKILL)
            try await it.start()
            try it.folder.drop(Self.report("4"), to: "spool/incoming/4.txt")
            try await it.submissions(in: "relayed", reach: 4)
            #expect(server.messages.count == 4)
            #expect(try await it.end() == 0)
            #expect(try it.folder.names(in: "spool/incoming") == [])
            #expect(try it.folder.names(in: "spool/rejected") == ["faux.txt", "faux.txt.reason.txt"])
        }
    }
}
