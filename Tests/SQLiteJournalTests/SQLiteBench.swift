import Foundation
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport

/// A folder of its own for one SQLite journal; gone with the bench.
final class SQLiteBench: JournalBench {
    let folder: String
    private let cuts = Locked(0)

    init() throws {
        folder = NSTemporaryDirectory() + "/assistd-journal-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var path: String { folder + "/state/journal.sqlite" }

    func open() async throws -> any Journal { try await openSQLite() }

    func openSQLite() async throws -> SQLiteJournal { try await SQLiteJournal.open(path: path) }

    func close(_ journal: any Journal) async throws {
        try await (journal as? SQLiteJournal)?.close()
    }

    func openAsAfterPowerCut() async throws -> any Journal {
        let number = cuts.withLock { number in
            number += 1
            return number
        }
        // The files as they lie on the disk: no checkpoint, and the shared-memory index is lost.
        let copy = folder + "/cut-\(number)"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in ["journal.sqlite", "journal.sqlite-wal", "content"] {
            let source = folder + "/state/" + name
            guard FileManager.default.fileExists(atPath: source) else { continue }
            try FileManager.default.copyItem(atPath: source, toPath: copy + "/" + name)
        }
        return try await SQLiteJournal.open(path: copy + "/journal.sqlite")
    }
}
