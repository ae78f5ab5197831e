import Foundation
import GRDB
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import SQLiteJournal

@Suite("Opening the journal")
struct OpeningTests {
    private let bench: SQLiteBench

    init() throws {
        bench = try SQLiteBench()
    }

    @Test("Commits are synced in full, whatever GRDB sets")
    func durability() async throws {
        for _ in 0..<2 {
            let journal = try await bench.openSQLite()
            let settings = try await journal.committer.write { try DurabilitySettings($0.database) }
            #expect(settings.synchronous == 2)
            #expect(settings.journalMode == "wal")
            #expect(settings.foreignKeys)
            try await journal.close()
        }
    }

    @Test("Nobody else can read it, nor the large messages beside it")
    func permissions() async throws {
        let before = umask(0)
        defer { umask(before) }
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(1, message: [UInt8](repeating: 65, count: 100_000))])
        let state = bench.folder + "/state"
        var seen: [String] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: state) + [""] {
            let attributes = try FileManager.default.attributesOfItem(atPath: state + "/" + name)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name)")
            seen.append(name)
        }
        let reference = Sample.admission(1).submission.reference
        for name in ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "content/\(reference)"] {
            #expect(seen.contains(name))
        }
        try await journal.close()
    }

    @Test("A second daemon is refused and told which process has it; after closing, none is")
    func lock() async throws {
        let journal = try await bench.openSQLite()
        let held = await #expect(throws: InstanceLock.Held.self) { try await bench.openSQLite() }
        #expect(held?.explanation.english.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
        try await journal.close()
        try await bench.openSQLite().close()
    }

    @Test("A journal of a newer version is refused and left as it is")
    func newer() async throws {
        try await bench.openSQLite().close()
        let queue = try DatabaseQueue(path: bench.path)
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: bench.path))
        let fault = await #expect(throws: JournalFault.self) { try await bench.openSQLite() }
        #expect(fault?.code == .newer)
        #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path)) == before)
    }

    @Test("A first start that was cut short is taken up again")
    func cutShort() async throws {
        try FileManager.default.createDirectory(atPath: bench.folder + "/state", withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: bench.path)
        // The first thing a migrator makes.
        try await queue.write {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try queue.close()
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(1)])
        try await journal.close()
    }

    @Test("A journal from before faxes is brought up to date, and keeps what was under way")
    func beforeFaxes() async throws {
        let path = bench.folder + "/old.sqlite"
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "2 the desk's rules")
        let columns = try await queue.read { try $0.columns(in: "attempts").map(\.name) }
        #expect(!columns.contains("handed_at"))
        try await queue.write { database in
            // The fields that a journal of that version had set.
            try database.execute(
                sql: """
                    INSERT INTO submissions (reference, state, ready, channel, rank, attempt_count, failures, queued_at,
                    received_at, updated_at, license, search, subject, priority, language, submitter_uid, submitter_name,
                    size) VALUES (?, ?, 0, 'smtp', 1, 1, 0, 1, 1, 1, 'GES12345', '', 'Impression', 'normal', 'fr', 0,
                    'root', 1)
                    """, arguments: [Sample.admission(1).submission.reference.key, "sending"])
            try database.execute(
                sql: "INSERT INTO contents (reference, message) VALUES (?, ?)",
                arguments: [Sample.admission(1).submission.reference.key, "x".databaseValue])
            try database.execute(
                sql: "INSERT INTO attempts (reference, number, channel, started_at) VALUES (?, 1, 'smtp', 1)",
                arguments: [Sample.admission(1).submission.reference.key])
            try database.execute(sql: "INSERT INTO counts VALUES (0, 'sending', 1)")
        }
        try queue.close()
        let journal = try await SQLiteJournal.open(path: path)
        let reference = Sample.admission(1).submission.reference
        #expect(try await journal.submission(reference)?.state == .sending)
        #expect(try await journal.attempts(of: reference).map(\.job) == [nil])
        #expect(try await journal.faxUsage(since: Timestamp(milliseconds: 0)) == FaxUsage())
        #expect(try await journal.underWay(.smtp).isEmpty)
        #expect(try await journal.recover(at: Sample.start) == [reference])
        #expect(try await journal.fallBack(reference, Bilingual(fr: "a", en: "b"), at: Sample.start))
        #expect(try await journal.claim(.fax, limit: 1, at: Sample.start).first?.isFallback == true)
        try await journal.close()
    }

    @Test("Another program's database is refused")
    func foreign() async throws {
        try FileManager.default.createDirectory(atPath: bench.folder + "/state", withIntermediateDirectories: true)
        let queue = try DatabaseQueue(path: bench.path)
        try await queue.write { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        try queue.close()
        let fault = await #expect(throws: JournalFault.self) { try await bench.openSQLite() }
        #expect(fault?.code == .foreign)
        let after = try DatabaseQueue(path: bench.path)
        #expect(try await after.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master") } == ["recipes"])
        #expect(try await after.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
    }

    @Test("A file that is no database is refused in words, and not touched")
    func garbage() async throws {
        try FileManager.default.createDirectory(atPath: bench.folder + "/state", withIntermediateDirectories: true)
        let garbage = Data(repeating: 0x5A, count: 20_000)
        try garbage.write(to: URL(fileURLWithPath: bench.path))
        let fault = await #expect(throws: JournalFault.self) { try await bench.openSQLite() }
        #expect(fault?.code == .corrupt)
        #expect(fault?.explanation.french.contains(bench.path) == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path)) == garbage)
    }

    @Test("A path that cannot be is refused in words")
    func impossible() async throws {
        let missing = await #expect(throws: (any Error).self) {
            try await SQLiteJournal.open(path: bench.folder + "/a/b/journal.sqlite")
        }
        #expect(missing is any Explained)
        let folder = await #expect(throws: (any Error).self) { try await SQLiteJournal.open(path: bench.folder) }
        #expect(folder is any Explained)
    }

    @Test("A database that was removed is missed, not replaced, while its log or its messages are there")
    func removed() async throws {
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(1, message: [UInt8](repeating: 65, count: 100_000))])
        let state = bench.folder + "/state/"
        let log = try Data(contentsOf: URL(fileURLWithPath: state + "journal.sqlite-wal"))
        try await journal.close()
        let database = try Data(contentsOf: URL(fileURLWithPath: state + "journal.sqlite"))
        for name in ["journal.sqlite", "journal.sqlite-wal"] { unlink(state + name) }
        for orphan in ["content", "journal.sqlite-wal"] {
            if orphan != "content" {
                try FileManager.default.removeItem(atPath: state + "content")
                try log.write(to: URL(fileURLWithPath: state + orphan))
            }
            let fault = await #expect(throws: JournalFault.self) { _ = try await bench.openSQLite() }
            #expect(fault?.code == .gone)
            #expect(fault?.explanation.english.contains(orphan) == true)
            #expect(access(state + "journal.sqlite", F_OK) != 0, "nothing is made in its place")
            // SQLite would throw the log beside an empty database away.
            try Data().write(to: URL(fileURLWithPath: state + "journal.sqlite"))
            await #expect(throws: JournalFault.self) { _ = try await bench.openSQLite() }
            unlink(state + "journal.sqlite")
            // Nor is one missed less that a link leads to.
            symlink("state/journal.sqlite", bench.folder + "/link.sqlite")
            await #expect(throws: JournalFault.self) {
                _ = try await SQLiteJournal.open(path: bench.folder + "/link.sqlite")
            }
            #expect(access(state + orphan, F_OK) == 0)
        }
        unlink(state + "journal.sqlite-wal")
        try database.write(to: URL(fileURLWithPath: state + "journal.sqlite"))
        let again = try await bench.openSQLite()
        #expect(try await again.counts(submittedBy: nil) == [.queued: 1])
        try await again.close()
    }

    @Test("What a crash left of a large message that was not admitted is swept away, and nothing else")
    func sweep() async throws {
        let journal = try await bench.openSQLite()
        let large = [UInt8](repeating: 65, count: 100_000)
        try await journal.admit([Sample.admission(1, message: large)])
        try await journal.close()
        let content = bench.folder + "/state/content/"
        let orphan = Sample.admission(2).submission.reference.description
        for name in [orphan, "notes"] { try Data(large).write(to: URL(fileURLWithPath: content + name)) }
        let again = try await bench.openSQLite()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: content).sorted()
                == [Sample.admission(1).submission.reference.description, "notes"].sorted())
        try await again.admit([Sample.admission(2, message: large)])
        try await again.close()
    }
}
