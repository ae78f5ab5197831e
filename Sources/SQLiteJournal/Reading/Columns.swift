import GRDB
import GRDBSQLite

/// A row as its statement gives it, before the next step: nothing is copied but what is asked for.
///
/// What `Row` copies and converts on the way took more processor time than the query itself.
struct Columns {
    fileprivate let statement: OpaquePointer

    /// - Throws: `JournalFault` where the column holds something else, as in a damaged file.
    func value(_ index: Int32) throws -> Int64 { try optional(index).orDamaged }
    func value(_ index: Int32) throws -> Int { Int(try optional(index).orDamaged as Int64) }
    func value(_ index: Int32) throws -> Bool { try optional(index).orDamaged as Int64 != 0 }
    func value(_ index: Int32) throws -> String { try optional(index).orDamaged }

    /// nil where the column is NULL.
    func optional(_ index: Int32) throws -> Int64? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return sqlite3_column_int64(statement, index)
        case SQLITE_NULL: return nil
        default: throw JournalFault.valueDamaged
        }
    }

    func optional(_ index: Int32) throws -> String? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, index) else { return nil }
            let count = Int(sqlite3_column_bytes(statement, index))
            return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
        case SQLITE_NULL: return nil
        default: throw JournalFault.valueDamaged
        }
    }

    func optional(_ index: Int32) throws -> [UInt8]? {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_BLOB, SQLITE_TEXT:
            let count = Int(sqlite3_column_bytes(statement, index))
            guard let bytes = sqlite3_column_blob(statement, index) else { return [] }
            return Array(UnsafeRawBufferPointer(start: bytes, count: count))
        case SQLITE_NULL: return nil
        default: throw JournalFault.valueDamaged
        }
    }
}

extension Optional {
    fileprivate var orDamaged: Wrapped {
        get throws {
            guard let self else { throw JournalFault.valueDamaged }
            return self
        }
    }
}

extension Database {
    /// Makes something of each row of a query whose text is fixed.
    ///
    /// - Throws: `DatabaseError`; `JournalFault` where a row is damaged.
    func rows<Value>(_ sql: String, _ values: [SQLValue] = [], _ read: (Columns) throws -> Value) throws -> [Value] {
        try rows(of: try cachedStatement(sql: sql), values, read)
    }

    func rows<Value>(
        of statement: Statement, _ values: [SQLValue], _ read: (Columns) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try steps(of: statement, values) { columns in
            found.append(try read(columns))
            return true
        }
        return found
    }

    /// Does something with each row of a query, without keeping any.
    func forEachRow(_ sql: String, _ values: [SQLValue], _ body: (Columns) throws -> Void) throws {
        try steps(of: try cachedStatement(sql: sql), values) { columns in
            try body(columns)
            return true
        }
    }

    /// As `rows`, of the first row alone; nil where there is none.
    func row<Value>(_ sql: String, _ values: [SQLValue] = [], _ read: (Columns) throws -> Value) throws -> Value? {
        var found: Value?
        try steps(of: try cachedStatement(sql: sql), values) { columns in
            found = try read(columns)
            return false
        }
        return found
    }

    private func steps(of statement: Statement, _ values: [SQLValue], _ isMoreWanted: (Columns) throws -> Bool) throws {
        let handle = statement.sqliteStatement
        try bind(values, to: statement)
        defer { release(statement) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_DONE: return
            case SQLITE_ROW: guard try isMoreWanted(Columns(statement: handle)) else { return }
            case let code: throw lastError(code, statement.sql)
            }
        }
    }
}
