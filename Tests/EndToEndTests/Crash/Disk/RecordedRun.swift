import ControlAPI
import Foundation
import Glibc
import SupportDesk
import TestSupport
import Testing

/// A run of the whole workload, written down to the last byte. Of it disks are made as a power cut at any moment could
/// have left them, and the daemon is started on each.
///
/// A file is known by its inode. So what people dropped is never removed, but put back into each disk as the very file
/// it was: one disk at a time.
final class RecordedRun {
    let log: DiskLog
    private let it: Installation
    private let desk: MailDesk
    private let beginning: [String: (inode: UInt64, isFolder: Bool)]
    /// Those that are put back, with the time of their last change.
    private let dropped: [UInt64: timespec]
    private let subjects: [String: String]

    init() async throws {
        it = try Installation(smtp: "")
        desk = try MailDesk(verdicts: Workload.verdicts)
        try it.configure(smtp: desk.server.plainSettings + "\nconnections = 1", settle: "1ms")
        for name in ["bank", "stash"] { try it.folder.folder(name) }
        // The daemon makes its own, too.
        rmdir(it.folder("journal"))
        var workload = try Workload(it, desk, isAllLying: true)
        var (beginning, dropped): ([String: (inode: UInt64, isFolder: Bool)], [UInt64: timespec]) = ([:], [:])
        for path in try [""] + Self.tree("spool", of: it.folder) {
            let found = try Self.look(it.folder(path))
            let isFolder = found.st_mode & S_IFMT == S_IFDIR
            beginning[path] = (UInt64(found.st_ino), isFolder)
            if path.hasPrefix("spool/incoming/") { dropped[UInt64(found.st_ino)] = found.st_mtim }
        }
        (self.beginning, self.dropped) = (beginning, dropped)

        var faults = Faults()
        faults.more = ["FAULT_RECORD": it.folder("record"), "FAULT_STASH": it.folder("stash")]
        let life = try Life(it, number: 0, faults: faults)
        try #require(await life.isReady(), "\(it.log)")
        try await workload.carryOn()
        let all = try await it.submissions { _, _ in true }
        subjects = Dictionary(uniqueKeysWithValues: all.map { ($0.reference, $0.subject) })
        it.send(SIGTERM)
        try #require(try await life.end() == 0)
        log = try DiskLog(try it.folder.content(of: "record"), below: it.folder.path)
        try collect(from: it)
    }

    private static func look(_ path: String) throws -> stat {
        var found = stat()
        guard lstat(path, &found) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return found
    }

    /// The paths of all that lies in a folder, and its own, parents first.
    private static func tree(_ name: String, of folder: TemporaryFolder) throws -> [String] {
        guard folder.exists(name) else { return [] }
        return [name]
            + (try FileManager.default.subpathsOfDirectory(atPath: folder(name))).sorted().map { "\(name)/\($0)" }
    }

    // MARK: Making disks

    /// Takes back what people dropped, wherever it got to.
    private func collect(from it: Installation) throws {
        for name in ["spool", "stash"] {
            // What lies in a folder first.
            for path in try Self.tree(name, of: it.folder).reversed() {
                let inode = UInt64(try Self.look(it.folder(path)).st_ino)
                guard dropped[inode] != nil else { continue }
                guard rename(it.folder(path), self.it.folder("bank/\(inode)")) == 0 else {
                    throw CocoaError(.fileWriteUnknown)
                }
            }
        }
    }

    private func make(_ disk: Disk, _ loss: Disk.Loss, _ generator: inout SeededGenerator, in folder: TemporaryFolder)
        throws
    {
        rmdir(folder("journal"))
        try folder.folder("stash")
        let names = disk.names(loss, &generator).sorted { $0.key < $1.key }
        for (path, node) in names where !path.isEmpty {
            if let origin = node.origin, dropped[origin] != nil {
                guard rename(it.folder("bank/\(origin)"), folder(path)) == 0 else {
                    throw CocoaError(.fileWriteUnknown)
                }
            } else if node.isFolder {
                try folder.folder(path)
            } else {
                try folder.write(disk.content(of: node, loss, &generator), to: path)
            }
        }
        for (path, node) in names {
            guard let origin = node.origin, let time = dropped[origin] else { continue }
            var times = [time, time]
            utimensat(AT_FDCWD, folder(path), &times, 0)
        }
    }

    // MARK: After the cut

    /// Cuts the power after so many records, and starts the daemon on what is left.
    ///
    /// - Returns: what is wrong, and how many attempts are uncertain.
    func cut(after count: Int, _ loss: Disk.Loss, seed: UInt64) async throws -> (findings: [String], uncertain: Int) {
        var generator = SeededGenerator(seed: seed)
        let it = try Installation(smtp: "")
        let before = copies(before: count)
        var verdicts = Workload.verdicts
        verdicts[Workload.subjects.refused] = nil
        let desk = try MailDesk(verdicts: verdicts, copies: before)
        try it.configure(smtp: desk.server.plainSettings + "\nconnections = 1", settle: "1ms")
        defer { #expect(throws: Never.self) { try collect(from: it) } }
        try make(Disk(beginning, log, cut: count), loss, &generator, in: it.folder)

        var faults = Faults()
        faults.more = ["FAULT_STASH": it.folder("stash")]
        let life = try Life(it, number: 0, faults: faults)
        guard await life.isReady() else { return (["it does not start: \(it.log)"], 0) }
        do {
            try await it.submissions { submissions, isAllTaken in isAllTaken && submissions.allSatisfy(\.isAtRest) }
        } catch let stuck as Stuck {
            it.send(SIGKILL)
            _ = try await life.end()
            return (["\(stuck)\n\(it.log)"], 0)
        }
        it.send(SIGTERM)
        let status = try await life.end()
        guard status == 0 else { return (["ends with \(status): \(it.log)"], 0) }
        let audit = try await CrashAudit.of(it, desk, expected(before: count))
        return (audit.findings + Workload.wrongAttachments(desk.copies), audit.uncertain)
    }

    /// What the desk had taken by then.
    private func copies(before cut: Int) -> [MailDesk.Copy] {
        let ends = log.said(before: cut).reduce(0) { $0 + $1.occurrences(of: "\r\n.\r\n") }
        return desk.copies(ofFirst: ends)
    }

    /// What people had been told by then has to be so; of the rest, either.
    private func expected(before cut: Int) -> CrashAudit.Expected {
        var expected = CrashAudit.Expected(ends: Workload.ends, lostAnswers: 1)
        expected.rejected = ["faux.txt": Workload.wrong]
        expected.perhaps = [Workload.subjects.handedIn]
        expected.ends[Workload.subjects.refused] = [.relayed, .failed]
        expected.ends[Workload.subjects.deferred] = [.queued, .cancelled]
        for answer in log.said(before: cut).map({ String(decoding: $0, as: UTF8.self) }) {
            guard let reference = answer.firstMatch(of: /"reference" ?: ?"(ASD-[^"]+)"/)?.output.1 else { continue }
            let subject = subjects[String(reference)] ?? ""
            if answer.hasPrefix("HTTP/1.1 201") {
                expected.perhaps = []
                expected.references[subject] = String(reference)
            } else if answer.contains(/"done" ?: ?true/) {
                expected.ends[subject] = Workload.ends[subject]
            }
        }
        return expected
    }
}

extension [UInt8] {
    fileprivate func occurrences(of text: String) -> Int {
        String(decoding: self, as: UTF8.self).ranges(of: text).count
    }
}
