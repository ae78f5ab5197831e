import Foundation
import GRDB
package import SupportDesk

extension SQLiteJournal {
    package func submission(_ reference: Reference) async throws -> Submission? {
        try await read { database in
            try database.row(
                "SELECT \(SubmissionRow.columns) FROM submissions WHERE reference = ?", [.integer(reference.key)],
                SubmissionRow.read)
        }
    }

    package func submissions(_ query: SubmissionQuery) async throws -> [Submission] {
        try await read { try Listing(query, in: $0).fetch($0) }
    }

    package func attempts(of references: [Reference]) async throws -> [Reference: [Attempt]] {
        guard !references.isEmpty else { return [:] }
        return try await read { database in
            let sql = """
                SELECT number, channel, endpoint, started_at, ended_at, outcome, code, enhanced_code, text, reason,
                fault, fault_fr, fault_en, job FROM attempts WHERE reference = ? ORDER BY number
                """
            var attempts: [Reference: [Attempt]] = [:]
            for reference in references {
                attempts[reference] = try database.rows(sql, [.integer(reference.key)], Attempt.read)
            }
            return attempts
        }
    }

    package func history(of reference: Reference) async throws -> [Event] {
        try await read { database in
            let sql = "SELECT id, reference, at, state, fr, en FROM events WHERE reference = ? ORDER BY id"
            return try Row.fetchAll(database, sql: sql, arguments: [reference.key]).map(Event.read)
        }
    }

    package func description(of reference: Reference) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database, sql: "SELECT description FROM contents WHERE reference = ?", arguments: [reference.key])
        }
    }

    package func message(of reference: Reference) async throws -> Parcel.Content? {
        try await read { [contents] database in
            let row = try Row.fetchOne(
                database, sql: "SELECT message, file_size FROM contents WHERE reference = ?",
                arguments: [reference.key])
            if let size = try row?.value(1) as Int? { return .file(path: contents.path(of: reference), size: size) }
            return try row?.withUnsafeData(atIndex: 0) { $0.map { .bytes(Array($0)) } }
        }
    }

    package func counts(submittedBy uid: UInt32?) async throws -> [State: Int] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT state, sum(count) FROM counts WHERE ?1 IS NULL OR submitter_uid = ?1
                    GROUP BY state HAVING sum(count) > 0
                    """, arguments: [uid.map { Int64($0) }])
            return try Dictionary(
                uniqueKeysWithValues: rows.map { (try SubmissionRow.known($0[0], "state"), $0[1]) })
        }
    }

    package func events(after id: Int64, limit: Int) async throws -> [Event] {
        guard limit > 0 else { return [] }
        return try await read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT id, reference, at, state, fr, en FROM events WHERE id > ? ORDER BY id LIMIT ?")
            return try Row.fetchAll(statement, arguments: [id, limit]).map(Event.read)
        }
    }

    package func events(
        after id: Int64, limit: Int, of uid: UInt32
    ) async throws -> (events: [Event], last: Int64) {
        guard limit > 0 else { return ([], id) }
        return try await read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(sql: EventQuery.withSubmitter), arguments: [id, limit])
            let own = try rows.filter { $0[6] as Int64 == Int64(uid) }.map(Event.read)
            return (own, rows.last?[0] ?? id)
        }
    }

    package func events(
        after id: Int64, limit: Int, about references: Set<Reference>
    ) async throws -> [Event] {
        guard limit > 0 else { return [] }
        return try await read { database in
            var found: [Event] = []
            for reference in references {
                let statement = try database.cachedStatement(sql: EventQuery.ofOne)
                found += try Row.fetchAll(statement, arguments: [reference.key, id, limit]).map(Event.read)
            }
            return Array(found.sorted { $0.id < $1.id }.prefix(limit))
        }
    }

    package func moved(since id: Int64, limit: Int) async throws -> Moved? {
        guard limit > 0 else { return nil }
        return try await read { database in
            guard let last = try database.run(EventQuery.lastOfNext, [.integer(id), SQLValue(limit)]) else {
                return nil
            }
            let moves = try database.rows(EventQuery.moved, [.integer(id), .integer(last)]) { row in
                Moved.Move(
                    submission: try SubmissionRow.read(row),
                    latest: Bilingual(
                        fr: try row.value(SubmissionRow.columnCount), en: try row.value(SubmissionRow.columnCount + 1)))
            }
            return Moved(moves: moves, last: last)
        }
    }

    package func lastEvent() async throws -> Int64 {
        try await read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM events") ?? 0 }
    }

    package func changes() -> AsyncStream<Void> { signal.stream() }

    package func bookmark(_ name: String) async throws -> Int64 {
        try await read { database in
            try Int64.fetchOne(database, sql: "SELECT event FROM bookmarks WHERE name = ?", arguments: [name]) ?? 0
        }
    }
}

/// What is asked about events; none walks through more than it is allowed to.
enum EventQuery {
    static let withSubmitter = """
        SELECT e.id, e.reference, e.at, e.state, e.fr, e.en, s.submitter_uid
        FROM (SELECT id, reference, at, state, fr, en FROM events WHERE id > ? ORDER BY id LIMIT ?) AS e
        CROSS JOIN submissions AS s ON s.reference = e.reference
        """
    static let lastOfNext = """
        SELECT id FROM (SELECT id FROM events WHERE id > ? ORDER BY id LIMIT ?) ORDER BY id DESC LIMIT 1
        """
    static let moved = """
        SELECT \(SubmissionRow.columns(of: "s")), e.fr, e.en
        FROM (SELECT reference, max(id) AS id FROM events NOT INDEXED WHERE id > ?1 AND id <= ?2 GROUP BY reference) AS l
        CROSS JOIN events AS e ON e.id = l.id CROSS JOIN submissions AS s ON s.reference = l.reference
        WHERE NOT EXISTS (
            SELECT 1 FROM events AS n INDEXED BY events_by_reference WHERE n.reference = l.reference AND n.id > ?2)
        """
    static let ofOne = """
        SELECT id, reference, at, state, fr, en FROM events INDEXED BY events_by_reference
        WHERE reference = ? AND id > ? ORDER BY id LIMIT ?
        """
}

extension Event {
    fileprivate static func read(_ row: Row) throws -> Event {
        try Event(
            id: row.value(0), reference: Reference(key: row.value(1)), at: Timestamp(milliseconds: row.value(2)),
            state: SubmissionRow.known(row.value(3), "state"), text: Bilingual(fr: row.value(4), en: row.value(5)))
    }
}

extension Attempt {
    fileprivate static func read(_ row: Columns) throws -> Attempt {
        var result: AttemptResult?
        if let outcome = try row.optional(5) as String? {
            var fault: ChannelFault?
            if let kind = try row.optional(10) as String? {
                fault = try ChannelFault(SubmissionRow.known(kind, "fault"), fr: row.value(11), en: row.value(12))
            }
            result = try AttemptResult(
                SubmissionRow.known(outcome, "outcome"), code: (row.optional(6) as Int64?).map { Int($0) },
                enhancedCode: row.optional(7),
                text: row.optional(8) ?? "",
                reason: (row.optional(9) as String?).map { try SubmissionRow.known($0, "reason") }, fault: fault,
                endpoint: row.value(2))
        }
        var attempt = try Attempt(
            number: row.value(0), channel: SubmissionRow.known(row.value(1), "channel"), endpoint: row.value(2),
            startedAt: Timestamp(milliseconds: row.value(3)), endedAt: SubmissionRow.instant(row.optional(4)),
            result: result)
        attempt.progress = result == nil ? try row.optional(8) : nil
        attempt.job = try row.optional(13)
        return attempt
    }
}
