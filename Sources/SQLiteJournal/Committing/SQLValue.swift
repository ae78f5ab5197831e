import GRDB
import GRDBSQLite

/// What a writing statement is given.
///
/// Bound and stepped straight through SQLite: what GRDB does around each statement, for observers we have none of,
/// took more processor time than SQLite itself.
enum SQLValue: Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    init(_ integer: Int64?) { self = integer.map(Self.integer) ?? .null }
    init(_ integer: Int?) { self = integer.map { .integer(Int64($0)) } ?? .null }
    init(_ text: String?) { self = text.map(Self.text) ?? .null }

    fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        // SQLITE_TRANSIENT, a macro Swift cannot read: SQLite copies before the call returns.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        // Without an address, which nothing need have, SQLite would take it for NULL.
        case .text(let value) where value.isEmpty: return sqlite3_bind_text(statement, index, "", 0, copied)
        case .text(var value):
            return value.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(
                        statement, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        case .bytes(let value) where value.isEmpty: return sqlite3_bind_zeroblob(statement, index, 0)
        case .bytes(let value):
            return value.withUnsafeBytes {
                sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), copied)
            }
        }
    }
}

extension Database {
    /// Runs a statement whose text is fixed, to its end.
    ///
    /// - Returns: the first column of the first row, as of a change with `RETURNING`; nil where there is none.
    /// - Throws: `DatabaseError`.
    @discardableResult
    func run(_ sql: String, _ values: [SQLValue] = []) throws -> Int64? {
        let statement = try cachedStatement(sql: sql)
        try bind(values, to: statement)
        defer { release(statement) }
        let handle = statement.sqliteStatement
        var first: Int64?
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_DONE: return first
            case SQLITE_ROW: first = first ?? sqlite3_column_int64(handle, 0)
            case let code: throw lastError(code, sql)
            }
        }
    }

    /// Gives a statement what it asks for; `release` it afterwards.
    func bind(_ values: [SQLValue], to statement: Statement) throws {
        let handle = statement.sqliteStatement
        for (index, value) in values.enumerated() {
            let code = value.bind(to: handle, at: Int32(index + 1))
            if code != SQLITE_OK {
                // Before the statement is reset, which takes the words away.
                let error = lastError(code, statement.sql)
                release(statement)
                throw error
            }
        }
    }

    /// Ends a statement, so that it can be run again.
    func release(_ statement: Statement) {
        sqlite3_reset(statement.sqliteStatement)
        sqlite3_clear_bindings(statement.sqliteStatement)
    }

    func lastError(_ code: Int32, _ sql: String) -> DatabaseError {
        let message = sqlite3_errmsg(sqliteConnection).map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
    }
}
