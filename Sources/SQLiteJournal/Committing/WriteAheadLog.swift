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
    private let length: Length
    private let next = Locked(WriteAheadLog.mark)

    init(_ pool: DatabasePool) {
        self.pool = pool
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
    /// A checkpoint that fails loses nothing: all is still in the log. It is tried again when the log has grown as
    /// much again; a disk that is full or failing shows itself in the next commit.
    func checkpointIfLong() {
        let pages = length.pages.current
        if pages < Self.mark { next.withLock { $0 = Self.mark } }
        guard pages >= next.current else { return }
        next.withLock { $0 = pages + Self.mark }
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
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
