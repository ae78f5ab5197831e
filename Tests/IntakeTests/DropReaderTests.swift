import CLinux
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import Intake

@Suite("Reading what anybody may have dropped")
struct DropReaderTests {
    private let folder: TemporaryFolder
    private let limits: ReportLimits

    init() throws {
        folder = try TemporaryFolder()
        var limits = ReportLimits()
        limits.total = 1_000_000
        self.limits = limits
    }

    private func read(_ name: String) throws -> Finding {
        try DropReader(incoming: Folder(folder.path), limits: limits, parse: ReportReading.parse)
            .read(Array(name.utf8))
    }

    private func refusal(_ finding: Finding) -> Reason.Code? {
        if case .refused(_, let rejection) = finding { return rejection.reason.code }
        return nil
    }

    private func lack(_ finding: Finding) -> Reason.Code? {
        if case .lacking(_, let rejection) = finding { return rejection.reason.code }
        return nil
    }

    private let report = "Licence : 12345678\nObjet : Essai\n\nÇa ne marche pas.\n"

    @Test("a plain report is read, with its owner and size")
    func plain() throws {
        try folder.write(report.utf8, to: "panne.txt")
        guard case .report(let dropped, let report) = try read("panne.txt") else {
            Issue.record("not read")
            return
        }
        #expect(report.description == "Ça ne marche pas.\n")
        #expect(dropped.owner == getuid())
        #expect(dropped.size == self.report.utf8.count)
        #expect(dropped.files.count == 1)
    }

    @Test("a link is never followed", arguments: ["/etc/hostname", "/nowhere", "panne.txt"])
    func link(target: String) throws {
        try folder.write(report.utf8, to: "panne.txt")
        #expect(symlink(target, folder("lien.txt")) == 0)
        #expect(refusal(try read("lien.txt")) == .unsafeFileType)
    }

    @Test("a pipe neither blocks nor gets in")
    func pipe() throws {
        #expect(mkfifo(folder("tube.txt"), 0o644) == 0)
        #expect(refusal(try read("tube.txt")) == .unsafeFileType)
    }

    @Test("a socket does not get in")
    func socket() throws {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: folder("prise.txt").utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        #expect(refusal(try read("prise.txt")) == .unsafeFileType)
    }

    @Test("a file with a second name elsewhere gets no further than a warning, then is refused")
    func hardLink() throws {
        try folder.write(report.utf8, to: "panne.txt")
        #expect(Glibc.link(folder("panne.txt"), folder("autre.txt")) == 0)
        #expect(lack(try read("panne.txt")) == .unsafeFileType)
    }

    @Test("an empty file may still be filled")
    func empty() throws {
        try folder.write([], to: "vide.txt")
        #expect(lack(try read("vide.txt")) == .empty)
    }

    @Test("a sparse giant is refused without being read", arguments: [6 << 30, 1 << 40])
    func sparse(size: Int) throws {
        let descriptor = open(folder("énorme.txt"), O_WRONLY | O_CREAT, 0o644)
        #expect(ftruncate(descriptor, size) == 0)
        close(descriptor)
        #expect(refusal(try read("énorme.txt")) == .tooLarge)
    }

    @Test("a picture is no report, but may become an attachment")
    func picture() throws {
        try folder.write([0x89, 0x50], to: "écran.png")
        #expect(lack(try read("écran.png")) == .unsupportedFormat)
    }

    @Test(
        "a text that is no report may become an attachment too, one that lacks its licence is refused at once",
        arguments: [
            ("journal.txt", "12:30 erreur 1205", Reason.Code.licenseMissing, true),
            ("journal.json", "[1, 2]", .malformed, true), ("vide.txt", "\u{0}", .binary, true),
            ("panne.txt", "Objet : x\n\nSans licence", .licenseMissing, false),
        ])
    func text(name: String, content: String, code: Reason.Code, waits: Bool) throws {
        try folder.write(content.utf8, to: name)
        let finding = try read(name)
        #expect(waits ? lack(finding) == code : refusal(finding) == code)
    }

    @Test("a directory of any other name is left alone")
    func directory() throws {
        try folder.folder("dossier")
        guard case .nothing = try read("dossier") else {
            Issue.record("not left alone")
            return
        }
    }

