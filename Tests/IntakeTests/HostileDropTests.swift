import Glibc
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@Suite("What anybody may drop, and how", .timeLimit(.minutes(1)))
struct HostileDropTests {
    private let report = "Licence : 12345678\nObjet : Essai\n\nÇa ne marche pas.\n"

    private func write(_ name: [UInt8], in folder: String, _ content: String) throws {
        let path = (Array((folder + "/").utf8) + name + [0]).map { CChar(bitPattern: $0) }
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        try #require(file >= 0, "\(String(cString: strerror(errno)))")
        _ = content.withCString { Glibc.write(file, $0, strlen($0)) }
        close(file)
    }

    /// Names that other programs stumble over; the twins differ only in how an accent is encoded.
    private let names: [[UInt8]] = [
        Array("-rf".utf8), Array("--".utf8), Array("ligne\nsuivante.txt".utf8), Array(";$(touch x)`id`|&'\".txt".utf8),
        Array(" ".utf8), Array("\u{1B}[31m\u{7}.txt".utf8), Array("\u{202E}txt.exe.txt".utf8), Array("%s%n.txt".utf8),
        [0xFF, 0xFE, 0x80], [0xC3], Array(String(repeating: "n", count: 251).utf8) + Array(".txt".utf8),
        Array(String(repeating: "é", count: 127).utf8), Array("\u{E9}.txt".utf8), Array("e\u{301}.txt".utf8),
        Array("*".utf8), Array("a\\b.txt".utf8),
    ]

    @Test(
        "whatever a file is called, it is taken once and leaves, or is kept beside its reason",
        arguments: [true, false])
    func names(isSound: Bool) async throws {
        let door = try await Door(settle: .milliseconds(5))
        let content = isSound ? report : "Objet : x\n\nSans licence."
        try await door.whileRunning { door, _ in
            for name in names { try write(name, in: door.folder("incoming"), content) }
            try await door.journal.count(of: isSound ? .queued : .rejected, reaches: names.count)
            #expect(try await door.all().count == names.count)
        }
        #expect(try Folder(door.folder("incoming")).names().isEmpty)
        #expect(try Folder(door.folder("rejected")).names().count == (isSound ? 0 : 2 * names.count))
    }

    @Test("dropped twice is reported twice, under two names or one")
    func twice() async throws {
        try await Door(settle: .seconds(3600)).whileRunning { door, _ in
            for name in ["a.txt", "b.txt"] { try door.folder.drop(report.utf8, to: "incoming/\(name)") }
            try await door.journal.count(of: .queued, reaches: 2)
            // Over the first one, which may not have left yet.
            try door.folder.write(report.utf8, to: "a.txt")
            #expect(rename(door.folder("a.txt"), door.folder("incoming/a.txt")) == 0)
            try await door.journal.count(of: .queued, reaches: 3)
        }
    }

    @Test("a file renamed over one that waits is taken in its place, once")
    func renamedOver() async throws {
        try await Door(settle: .seconds(3600)).whileRunning { door, _ in
            try door.folder.write("Licence : 12345678\n\nAncien".utf8, to: "incoming/a.txt")
            try door.folder.write("Licence : 12345678\n\nNouveau".utf8, to: "b.txt")
            #expect(rename(door.folder("b.txt"), door.folder("incoming/a.txt")) == 0)
            try door.folder.drop(report.utf8, to: "incoming/fin.txt")
            try await door.journal.count(of: .queued, reaches: 2)
            var descriptions: [String?] = []
            for submission in try await door.all() {
                descriptions.append(try await door.journal.description(of: submission.reference))
            }
            #expect(descriptions.contains("Nouveau") && !descriptions.contains("Ancien"))
        }
    }

    @Test(
        "a file moved from another disk, or with a time of its own, is taken once its copy has lain still",
        arguments: [0, 1, 4_102_444_800, 32_503_680_000])
    func times(seconds: Int) async throws {
        let door = try await Door(settle: .milliseconds(5))
        // Before the start, and while it runs.
        try door.folder.write(report.utf8, to: "incoming/avant.txt")
        let time = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
        utimes(door.folder("incoming/avant.txt"), time)
        try await door.whileRunning { door, _ in
            try door.folder.write(report.utf8, to: "incoming/après.txt")
            utimes(door.folder("incoming/après.txt"), time)
            try await door.journal.count(of: .queued, reaches: 2)
            #expect(try await door.all().count == 2)
        }
    }

    @Test("a new file in a removed one's place on the disk is a new file")
    func inodeReused() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("incoming")
        try folder.write(report.utf8, to: "incoming/a.txt")
        let door = try await Door(folder: folder)
        let name = Array("a.txt".utf8)
        var admission = Sample.admission(1)
        var identity = try #require(try Folder(folder("incoming")).info(name)).identity(named: name)
        // The very inode, with the same size, written at another time.
        identity.modified -= 1
        admission.taken = Taken(reference: admission.submission.reference, fate: .remove, files: [identity])
        try await door.journal.admit([admission])
        try await door.whileRunning { door, _ in try await door.journal.count(of: .queued, reaches: 2) }
        #expect(try folder.names(in: "incoming") == [])
    }

    @Test(
        "another file system mounted over the folder is watched in its place, and the folder again afterwards",
        .enabled(if: getuid() == 0, "needs root"))
    func remounted() async throws {
        let door = try await Door(settle: .milliseconds(5), rescan: .milliseconds(20))
        let incoming = door.folder("incoming")
        try #require(mount("tmpfs", incoming, "tmpfs", 0, nil) == 0, "\(String(cString: strerror(errno)))")
        defer { umount2(incoming, Int32(MNT_DETACH)) }
        try await door.whileRunning { door, _ in
            try door.folder.drop(report.utf8, to: "incoming/un.txt")
            try await door.journal.count(of: .queued, reaches: 1)
            #expect(umount2(incoming, Int32(MNT_DETACH)) == 0)
            try door.folder.drop(report.utf8, to: "incoming/deux.txt")
            try await door.journal.count(of: .queued, reaches: 2)
            #expect(mount("tmpfs", incoming, "tmpfs", 0, nil) == 0)
            try door.folder.drop(report.utf8, to: "incoming/trois.txt")
            try await door.journal.count(of: .queued, reaches: 3)
        }
    }
}
