internal import CSQLite
import GRDB
import Glibc
import Platform
import SupportDesk

/// The steps from a path to a journal that can be relied on.
struct JournalOpening {
    let path: String
    let inlineLimit: Int
    let details: [String]

    /// - Parameter path: may be a link; what belongs to the database lies beside what it leads to.
    init(path: String, inlineLimit: Int, details: [String] = []) {
        self.path = Self.end(of: path) ?? path
        self.inlineLimit = inlineLimit
        self.details = details
    }

    /// Where a link leads to, whether or not anything is there; nil where the path is none.
    private static func end(of path: String) -> String? {
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFLNK else { return nil }
        if let whole = realpath(path, nil) {
            defer { free(whole) }
            return String(cString: whole)
        }
        let target = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let count = readlink(path, start, buffer.count)
            return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return target.hasPrefix("/") ? target : folder(of: path) + "/" + target
    }

    /// Once for the process.
    private static let isPrepared: Void = csqlite_keep_no_account()

    func open() throws -> SQLiteJournal {
        Self.isPrepared
        try Folder.make(folder, mode: 0o700)
        let instance = try InstanceLock(path + ".lock", details: details)
        try makeFile()
        do {
            try refuseWhatIsNotOurs()
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            try makeDurable(pool)
            try writeAnew(pool)
            try Schema.migrator.migrate(pool)
            let contents = ContentFolder(path: folder + "/content", inlineLimit: inlineLimit)
            try contents.sweep(keeping: try pool.read(Self.referencesInFiles))
            return SQLiteJournal(path: path, pool: pool, contents: contents, instance: instance)
        } catch {
            throw JournalFault.of(error, path)
        }
    }

    /// The path of the folder the database lies in.
    private var folder: String { Self.folder(of: path) }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the database file itself, since SQLite would let the umask decide who may read it. Its companions take
    /// over its permissions.
    ///
    /// - Throws: `SystemError`; `JournalFault` where what belongs to a database is there without it.
    private func makeFile() throws {
        // Looked at before anything is made: SQLite throws the log beside an empty file away.
        let size = try size()
        if size ?? 0 == 0, let orphan = try orphan() { throw JournalFault.missing(path, beside: orphan) }
        guard size == nil else { return }
        let file = try systemCall("open", on: path) {
            Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        close(file)
        try Folder(folder).synchronize()
    }

    /// The database file's, in bytes; nil where there is none.
    private func size() throws(SystemError) -> Int? {
        do throws(SystemError) {
            var found = stat()
            try systemCall("stat", on: path) { stat(path, &found) }
            return found.st_size
        } catch  where error.code == ENOENT {
            return nil
        }
    }

    /// What only a database that is there could have left, and would be lost with a new one: its log, or messages in
    /// files. The database had its name durably before either.
    private func orphan() throws(SystemError) -> String? {
        var found = stat()
        if stat(path + "-wal", &found) == 0, found.st_size > 0 { return path + "-wal" }
        let contents = folder + "/content"
        guard stat(contents, &found) == 0 else { return nil }
        let isUsed = try Folder(contents).names().contains { Reference(String(decoding: $0, as: UTF8.self)) != nil }
        return isUsed ? contents : nil
    }

    /// A pool changes what it opens, if only its mode; so a look comes first that changes nothing.
    private func refuseWhatIsNotOurs() throws {
        let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
        try queue.read { try Schema.refuseWhatIsNotOurs($0, path: path) }
        try queue.close()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "assistd.journal"
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            // KiB: the upper pages of every index of a million submissions.
            try database.execute(sql: "PRAGMA cache_size = \(database.configuration.readonly ? -1_000 : -8_000)")
        }
        return configuration
    }

    /// GRDB sets `synchronous` back to NORMAL as its last step, whatever `prepareDatabase` says: with that, a power
    /// cut could undo what a write had promised.
    private func makeDurable(_ pool: DatabasePool) throws {
        let found = try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = \(WriteAheadLog.sizeLimit)")
            return try DurabilitySettings(database)
        }
        guard found == .required else { throw JournalFault.notDurable(path, "\(found)") }
    }

    /// Writes back what an earlier run left in the log. Where that run ended over a failed sync, parts of the log may
    /// be in memory alone, and no sync of what comes after them would bring them to the disk.
    private func writeAnew(_ pool: DatabasePool) throws {
        do {
            try pool.writeWithoutTransaction { try $0.writeBack(.truncate, path: path) }
        } catch let fault as JournalFault where !fault.endsWriting {
            // Somebody else reads the database, or the disk is full: all is still in the log.
        }
    }

    private static func referencesInFiles(_ database: Database) throws -> Set<Reference> {
        try Set(
            Int64.fetchAll(database, sql: "SELECT reference FROM contents WHERE file_size IS NOT NULL")
                .map(Reference.init(key:)))
    }
}

/// What SQLite says of the settings that the journal's promises rest on.
struct DurabilitySettings: Hashable, CustomStringConvertible {
    var journalMode: String
    /// 2 is FULL.
    var synchronous: Int
    var foreignKeys: Bool

    static let required = DurabilitySettings(journalMode: "wal", synchronous: 2, foreignKeys: true)

    private init(journalMode: String, synchronous: Int, foreignKeys: Bool) {
        self.journalMode = journalMode
        self.synchronous = synchronous
        self.foreignKeys = foreignKeys
    }

    init(_ database: Database) throws {
        journalMode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
        synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        foreignKeys = try Bool.fetchOne(database, sql: "PRAGMA foreign_keys") ?? false
    }

    var description: String {
        "journal_mode=\(journalMode) synchronous=\(synchronous) foreign_keys=\(foreignKeys ? 1 : 0)"
    }
}
