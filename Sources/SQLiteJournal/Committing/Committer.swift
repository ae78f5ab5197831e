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

    private struct Waiting {
        var writes: [PendingWrite] = []
        var isDraining = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let path: String
    private let signal: ChangeSignal
    private let log: WriteAheadLog
    private let queue = DispatchQueue(label: "assistd.journal.commit")
    private let waiting = Locked(Waiting())

    init(pool: DatabasePool, path: String, signal: ChangeSignal) {
        self.pool = pool
        self.path = path
        self.signal = signal
        log = WriteAheadLog(pool)
    }

    /// Runs a write in a transaction and returns when it is synced.
    ///
    /// - Parameter body: may run twice, the first time without effect.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Ledger) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(PendingWrite(body, continuation))
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
            queue.async { [pool, log] in
                continuation.resume(
                    with: Result {
                        log.finish()
                        try pool.close()
                    })
            }
        }
    }

    private func enqueue(_ write: PendingWrite) {
        let (accepted, idle) = waiting.withLock { waiting in
            guard !waiting.isClosed else { return (false, false) }
            waiting.writes.append(write)
            defer { waiting.isDraining = true }
            return (true, !waiting.isDraining)
        }
        if !accepted {
            write.fail(JournalFault.closed(path))
        } else if idle {
            queue.async { self.drain() }
        }
    }

    private func drain() {
        while let batch = take() {
            commit(batch)
            // After the callers were told: they need not wait for it.
            log.checkpointIfLong()
            letCallersReturn(batch.count)
        }
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
            var outcome: (Value, Bool)?
            try database.inTransaction(.immediate) {
                let ledger = Ledger(database)
                let value = try body(ledger)
                try ledger.close()
                outcome = (value, ledger.tally.addedEvents)
                return .commit
            }
            guard let outcome else { throw JournalFault.closed(path) }
            return outcome
        }
    }
}
