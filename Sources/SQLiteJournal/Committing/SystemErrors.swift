import GRDB
import GRDBSQLite
import Glibc

extension Database {
    /// The error numbers of the last calls that failed on the database file and on its log; SQLite's own codes tell a
    /// full disk from a failing one, but not a quota.
    var systemErrors: [Int32] {
        var numbers: [Int32] = []
        var number: Int32 = 0
        if sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK {
            numbers.append(number)
        }
        var log: UnsafeMutablePointer<sqlite3_file>?
        if sqlite3_file_control(sqliteConnection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK, let log,
            let control = log.pointee.pMethods?.pointee.xFileControl,
            control(log, SQLITE_FCNTL_LAST_ERRNO, &number) == SQLITE_OK
        {
            numbers.append(number)
        }
        return numbers.filter { $0 != 0 }
    }
}

/// Whether an error ends all writing.
enum Distrust {
    /// What passes by itself, or when somebody sees to it; nothing was written then.
    private static let passing: Set<Int32> = [ENOSPC, EDQUOT, EROFS, EMFILE, ENFILE, ENOMEM, EACCES, EPERM]

    /// After a failed sync the kernel takes for written what it could not write: a second one that succeeds says
    /// nothing about it. Only what is written anew can be relied on, as the next opening does.
    static func endsWriting(_ code: ResultCode, _ systemErrors: [Int32]) -> Bool {
        switch code {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_SHORT_READ: return true
        case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_READ, .SQLITE_IOERR_TRUNCATE:
            return systemErrors.contains { !passing.contains($0) }
        default: return code.primaryResultCode == .SQLITE_CORRUPT || code.primaryResultCode == .SQLITE_NOTADB
        }
    }

    /// The same for a message in a file of its own.
    static func endsWriting(_ call: String, _ systemError: Int32) -> Bool {
        call == "fsync" || (call == "write" && !passing.contains(systemError))
    }
}
