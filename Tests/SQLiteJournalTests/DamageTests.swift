import Foundation
import Platform
import SupportDesk
import TestSupport
import Testing

@testable import SQLiteJournal

/// Files that a failing disk, or somebody, has damaged while nobody used them.
@Suite("A journal that is damaged", .timeLimit(.minutes(5)))
struct DamageTests {
    private static let count = 60
    private static let seed =
        ProcessInfo.processInfo.environment["ASSISTD_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
    private let bench: SQLiteBench

    init() throws {
        bench = try SQLiteBench()
    }

    /// The files as a crash leaves them: half of it all in the database, the rest in the log.
    private func crashed() async throws -> (database: [UInt8], log: [UInt8]) {
        let first = try await bench.openSQLite()
        for number in 1...Self.count / 2 { try await first.admit([Sample.admission(number)]) }
        try await first.close()
        let second = try await bench.openSQLite()
        for number in Self.count / 2 + 1...Self.count { try await second.admit([Sample.admission(number)]) }
        let files = try (read(""), read("-wal"))
        try await second.close()
        return files
    }

    private func read(_ ending: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: bench.path + ending)))
    }

    private func write(_ database: [UInt8], _ log: [UInt8]) throws {
        try? FileManager.default.removeItem(atPath: bench.path + "-shm")
        try Data(database).write(to: URL(fileURLWithPath: bench.path))
        try Data(log).write(to: URL(fileURLWithPath: bench.path + "-wal"))
    }

    /// Opens it, reads everything and writes; how many submissions it has, or why not.
    private func use() async -> Result<Int, any Error> {
        do {
            let journal = try await bench.openSQLite()
            let outcome: Result<Int, any Error>
            do {
                var query = SubmissionQuery()
                query.limit = 1000
                let all = try await journal.submissions(query)
                for submission in all {
                    _ = try await journal.history(of: submission.reference)
                    _ = try await journal.message(of: submission.reference)
                    _ = try await journal.attempts(of: submission.reference)
                }
                _ = try await journal.takenFiles()
                _ = try await journal.events(after: 0, limit: 1000)
                try await journal.admit([Sample.admission(500)])
                _ = try await journal.claim(.smtp, limit: 1000, at: Sample.start + .seconds(3600))
                outcome = .success(all.count)
            } catch {
                outcome = .failure(error)
            }
            try await journal.close()
            return outcome
        } catch {
            return .failure(error)
        }
    }

    @Test("the end of the log, torn or changed anywhere, is dropped, and what was synced before it is there")
    func tail() async throws {
        var random = SeededGenerator(seed: Self.seed)
        let (database, log) = try await crashed()
        var seen: Set<Int> = []
        for _ in 0..<20 {
            var torn = log
            let place = Int.random(in: 32..<log.count, using: &random)
            if Bool.random(using: &random) {
                torn.removeSubrange(place...)
            } else {
                torn[place] ^= UInt8.random(in: 1...255, using: &random)
            }
            try write(database, torn)
            let journal = try await bench.openSQLite()
            let found = try await journal.counts(submittedBy: nil).values.reduce(0, +)
            #expect((Self.count / 2...Self.count).contains(found), "ASSISTD_SEED=\(Self.seed)")
            for number in 1...found {
                #expect(try await journal.submission(Sample.admission(number).submission.reference) != nil)
            }
            #expect(try await journal.check().isEmpty, "ASSISTD_SEED=\(Self.seed)")
            try await journal.admit([Sample.admission(500)])
            try await journal.close()
            seen.insert(found)
        }
        #expect(seen.count > 1)
    }

    @Test("pages overwritten at random, or a file cut short, are said in words or do no harm; nothing crashes")
    func pages() async throws {
        var random = SeededGenerator(seed: Self.seed)
        let (database, log) = try await crashed()
        // Should the program crash, this is all that is left of it.
        print("a damaged journal: ASSISTD_SEED=\(Self.seed)")
        var faults = 0
        for _ in 0..<(ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] == "1" ? 2000 : 60) {
            var damaged = database
            switch Int.random(in: 0..<3, using: &random) {
            case 0: damaged.removeSubrange(Int.random(in: 0..<damaged.count, using: &random)...)
            case 1:
                let start = Int.random(in: 0..<damaged.count / 4096, using: &random) * 4096
                for place in start..<start + 4096 { damaged[place] = UInt8.random(in: 0...255, using: &random) }
            default:
                for _ in 0..<Int.random(in: 1...40, using: &random) {
                    damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
                }
            }
            let hasLog = Bool.random(using: &random)
            try write(damaged, hasLog ? log : [])
            switch await use() {
            case .failure(let error):
                faults += 1
                #expect(error is any Explained, "\(error), ASSISTD_SEED=\(Self.seed)")
            case .success(let count) where damaged.count < database.count && !damaged.isEmpty:
                // Cut short it is whole again by its log, or it is none.
                #expect(count == (hasLog ? Self.count : Self.count / 2), "ASSISTD_SEED=\(Self.seed)")
            case .success: break
            }
        }
        #expect(faults > 0)
    }
}
