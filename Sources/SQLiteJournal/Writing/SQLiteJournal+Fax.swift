import GRDB
package import SupportDesk

/// What is asked about faxes and the mail they stand in for; each by an index.
enum FaxQuery {
    static let usage = """
        SELECT coalesce(sum(calls), 0), coalesce(sum(pages), 0) FROM attempts INDEXED BY attempts_handed
        WHERE handed_at >= ?
        """
    static let underWay = """
        SELECT s.reference, s.attempt_count, s.failures, s.queued_at, s.submitter_uid, c.message, c.file_size,
        s.kind, s.license, s.version, s.promised, s.cleared, s.slot_end, s.fallback_at IS NOT NULL,
        a.endpoint, a.handed_at, a.job
        FROM submissions AS s INDEXED BY submissions_by_state JOIN contents AS c ON c.reference = s.reference
        JOIN attempts AS a ON a.reference = s.reference AND a.number = s.attempt_count
        WHERE s.state = 'sending' AND s.channel = ? AND a.handed_at IS NOT NULL ORDER BY s.reference
        """
    static let waitingForMail = """
        SELECT \(SubmissionRow.columns), queued_at FROM submissions INDEXED BY submissions_by_state
        WHERE state = 'queued' AND channel = 'smtp' AND kind = 'report' AND fallback_at IS NULL AND queued_at <= ?
        ORDER BY queued_at, reference LIMIT ? OFFSET ?
        """
    /// What can be claimed at once, what waits, and what is being sent.
    static let load = """
        SELECT (SELECT count(*) FROM submissions INDEXED BY submissions_ready WHERE channel = ?1 AND ready = 1)
        + (SELECT count(*) FROM submissions INDEXED BY submissions_waiting
            WHERE channel = ?1 AND state = 'queued' AND ready = 0)
        + (SELECT count(*) FROM submissions INDEXED BY submissions_by_state
            WHERE state = 'sending' AND channel = ?1)
        """
}

extension SQLiteJournal {
    package func underWay(_ channel: ChannelName) async throws -> [Claim] {
        try await read { [contents] database in
            try database.rows(FaxQuery.underWay, [.text(channel.rawValue)]) { row in
                var claim = try Claim.read(row, contents.path(of:))
                claim.progress = try AttemptProgress(
                    endpoint: row.value(14), handedAt: Timestamp(milliseconds: row.value(15)), job: row.optional(16))
                return claim
            }
        }
    }

    package func note(_ step: AttemptStep, of claim: Claim, at now: Timestamp) async throws -> Bool {
        try await committer.write { try $0.note(step, of: claim, at: now) }
    }

    package func faxUsage(since instant: Timestamp) async throws -> FaxUsage {
        try await read { database in
            let row = try Row.fetchOne(database, sql: FaxQuery.usage, arguments: [instant.milliseconds])
            return FaxUsage(calls: row?[0] ?? 0, pages: row?[1] ?? 0)
        }
    }

    package func waitingForMail(queuedBefore instant: Timestamp, skipping: Int, limit: Int) async throws -> [Waiting] {
        guard limit > 0 else { return [] }
        return try await read { database in
            try database.rows(
                FaxQuery.waitingForMail, [.integer(instant.milliseconds), SQLValue(limit), SQLValue(skipping)]
            ) { row in
                Waiting(
                    try SubmissionRow.read(row),
                    since: Timestamp(milliseconds: try row.value(SubmissionRow.columnCount)))
            }
        }
    }

    package func load(of channel: ChannelName) async throws -> Int {
        try await read { try Int.fetchOne($0, sql: FaxQuery.load, arguments: [channel.rawValue]) ?? 0 }
    }

    package func returnFallbacks(_ text: Bilingual, at now: Timestamp) async throws -> Int {
        try await committer.write { ledger in
            let waiting = try Int64.fetchAll(
                ledger.database,
                sql: """
                    SELECT reference FROM submissions INDEXED BY submissions_by_fax
                    WHERE channel = 'fax' AND state = 'queued' AND fallback_at IS NOT NULL LIMIT 100
                    """)
            for key in waiting {
                try ledger.database.run(
                    """
                    UPDATE submissions SET channel = 'smtp', ready = 1, next_attempt_at = ?, updated_at = ?,
                    fallback_at = NULL WHERE reference = ?
                    """, [.integer(now.milliseconds), .integer(now.milliseconds), .integer(key)])
                try ledger.addEvent(Reference(key: key), .queued, at: now, text)
            }
            return waiting.count
        }
    }

    package func fallBack(_ reference: Reference, _ text: Bilingual, at now: Timestamp) async throws -> Bool {
        try await committer.write { ledger in
            let moved = try ledger.database.run(
                """
                UPDATE submissions SET channel = 'fax', ready = 1, next_attempt_at = ?, failures = 0, updated_at = ?,
                fallback_at = ? WHERE reference = ? AND state = 'queued' AND channel = 'smtp' AND kind = 'report'
                AND fallback_at IS NULL RETURNING reference
                """,
                [
                    .integer(now.milliseconds), .integer(now.milliseconds), .integer(now.milliseconds),
                    .integer(reference.key),
                ])
            guard moved != nil else { return false }
            try ledger.addEvent(reference, .queued, at: now, text)
            return true
        }
    }
}

extension Ledger {
    fileprivate func note(_ step: AttemptStep, of claim: Claim, at now: Timestamp) throws -> Bool {
        let isCurrent = try database.run(
            """
            UPDATE submissions SET updated_at = ? WHERE reference = ? AND attempt_count = ? AND state = 'sending'
            RETURNING reference
            """, [.integer(now.milliseconds), .integer(claim.reference.key), SQLValue(claim.attempt)])
        guard isCurrent != nil else { return false }
        let key: [SQLValue] = [.integer(claim.reference.key), SQLValue(claim.attempt)]
        switch step {
        case .handingOver(let endpoint, let calls):
            // Calls that may be made count already, so that many at once do not pass the ceiling.
            try database.run(
                "UPDATE attempts SET handed_at = ?, endpoint = ?, calls = ? WHERE reference = ? AND number = ?",
                [.integer(now.milliseconds), .text(endpoint), SQLValue(calls)] + key)
        case .taken(let job):
            try database.run("UPDATE attempts SET job = ? WHERE reference = ? AND number = ?", [.text(job)] + key)
        case .underWay(let text):
            try database.run(
                "UPDATE attempts SET text = ? WHERE reference = ? AND number = ?", [.text(text.english)] + key)
        }
        try addEvent(claim.reference, .sending, at: now, step.sentence)
        return true
    }
}
