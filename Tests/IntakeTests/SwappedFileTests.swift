import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import Intake

/// What somebody may do to a file between the moment it is looked at and the moment it is read.
@Suite("Files that change under the reader's hands")
struct SwappedFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("Licence : 12345678\nPièce-jointe : a.dat\n\nx".utf8, to: "panne.txt")
        try folder.write(Array("sound".utf8), to: "a.dat")
    }

    /// Reads the report; something is done once its attachment is open.
    private func read(_ name: String = "panne.txt", meanwhile: @escaping () -> Void) throws -> Finding {
        try DropReader(incoming: Folder(folder.path), limits: ReportLimits(), parse: ReportReading.parse) { _, _, _ in
            meanwhile()
            return true
        }.read(Array(name.utf8))
    }

    private func isChanging(_ finding: Finding) -> Bool {
        if case .changing = finding { true } else { false }
    }

    private func attachments(_ finding: Finding) -> [[UInt8]]? {
        if case .report(_, let report) = finding { report.attachments.map(\.head) } else { nil }
    }

    private func code(_ finding: Finding) -> Reason.Code? {
        if case .refused(_, let rejection) = finding { rejection.reason.code } else { nil }
    }

    @Test("one that grows or is cut short is not complete", arguments: [100, 2, 0])
    func size(size: Int) throws {
        let finding = try read { truncate(folder("a.dat"), size) }
        #expect(isChanging(finding), "\(finding)")
    }

    @Test("one that is written over is not complete, though its size stays")
    func overwritten() throws {
        let path = folder("a.dat")
        let finding = try read {
            let file = open(path, O_WRONLY)
            _ = write(file, "other", 5)
            close(file)
            // However coarse the file system's clock is.
            utimes(path, [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
        }
        #expect(isChanging(finding), "\(finding)")
    }

    @Test("one that is deleted, locked away or replaced by a link is the one that was opened", arguments: 0..<4)
    func swapped(way: Int) throws {
        let path = folder("a.dat")
        let finding = try read {
            switch way {
            case 0: unlink(path)
            case 1: chmod(path, 0)
            case 2:
                unlink(path)
                symlink("/etc/shadow", path)
            default: rename(folder("panne.txt"), path)
            }
        }
        #expect(attachments(finding) == [Array("sound".utf8)], "\(finding)")
    }

    @Test("one that becomes a link, a pipe or a folder just before it is opened is refused", arguments: 0..<4)
    func swappedBefore(way: Int) throws {
        let path = folder("a.dat")
        let folder = self.folder
        let reader = DropReader(incoming: try Folder(folder.path), limits: ReportLimits()) {
            format, bytes, limits throws(Rejection) in
            unlink(path)
            switch way {
            case 0: symlink("/etc/shadow", path)
            case 1: symlink(folder("panne.txt"), path)
            case 2: mkfifo(path, 0o644)
            default: mkdir(path, 0o755)
            }
            return try ReportReading.parse(format, bytes, limits)
        }
        #expect(code(try reader.read(Array("panne.txt".utf8))) == .unsafeFileType)
    }

    @Test(
        "in a folder too: what grows, goes or becomes a link stops the report, nothing else is read for it",
        arguments: 0..<3)
    func inFolder(way: Int) throws {
        try folder.folder("b.report")
        try folder.write("Licence : 12345678\n\nx".utf8, to: "b.report/report.txt")
        try folder.write([1], to: "b.report/a.dat")
        let path = folder("b.report/a.dat")
        let finding = try read("b.report") {
            switch way {
            case 0: truncate(path, 100)
            case 1: unlink(path)
            default:
                unlink(path)
                symlink("/etc/shadow", path)
            }
        }
        #expect(way == 2 ? code(finding) == .unsafeFileType : isChanging(finding), "\(finding)")
    }

    @Test(
        "a second name of root's file, a device: refused, whatever could be read",
        .enabled(if: getuid() == 0, "needs root"))
    func foreign() throws {
        unlink(folder("a.dat"))
        try #require(mknod(folder("a.dat"), S_IFCHR | 0o666, 0x0105) == 0)
        #expect(code(try read {}) == .unsafeFileType)
        #expect(rename(folder("a.dat"), folder("zero.txt")) == 0)
        #expect(code(try read("zero.txt") {}) == .unsafeFileType)
        // Not even waited for: whose second name it is decides.
        let secret = try TemporaryFolder()
        try secret.write(Array("secret".utf8), to: "s")
        #expect(link(secret("s"), folder("a.dat")) == 0)
        chown(folder("panne.txt"), 65534, 65534)
        #expect(code(try read {}) == .unsafeAttachment)
    }
}
