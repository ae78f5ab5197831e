@preconcurrency import Dispatch
import GRDB
import Platform
import SupportDesk

/// The journal in one SQLite file, for one daemon at a time.
///
/// Writes go through one `Committer`, so that those asked for at the same time share a sync; once asked for, a write
/// is carried through even if its caller's task is cancelled. Readers work on snapshots and never wait for a writer.
package final class SQLiteJournal: Sendable {
    /// Where the database is.
    package let path: String

    let pool: DatabasePool
    let committer: Committer
    let contents: ContentFolder
    let signal: ChangeSignal
    /// Whose turn it is on each channel; a restart begins the round anew, which harms nobody.
    let claiming = Locked<[ChannelName: Claiming]>([:])

    struct Claiming {
        var turns = Turns()
        /// When what came due was last made ready.
        var lookedAt: Timestamp?
    }

    private let instance: Locked<InstanceLock?>

    init(path: String, pool: DatabasePool, contents: ContentFolder, instance: InstanceLock) {
        self.path = path
        self.pool = pool
        self.contents = contents
        self.instance = Locked(instance)
        signal = ChangeSignal()
        committer = Committer(pool: pool, path: path, signal: signal)
    }

    /// Opens the journal, or makes one where there is none.
    ///
    /// - Parameters:
    ///   - path: the database file; its folder is made where it is absent. Beside it live `content/`, for what is too
    ///     large for the database, and the lock file.
    ///   - inlineLimit: bytes up to which a message is kept in the database itself.
    ///   - details: what is told of this process to another one that wants it too.
    /// - Throws: `InstanceLock.Held` where another daemon has it; `JournalFault` or `SystemError` where it cannot be
    ///   used.
    package static func open(
        path: String, inlineLimit: Int = 64 * 1024, details: [String] = []
    ) async throws -> SQLiteJournal {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "assistd.journal.open").async {
                let opening = JournalOpening(path: path, inlineLimit: inlineLimit, details: details)
                continuation.resume(with: Result { try opening.open() })
            }
        }
    }

    /// Carries out what was asked for so far, then lets the file go. Whatever is asked for later fails.
    package func close() async throws {
        do {
            try await committer.close()
        } catch {
            throw JournalFault.of(error, path)
        }
        signal.finish()
        instance.withLock { $0 = nil }
    }

    /// Reads in one snapshot. Not interrupted by cancellation: whoever is stopping still learns where things stand.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { [path] database in
                let value = Result { try body(database.get()) }
                continuation.resume(with: value.mapError { JournalFault.of($0, path) })
            }
        }
    }
}
