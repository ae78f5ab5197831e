@preconcurrency import Dispatch
import GRDB
import Glibc
import Platform

/// The one place that writes. Whatever is asked for while a transaction is being synced makes up the next one.
///
/// Its own serial queue keeps the blocking work off the cooperative pool. No caller hears of success before the
/// sync, and no caller's mistake spoils a neighbour's write.
final class Committer: Sendable {
    /// How many writes share a transaction at most: enough to make the sync cheap, few enough to keep it short.
    static let bound = 512
    /// How often the processor is offered to others before the next transaction begins: microseconds in all.
    private static let patience = 64

    /// How long an admission waits for who follows it.
    private static let moment = Duration.microseconds(150)

    private struct Waiting {
        var writes: [PendingWrite] = []
        var isDraining = false
        var isClosed = false
        /// Set once for all: what ended all writing.
        var failure: JournalFault?
    }

    private let pool: DatabasePool
    private let path: String
    private let signal: ChangeSignal
    private let log: WriteAheadLog
    private let files: JournalFiles
    private let queue = DispatchQueue(label: "assistd.journal.commit")
    private let waiting = Locked(Waiting())

    init(pool: DatabasePool, path: String, signal: ChangeSignal) {
        self.pool = pool
        self.path = path
        self.signal = signal
        log = WriteAheadLog(pool, path: path)
        files = JournalFiles(path)
    }

    /// Why nothing is written any more; nil while all is well.
    var failure: JournalFault? { waiting.withLock { $0.failure } }

    /// Notes an error where it ends all writing; the first one stays.
    func note(_ error: any Error) {
        guard let fault = error as? JournalFault, fault.endsWriting else { return }
        waiting.withLock { $0.failure = $0.failure ?? fault }
    }

    /// Runs a write in a transaction and returns when it is synced.
    ///
    /// - Parameters:
    ///   - inLine: called once it stands in line, and likely to have another write follow at once.
    ///   - body: may run twice, the first time without effect.
    func write<Value: Sendable>(
        inLine: (() -> Void)? = nil, _ body: @escaping @Sendable (Ledger) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(PendingWrite(body, continuation, isFollowed: inLine != nil))
            inLine?()
        }
    }

    /// Closes the database behind everything that was asked for so far; once.
    func close() async throws {
        let isFirst = waiting.withLock { waiting in
            defer { waiting.isClosed = true }
            return !waiting.isClosed
        }
        guard isFirst else { return }
        try await withCheckedThrowingContinuation { continuation in
            // Behind a running drain, which takes all that is waiting.
            queue.async { [self] in
                continuation.resume(
                    with: Result {
                        if failure == nil { log.finish() }
                        try pool.close()
                    })
            }
        }
    }

    private func enqueue(_ write: PendingWrite) {
        let (obstacle, idle) = waiting.withLock { waiting -> (JournalFault?, Bool) in
            if let obstacle = waiting.isClosed ? .closed(path) : waiting.failure { return (obstacle, false) }
            waiting.writes.append(write)
            defer { waiting.isDraining = true }
            return (nil, !waiting.isDraining)
        }
        if let obstacle {
            write.fail(obstacle)
        } else if idle {
            queue.async { self.drain() }
        }
    }

    private func drain() {
        awaitCompany()
        while let batch = take() {
            commit(batch)
            // After the callers were told: they need not wait for it.
            if failure == nil { checkpoint() }
            letCallersReturn(batch.count)
        }
    }

    /// A checkpoint that fails loses nothing: all is still in the log. A full disk shows itself in the next commit.
    private func checkpoint() {
        do {
            try log.checkpointIfLong()
        } catch {
            note(error)
        }
    }

    /// At the heels of an admission follows the claim of what was admitted. A moment, a small part of a sync, spares it a sync
    /// of its own.
    private func awaitCompany() {
        let start = ContinuousClock.now
        while waiting.withLock({ $0.writes.count == 1 && $0.writes[0].isFollowed }),
            start.duration(to: .now) < Self.moment
        { sched_yield() }
    }

    /// Those who were just answered often have their next write at hand. Without this moment, the first of them would
    /// go alone, and all others wait for its sync: two syncs where one would do.
    private func letCallersReturn(_ answered: Int) {
        for _ in 0..<Self.patience where waiting.withLock({ $0.writes.count }) < answered { sched_yield() }
    }

    /// The next writes, in the order they came; nil, and idle from then on, where there are none.
    private func take() -> [PendingWrite]? {
        waiting.withLock { waiting in
            guard !waiting.writes.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            if waiting.writes.count <= Self.bound {
                defer { waiting.writes = [] }
                return waiting.writes
            }
            defer { waiting.writes.removeFirst(Self.bound) }
            return Array(waiting.writes.prefix(Self.bound))
        }
    }

    private func commit(_ batch: [PendingWrite]) {
        if let failure { return fail(batch, failure) }
        if let lost = files.lost { return fail(batch, JournalFault.gone(lost)) }
        var answers: [@Sendable () -> Void] = []
        var addedEvents = false
        do {
            (answers, addedEvents) = try together(batch)
        } catch  where batch.count > 1 && JournalFault.spoilsOnlyItsOwnWrite(error) {
            // Savepoints cost something on each write, so they are paid for only when one went wrong.
            do {
                (answers, addedEvents) = try apart(batch)
            } catch {
                fail(batch, error)
                return
            }
        } catch {
            fail(batch, error)
            return
        }
        for answer in answers { answer() }
        if addedEvents { signal.fire() }
    }

    private func fail(_ batch: [PendingWrite], _ error: any Error) {
        note(error)
        let fault = JournalFault.of(error, path)
        for write in batch { write.fail(fault) }
    }

    /// All writes in one transaction; the first error undoes them all.
    private func together(_ batch: [PendingWrite]) throws -> ([@Sendable () -> Void], Bool) {
        try transaction { ledger in
            try batch.map { try $0.perform(ledger) }
        }
    }

    /// All writes in one transaction, each in a savepoint of its own; an error undoes one write alone.
    private func apart(_ batch: [PendingWrite]) throws -> ([@Sendable () -> Void], Bool) {
        try transaction { ledger in
            try batch.map { write in
                let before = ledger.tally
                do {
                    var answer: @Sendable () -> Void = {}
                    try ledger.database.inSavepoint {
                        answer = try write.perform(ledger)
                        return .commit
                    }
                    return answer
                } catch  where JournalFault.spoilsOnlyItsOwnWrite(error) {
                    ledger.tally = before
                    let fault = JournalFault.of(error, path)
                    return { write.fail(fault) }
                }
            }
        }
    }

    private func transaction<Value>(_ body: (Ledger) throws -> Value) throws -> (Value, addedEvents: Bool) {
        try pool.writeWithoutTransaction { database in
            do {
                return try database.transaction {
                    let ledger = Ledger(database)
                    let value = try body(ledger)
                    try ledger.close()
                    return (value, ledger.tally.addedEvents)
                }
            } catch  where !JournalFault.spoilsOnlyItsOwnWrite(error) {
                throw JournalFault.of(error, path, database.systemErrors)
            }
        }
    }
}

extension Database {
    /// As `inTransaction(.immediate)`, whose statements are made anew each time.
    fileprivate func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN IMMEDIATE")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            // After some errors SQLite has rolled back by itself.
            if isInsideTransaction { _ = try? run("ROLLBACK") }
            throw error
        }
    }
}