    @Test("what cannot be read is refused and says how to mend it")
    func unreadable() throws {
        try folder.write(report.utf8, to: "secret.txt")
        chmod(folder("secret.txt"), 0)
        chmod(folder.path, 0o755)
        let finding = try asOrdinaryUser { try read("secret.txt") }
        #expect(refusal(finding) == .unreadable)
        guard case .refused(_, let rejection) = finding else { return }
        #expect(rejection.explanation.french.contains("permission refusée"))
        #expect(rejection.explanation.french.contains("chmod -R a+rX"))
        #expect(rejection.explanation.english.contains("assistctl submit"))
    }

    /// Root reads everything; for the length of the body this thread's file accesses are those of another.
    private func asOrdinaryUser<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard getuid() == 0 else { return try body() }
        clinux_set_file_user(65534)
        defer { clinux_set_file_user(0) }
        return try body()
    }

    @Test("an attachment is taken from beside the report")
    func attachment() throws {
        try folder.write("Licence : 12345678\nPièce-jointe : écran.png\n\nVoir l'image.".utf8, to: "panne.txt")
        #expect(lack(try read("panne.txt")) == .missingAttachment, "it may still be on its way")
        try folder.write([1, 2, 3], to: "écran.png")
        guard case .report(let dropped, let report) = try read("panne.txt") else {
            Issue.record("not read")
            return
        }
        #expect(report.attachments == [Attachment(name: "écran.png", content: [1, 2, 3])])
        #expect(dropped.files.map { String(decoding: $0.name, as: UTF8.self) } == ["panne.txt", "écran.png"])
    }

    @Test(
        "an attachment is found though capitals or the encoding of accents differ",
        arguments: ["E\u{301}cran.PNG", "ÉCRAN.png"])
    func nearAttachment(onDisk: String) throws {
        try folder.write("Licence : 12345678\nPièce-jointe : écran.png\n\nx".utf8, to: "panne.txt")
        let descriptor = open(folder(onDisk), O_WRONLY | O_CREAT, 0o644)
        _ = write(descriptor, "123", 3)
        close(descriptor)
        guard case .report(_, let report) = try read("panne.txt") else {
            Issue.record("not read")
            return
        }
        #expect(report.attachments.map(\.name) == ["écran.png"])
        #expect(report.attachments.map(\.size) == [3])
    }

    @Test("the folder is read once for all reports that name what is not there")
    func neighbors() throws {
        try folder.write("Licence : 12345678\nPièce-jointe : écran.png\n\nx".utf8, to: "panne.txt")
        let neighbors = Neighbors(try Folder(folder.path))
        func read() throws -> Finding {
            try DropReader(
                incoming: Folder(folder.path), limits: limits, parse: ReportReading.parse, neighbors: neighbors
            ).read(Array("panne.txt".utf8))
        }
        #expect(lack(try read()) == .missingAttachment)
        try folder.write([1], to: "ÉCRAN.png")
        #expect(lack(try read()) == .missingAttachment, "seen at the next look, with neighbors of its own")
        try folder.write([1], to: "écran.png")
        guard case .report = try read() else {
            Issue.record("what is there by its own name needs no reading of the folder")
            return
        }
    }

    @Test("an attachment that is a link to somebody's file is refused")
    func attachedLink() throws {
        try folder.write("Licence : 12345678\nPièce-jointe : a.txt\n\nx".utf8, to: "panne.txt")
        #expect(symlink("/etc/shadow", folder("a.txt")) == 0)
        #expect(refusal(try read("panne.txt")) == .unsafeFileType)
    }

    @Test("nobody attaches another user's file", .enabled(if: getuid() == 0, "needs root to give a file away"))
    func foreignAttachment() throws {
        try folder.write("Licence : 12345678\nPièce-jointe : a.txt\n\nx".utf8, to: "panne.txt")
        try folder.write([1], to: "a.txt")
        chown(folder("a.txt"), 65534, 65534)
        #expect(refusal(try read("panne.txt")) == .unsafeAttachment)
    }

    @Test(
        "nor does a folder carry off another user's file, be it the report itself",
        .enabled(if: getuid() == 0, "needs root to give a file away"), arguments: ["a.txt", "report.txt"])
    func foreignInFolder(name: String) throws {
        try folder.folder("panne.report")
        try folder.write(report.utf8, to: "panne.report/report.txt")
        try folder.write([1], to: "panne.report/a.txt")
        // As a hard link is whose other name is gone.
        chown(folder("panne.report/\(name)"), 65534, 65534)
        #expect(refusal(try read("panne.report")) == .unsafeAttachment)
        for file in ["panne.report", "panne.report/report.txt", "panne.report/a.txt"] {
            chown(folder(file), 65534, 65534)
        }
        guard case .report = try read("panne.report") else {
            Issue.record("its own")
            return
        }
    }

    @Test(
        "what is named beside a report and is no ordinary file of one's own is never opened",
        arguments: ["fifo", "device", "socket", "link to nothing", "hard link"])
    func attachedNode(kind: String) throws {
        try folder.write("Licence : 12345678\nPièce-jointe : a.txt\n\nx".utf8, to: "panne.txt")
        switch kind {
        case "fifo": #expect(mkfifo(folder("a.txt"), 0o644) == 0)
        case "device":
            guard mknod(folder("a.txt"), S_IFCHR | 0o644, dev_t(0x103)) == 0 else { return }
        case "socket":
            guard mknod(folder("a.txt"), S_IFSOCK | 0o644, 0) == 0 else { return }
        case "link to nothing": #expect(symlink("nulle part", folder("a.txt")) == 0)
        default:
            try folder.write([1], to: ".autre")
            #expect(Glibc.link(folder(".autre"), folder("a.txt")) == 0)
        }
        let finding = try read("panne.txt")
        #expect((refusal(finding) ?? lack(finding)) == .unsafeFileType)
    }

    @Test("a receipt that lies there may yet be named by a report")
    func receipt() throws {
        let receipt = "Référence : ASD-4F7K-9M2T-X8QB\r\nÉtat : remis (relayed)\r\nLicence : 12345678\r\n\r\nx\r\n"
        try folder.write(receipt.utf8, to: "recu.txt")
        #expect(lack(try read("recu.txt")) == .loop)
        try folder.write("Licence : 12345678\nPJ : recu.txt\n\nx".utf8, to: "panne.txt")
        guard case .report(_, let report) = try read("panne.txt") else {
            Issue.record("not read")
            return
        }
        #expect(report.attachments.map(\.name) == ["recu.txt"])
    }

    @Test("executables are refused, by content as well as by name", arguments: ["outil.exe", "photo.png"])
    func executable(name: String) throws {
        try folder.write("Licence : 12345678\nPièce-jointe : \(name)\n\nx".utf8, to: "panne.txt")
        try folder.write([0x4D, 0x5A] + [UInt8](repeating: 0, count: 200), to: name)
        #expect(refusal(try read("panne.txt")) == .unsafeAttachment)
    }

    @Test("a folder is a report with everything that lies in it", arguments: ["report.txt", "Rapport.TXT"])
    func reportFolder(name: String) throws {
        try folder.folder("panne.report")
        try folder.write(report.utf8, to: "panne.report/\(name)")
        try folder.write([7], to: "panne.report/écran.png")
        try folder.write([8], to: "panne.report/Thumbs.db")
        try folder.write([9], to: "panne.report/gros.zip.part")
        guard case .report(let dropped, let report) = try read("panne.report") else {
            Issue.record("not read")
            return
        }
        #expect(dropped.isFolder)
        #expect(report.notes.map(\.french) == ["Non envoyé, parce que le nom est provisoire ou caché : gros.zip.part"])
        #expect(report.attachments == [Attachment(name: "écran.png", content: [7])])
        #expect(dropped.files.count == 1)
    }

    @Test("a folder in a folder is refused")
    func nestedFolder() throws {
        try folder.folder("panne.report/dedans")
        try folder.write(report.utf8, to: "panne.report/report.txt")
        #expect(refusal(try read("panne.report")) == .unsafeFileType)
    }

    @Test("report and attachments share one limit of size")
    func together() throws {
        try folder.write("Licence : 12345678\nPièce-jointe : a.dat\n\nx".utf8, to: "panne.txt")
        try folder.write([UInt8](repeating: 1, count: 999_990), to: "a.dat")
        #expect(refusal(try read("panne.txt")) == .tooLarge)
    }
}
