import Foundation
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import Intake

@Suite("Taking files out of the drop zone")
struct DisposalTests {
    private let folder: TemporaryFolder
    private let incoming: Folder
    private let disposal: Disposal
    private let reference = Reference(number: 42)

    init() throws {
        folder = try TemporaryFolder()
        try folder.folder("incoming")
        try folder.folder("rejected")
        incoming = try Folder(folder("incoming"))
        disposal = Disposal(incoming: incoming, rejected: try Folder(folder("rejected")))
    }

    private func taken(_ names: String..., fate: Taken.Fate) throws -> Taken {
        let files = try names.map { name in
            let bytes = Array(name.utf8)
            return try #require(try incoming.info(bytes)).identity(named: bytes)
        }
        return Taken(reference: reference, fate: fate, files: files)
    }

    private func rejectedSubmission(_ language: Language = .french) -> Submission {
        Submission(
            reference: reference, state: .rejected, channel: .smtp, license: "", subject: "", details: .init(),
            priority: .normal, source: .spool(file: "panne.txt"), submitter: .init(uid: 0, name: "root"),
            language: language, receivedAt: Timestamp(milliseconds: 0), size: 1, attachments: [],
            reason: Reason(.empty, fr: "Le fichier est vide.", en: "The file is empty."))
    }

    @Test("the report and its attachments go, nothing else does")
    func remove() throws {
        for name in ["panne.txt", "écran.png", "autre.txt"] { try folder.write([1], to: "incoming/\(name)") }
        let taken = try taken("panne.txt", "écran.png", fate: .remove)
        _ = try disposal.dispose(of: taken, nil)
        #expect(try folder.names(in: "incoming") == ["autre.txt"])
    }

    @Test("a new file under the old name stays")
    func replaced() throws {
        try folder.write([1], to: "incoming/panne.txt")
        let taken = try taken("panne.txt", fate: .remove)
        try folder.drop([2], to: "incoming/panne.txt~")
        try FileManager.default.removeItem(atPath: folder("incoming/panne.txt"))
        try FileManager.default.moveItem(atPath: folder("incoming/panne.txt~"), toPath: folder("incoming/panne.txt"))
        _ = try disposal.dispose(of: taken, nil)
        #expect(try folder.content(of: "incoming/panne.txt") == [2])
    }

    @Test("a folder goes with all it holds, also when a crash came half-way", arguments: [0, 1, 2])
    func removeFolder(crash: Int) throws {
        try folder.folder("incoming/panne.report")
        try folder.write([1], to: "incoming/panne.report/report.txt")
        try folder.write([2], to: "incoming/panne.report/écran.png")
        let taken = try taken("panne.report", fate: .remove)
        let hidden = ".taken-\(reference)"
        if crash > 0 {
            try FileManager.default.moveItem(
                atPath: folder("incoming/panne.report"), toPath: folder("incoming/\(hidden)"))
        }
        if crash > 1 { try FileManager.default.removeItem(atPath: folder("incoming/\(hidden)/report.txt")) }
        _ = try disposal.dispose(of: taken, nil)
        #expect(try folder.names(in: "incoming") == [])
    }

    @Test("of a folder only what was sent goes; the rest is left to its owner, out of the way")
    func leftovers() throws {
        try folder.folder("incoming/panne.report/.git")
        try folder.write([1], to: "incoming/panne.report/report.txt")
        try folder.write([2], to: "incoming/panne.report/gros.zip.part")
        try folder.write([3], to: "incoming/panne.report/Thumbs.db")
        let taken = try taken("panne.report", fate: .remove)
        #expect(try disposal.dispose(of: taken, nil))
        let hidden = ".taken-\(reference)"
        #expect(try folder.names(in: "incoming") == [hidden])
        #expect(try folder.names(in: "incoming/\(hidden)") == [".git", "gros.zip.part"])
        #expect(try disposal.leftBehind(of: taken)?.hasSuffix(hidden) == true)
        #expect(try disposal.dispose(of: taken, nil), "done again after a crash it does no harm")
    }

    @Test("a refused report is kept as it was, beside a reason in both languages, the sender's first")
    func reject() throws {
        try folder.write([0xE9, 0x0D], to: "incoming/panne.txt")
        let taken = try taken("panne.txt", fate: .reject)
        _ = try disposal.dispose(of: taken, rejectedSubmission(.english))
        #expect(try folder.names(in: "incoming") == [])
        #expect(try folder.names(in: "rejected") == ["panne.txt", "panne.txt.reason.txt"])
        #expect(try folder.content(of: "rejected/panne.txt") == [0xE9, 0x0D])
        let reason = try folder.text(of: "rejected/panne.txt.reason.txt")
        let english = try #require(reason.range(of: "The file is empty."))
        let french = try #require(reason.range(of: "Le fichier est vide."))
        #expect(english.lowerBound < french.lowerBound)
        #expect(reason.contains("\(reference)"))
        #expect(reason.contains("empty"))
    }

    @Test("refusals of the same name do not overwrite each other")
    func rejectTwice() throws {
        for _ in 1...2 {
            try folder.write([1], to: "incoming/panne.txt")
            _ = try disposal.dispose(of: try taken("panne.txt", fate: .reject), rejectedSubmission())
        }
        #expect(
            try folder.names(in: "rejected") == [
                "panne (2).txt", "panne (2).txt.reason.txt", "panne.txt", "panne.txt.reason.txt",
            ])
    }

    @Test("a crash between the reason and the file: the file follows its own reason")
    func crashAfterReason() throws {
        try folder.write([1], to: "incoming/panne.txt")
        let taken = try taken("panne.txt", fate: .reject)
        try folder.write("… \(reference) …".utf8, to: "rejected/panne.txt.reason.txt")
        _ = try disposal.dispose(of: taken, rejectedSubmission())
        #expect(try folder.names(in: "rejected") == ["panne.txt", "panne.txt.reason.txt"])
        #expect(try folder.text(of: "rejected/panne.txt.reason.txt").contains("Le fichier est vide."))
    }

    @Test("a refused link is moved, not what it points to")
    func rejectLink() throws {
        try folder.write([1], to: "précieux.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder("incoming/lien.txt"), withDestinationPath: folder("précieux.txt"))
        _ = try disposal.dispose(of: try taken("lien.txt", fate: .reject), rejectedSubmission())
        #expect(folder.exists("précieux.txt"))
        #expect(try folder.names(in: "incoming") == [])
    }

    @Test("a name of 255 bytes leaves room for its reason")
    func longName() throws {
        let name = String(repeating: "é", count: 125) + "a.txt"
        try #require(name.utf8.count == 255)
        try folder.write([1], to: "incoming/\(name)")
        _ = try disposal.dispose(of: try taken(name, fate: .reject), rejectedSubmission())
        #expect(try folder.names(in: "incoming") == [])
        #expect(try folder.names(in: "rejected").count == 2)
    }
}
