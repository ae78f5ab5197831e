import GRDB
import GRDBSQLite
import Platform

/// Keeps the write-ahead log short, at moments when nobody waits for it.
///
/// SQLite's own automatic checkpoint runs inside the commit that happens to pass the mark, whose callers then wait
/// for it.
final class WriteAheadLog: Sendable {
    /// Pages (of 4 KiB) from which the log is written back into the database. A longer log spares writing pages that
    /// change often; a shorter one is reused sooner, and overwriting syncs faster than appending.
    static let mark = 4_000
    /// Bytes the file keeps at most when it was once longer.
    static let sizeLimit = 64 << 20

    private let pool: DatabasePool
    private let path: String
    private let length: Length
    private let next = Locked(WriteAheadLog.mark)

    init(_ pool: DatabasePool, path: String) {
        self.pool = pool
        self.path = path
        length = Length()
        pool.writeWithoutTransaction { database in
            // The pool, and with it the connection, is closed before `length` goes.
            let context = Unmanaged.passUnretained(length).toOpaque()
            _ = sqlite3_wal_hook(
                database.sqliteConnection,
                { context, _, _, pages in
                    if let context {
                        Unmanaged<Length>.fromOpaque(context).takeUnretainedValue().pages.withLock { $0 = Int(pages) }
                    }
                    return SQLITE_OK
                }, context)
        }
    }

    /// Called by the committer between transactions.
    ///
    /// - Throws: `JournalFault`. A checkpoint that failed is tried again when the log has grown as much again.
    func checkpointIfLong() throws {
        let pages = length.pages.current
        if pages < Self.mark { next.withLock { $0 = Self.mark } }
        guard pages >= next.current else { return }
        next.withLock { $0 = pages + Self.mark }
        try pool.writeWithoutTransaction { try $0.writeBack(.passive, path: path) }
    }

    /// Before closing: leaves an empty log where no reader stands in the way.
    func finish() {
        pool.writeWithoutTransaction { database in
            _ = try? database.checkpoint(.truncate)
            _ = sqlite3_wal_hook(database.sqliteConnection, nil, nil)
        }
    }

    private final class Length: Sendable {
        let pages = Locked(0)
    }
}

extension Database {
    /// Writes the log back into the database.
    ///
    /// - Throws: `JournalFault`, saying also whether the disk can still be relied on.
    func writeBack(_ kind: CheckpointMode, path: String) throws {
        do {
            _ = try checkpoint(kind)
        } catch {
            throw JournalFault.of(error, path, systemErrors)
        }
    }
}
