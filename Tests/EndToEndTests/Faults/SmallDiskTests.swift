import Foundation
import Glibc
import TestSupport
import Testing
import UnixSocketHTTP

/// A real disk of a few megabytes, mounted for the daemon alone.
@Suite("The real daemon on a small disk", .enabled(if: geteuid() == 0, "mounting needs root"), .timeLimit(.minutes(3)))
struct SmallDiskTests {
    private static let limits = "max_size = \"100KB\"\nreserve = \"2MB\""

    /// The daemon's spool and journal lie on a file system of 8 MB that nobody else sees.
    private func installation(smtp: String) throws -> (Installation, mount: [String]) {
        let it = try Installation(smtp: smtp, spool: Self.limits)
        try it.folder.folder("disk")
        let text = try it.folder.text(of: "assistd.toml")
            .replacingOccurrences(of: it.folder("spool"), with: it.folder("disk/spool"))
            .replacingOccurrences(of: it.folder("journal/"), with: it.folder("disk/journal/"))
        try it.folder.write(text.utf8, to: "assistd.toml")
        let mount = #"mount -t tmpfs -o size=8m,mode=755 assistd "$0" && exec "$@""#
        return (it, ["unshare", "--mount", "sh", "-c", mount, it.folder("disk")])
    }

    @Test("below the reserve the drop zone is left alone, old work goes on, all say so, and it heals by itself")
    func reserve() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.probe, ScriptedSMTPServer.desk()) { server in
            let (it, mount) = try installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
            try await it.start(through: mount)
            // As the daemon sees it.
            let disk = "/proc/\(it.pid)/root" + it.folder("disk")
            func drop(_ name: String) throws {
                let hidden = "\(disk)/spool/incoming/.\(name)"
                let text = "Licence : 12345678\nObjet : \(name)\n\nx"
                try Data(text.utf8).write(to: URL(fileURLWithPath: hidden))
                #expect(rename(hidden, "\(disk)/spool/incoming/\(name)") == 0)
            }
            try drop("avant")
            let before = try await it.submissions(in: "queued", reach: 1)

            // Something else fills the disk.
            let filler = open("\(disk)/autre", O_WRONLY | O_CREAT, 0o600)
            var found = statvfs()
            #expect(fstatvfs(filler, &found) == 0)
            let free = Int(found.f_bavail * found.f_bsize)
            #expect(posix_fallocate(filler, 0, free - 1_000_000) == 0)
            try drop("pendant")
            let submitted = try await it.assistctl(
                "submit", "--license", "12345678", "--subject", "socket", language: "fr_FR.UTF-8", input: "x")
            #expect(submitted.status == 75)
            #expect(submitted.errors.contains("il ne reste que"))
            let status = try await it.assistctl("status", language: "fr_FR.UTF-8")
            #expect(status.output.contains("ARRÊTÉ"))
            #expect(status.output.contains("spool.reserve"))
            let stopped = try #require(
                try await it.assistctl("status", "--json").json["intake_stopped"] as? [String: Any])
            #expect((stopped["text"] as? String)?.contains("MB left") == true)
            let doctor = try await it.assistctl("doctor", "--json")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("nothing is taken in"))
            #expect(it.log.contains("nothing is taken in: \(it.folder("disk"))/"))

            // What is queued goes out all the same.
            try it.configure(smtp: server.plainSettings, spool: Self.limits)
            try it.folder.write(
                try it.folder.text(of: "assistd.toml")
                    .replacingOccurrences(of: it.folder("spool"), with: it.folder("disk/spool"))
                    .replacingOccurrences(of: it.folder("journal/"), with: it.folder("disk/journal/")).utf8,
                to: "assistd.toml")
            it.send(SIGHUP)
            #expect(try await it.submissions(in: "relayed", reach: 1) == before)
            #expect(FileManager.default.fileExists(atPath: "\(disk)/spool/incoming/pendant"))

            close(filler)
            #expect(unlink("\(disk)/autre") == 0)
            // Nothing tells the daemon.
            #expect(try await it.submissions(in: "relayed", reach: 2).count == 2)
            #expect(it.log.contains("taken in again"))
            #expect(server.messages.count == 2)
            #expect(try await it.end() == 0)
        }
    }
}
