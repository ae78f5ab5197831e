import Foundation
import GRDB
import Glibc
import SupportDesk
import TestSupport
import Testing

@testable import SQLiteJournal

@Suite("When the journal meets trouble")
struct FaultTests {
    private let bench: SQLiteBench

    init() throws {
        bench = try SQLiteBench()
    }

    @Test("On a full disk every write is refused, none half done, and all goes on once there is room")
    func full() async throws {
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(0)])
        let room = try await limitPages(journal, to: 1)
        let message = [UInt8](repeating: 65, count: 20_000)
        let codes = await withTaskGroup(of: JournalFault.Code?.self) { group in
            for number in 1...40 {
                group.addTask {
                    do {
                        try await journal.admit([Sample.admission(number, message: message)])
                        return nil
                    } catch {
                        return (error as? JournalFault)?.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == Array(repeating: .diskFull, count: 40))
        #expect(try await journal.counts(submittedBy: nil) == [.queued: 1])
        _ = try await limitPages(journal, to: 1_000_000)
        #expect(room > 1)
        try await journal.admit([Sample.admission(1, message: message)])
        #expect(try await journal.counts(submittedBy: nil) == [.queued: 2])
        #expect(try await journal.check().isEmpty)
        try await journal.close()
    }

    @Test(
        "A database or a log that is removed or replaced while it is open ends all writing, for good",
        arguments: ["", "-wal"])
    func removed(_ file: String) async throws {
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(1)])
        let other = bench.path + ".elsewhere"
        #expect(rename(bench.path + file, other) == 0)
        for _ in 1...2 {
            let fault = await #expect(throws: JournalFault.self) { try await journal.admit([Sample.admission(2)]) }
            #expect(fault?.code == .gone)
            #expect(fault?.explanation.english.contains("systemctl restart") == true)
        }
        #expect(journal.failure != nil)
        #expect(rename(other, bench.path + file) == 0)
        await #expect(throws: JournalFault.self) { try await journal.admit([Sample.admission(2)]) }
        #expect(try await journal.counts(submittedBy: nil) == [.queued: 1], "it can still be read")
        try await journal.close()
        let again = try await bench.openSQLite()
        try await again.admit([Sample.admission(2)])
        #expect(try await again.counts(submittedBy: nil) == [.queued: 2])
        try await again.close()
    }

    @Test("Damage that a write meets ends all writing, and the next opening says so too")
    func damaged() async throws {
        var journal = try await bench.openSQLite()
        for number in 1...200 {
            try await journal.admit([Sample.admission(number, message: Array(repeating: 65, count: 3000))])
        }
        try await journal.close()
        // The page that every write needs: the root of the table of submissions.
        let queue = try DatabaseQueue(path: bench.path)
        let root = try await queue.read { database in
            try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'submissions'")
        }
        try queue.close()
        let file = try #require(FileHandle(forUpdatingAtPath: bench.path))
        try file.seek(toOffset: UInt64((try #require(root) - 1) * 4096))
        try file.write(contentsOf: Data(repeating: 0xFF, count: 4096))
        try file.close()
        journal = try await bench.openSQLite()
        for _ in 1...2 {
            let fault = await #expect(throws: JournalFault.self) { try await journal.admit([Sample.admission(999)]) }
            #expect(fault?.code == .corrupt)
        }
        #expect(journal.failure != nil)
        try await journal.close()
    }

    @Test("What lost its message is neither claimed nor due, so that nobody looks again and again")
    func lostContent() async throws {
        let journal = try await bench.openSQLite()
        let later = Sample.start + .seconds(60)
        try await journal.admit([
            Sample.admission(1), Sample.admission(2, nextAttemptAt: later), Sample.admission(3, channel: .fax),
        ])
        try await journal.committer.write { ledger in
            try ledger.database.execute(sql: "DELETE FROM contents")
        }
        for channel in [ChannelName.smtp, .fax] {
            #expect(try await journal.claim(channel, limit: 9, at: later).isEmpty)
            #expect(try await journal.nextDue(channel) == nil)
        }
        try await journal.close()
    }

    @Test("A write that met a fault of its own is undone alone, down to what it had counted")
    func savepoint() async throws {
        let journal = try await bench.openSQLite()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...100 {
                group.addTask {
                    if number % 2 == 0 { return try await journal.admit([Sample.admission(number)]) }
                    await #expect(throws: CancellationError.self) {
                        try await journal.committer.write { ledger in
                            let admission = Sample.admission(number)
                            try AdmissionRows(admission, keeping: .init(admission.message)).write(to: ledger)
                            throw CancellationError()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await journal.counts(submittedBy: nil) == [.queued: 50])
        #expect(try await journal.lastEvent() > 0)
        #expect(try await journal.check().isEmpty)
        try await journal.close()
    }

    @Test("The check tells of counts that are wrong and of settings that are not safe")
    func check() async throws {
        let journal = try await bench.openSQLite()
        try await journal.admit([Sample.admission(1), Sample.admission(2, uid: 5)])
        #expect(try await journal.check().isEmpty)
        try await journal.committer.write {
            try $0.database.execute(sql: "UPDATE counts SET count = 7 WHERE submitter_uid = 5")
        }
        #expect(try await journal.check().count == 1)
        try await journal.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        #expect(try await journal.check().count == 2)
        try await journal.close()
    }

    @Test("A closed journal says so, and can be closed again")
    func closed() async throws {
        let journal = try await bench.openSQLite()
        try await journal.close()
        try await journal.close()
        let write = await #expect(throws: JournalFault.self) { try await journal.admit([Sample.admission(1)]) }
        #expect(write?.code == .closed)
        let read = await #expect(throws: JournalFault.self) { try await journal.lastEvent() }
        #expect(read?.code == .closed)
    }

    @Test("What was asked for before closing is carried out")
    func closing() async throws {
        let journal = try await bench.openSQLite()
        let answered = await withTaskGroup(of: Bool.self) { group in
            for number in 1...200 {
                group.addTask {
                    if number == 100 { return (try? await journal.close()) == nil }
                    return (try? await journal.admit([Sample.admission(number)])) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        let again = try await bench.openSQLite()
        #expect(try await again.counts(submittedBy: nil).values.reduce(0, +) == answered)
        try await again.close()
    }

    @Test("The write-ahead log stays short under a steady stream")
    func log() async throws {
        let journal = try await bench.openSQLite()
        let bound = UInt64(WriteAheadLog.mark) * 4096
        let message = [UInt8](repeating: 65, count: 60_000)
        for batch in 0..<16 {
            try await journal.admit((0..<64).map { Sample.admission(batch * 64 + $0, message: message) })
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: bench.path + "-wal")
        #expect(try #require(attributes[.size] as? UInt64) < 2 * bound)
        try await journal.close()
        #expect(try #require(FileManager.default.attributesOfItem(atPath: bench.path)[.size] as? UInt64) > 3 * bound)
    }

    /// Makes the database believe that the disk has room for so many pages; returns how many it uses.
    private func limitPages(_ journal: SQLiteJournal, to pages: Int) async throws -> Int {
        try await journal.pool.writeWithoutTransaction { database in
            try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages)") ?? 0
        }
    }
}
