import GRDB
package import SupportDesk

/// What is asked about due times and call-backs; each by an index of its own.
enum DeadlineQuery {
    static let next = """
        SELECT due_at FROM submissions INDEXED BY submissions_due WHERE due_at IS NOT NULL
        AND overdue_at IS NULL AND answered_at IS NULL AND state IN ('relayed', 'delivered', 'acknowledged')
        ORDER BY due_at LIMIT 1
        """
    static let missed = """
        SELECT \(SubmissionRow.columns) FROM submissions INDEXED BY submissions_due
        WHERE due_at < ? AND due_at IS NOT NULL AND overdue_at IS NULL AND answered_at IS NULL
        AND state IN ('relayed', 'delivered', 'acknowledged') ORDER BY due_at LIMIT ?
        """
    static let slots = """
        SELECT \(SubmissionRow.columns) FROM submissions INDEXED BY submissions_by_slot
        WHERE slot_origin = ? ORDER BY slot_sequence, reference
        """
}

extension SQLiteJournal {
    package func nextDeadline() async throws -> Timestamp? {
        try await read { database in
            SubmissionRow.instant(try Int64.fetchOne(database, sql: DeadlineQuery.next))
        }
    }

    package func missed(before now: Timestamp, limit: Int) async throws -> [Submission] {
        guard limit > 0 else { return [] }
        return try await read { database in
            try database.rows(
                DeadlineQuery.missed, [.integer(now.milliseconds), SQLValue(limit)], SubmissionRow.read)
        }
    }

    package func markOverdue(
        _ reference: Reference, _ text: Bilingual, sending followUps: [Admission], at now: Timestamp
    ) async throws -> Bool {
        let kept = try await contents.keep(followUps.map { ($0.submission.reference, $0.message) })
        let rows = try zip(followUps, kept).map { try AdmissionRows($0, keeping: $1) }
        return try await committer.write { ledger in
            guard let state = try ledger.markOverdue(reference, at: now) else { return false }
            try ledger.addEvent(reference, state, at: now, text)
            for row in rows { try row.write(to: ledger) }
            return true
        }
    }

    package func isFirstToSay(_ what: String, at now: Timestamp) async throws -> Bool {
        try await committer.write { ledger in
            try ledger.database.run(
                "INSERT INTO said (what, at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                [.text(what), .integer(now.milliseconds)]) != nil
        }
    }

    package func slots(of origin: Reference) async throws -> [Submission] {
        try await read { database in
            try database.rows(DeadlineQuery.slots, [.integer(origin.key)], SubmissionRow.read)
        }
    }
}

extension Ledger {
    /// - Returns: the submission's state; nil, and nothing is changed, where nothing is overdue (any more).
    fileprivate func markOverdue(_ reference: Reference, at now: Timestamp) throws -> State? {
        let marked = try database.run(
            """
            UPDATE submissions SET overdue_at = ?, updated_at = ? WHERE reference = ? AND overdue_at IS NULL AND answered_at IS NULL
            AND due_at < ? AND state IN ('relayed', 'delivered', 'acknowledged') RETURNING reference
            """,
            [
                .integer(now.milliseconds), .integer(now.milliseconds), .integer(reference.key),
                .integer(now.milliseconds),
            ])
        guard marked != nil else { return nil }
        let state = try String.fetchOne(
            database, sql: "SELECT state FROM submissions WHERE reference = ?", arguments: [reference.key])
        return try state.map { try SubmissionRow.known($0, "state") }
    }

    /// Calls off what another submission takes the place of.
    func callOff(_ superseded: Superseded, at now: Timestamp) throws {
        let reference = superseded.reference
        let old = try Row.fetchOne(
            database, sql: "SELECT state, submitter_uid FROM submissions WHERE reference = ?",
            arguments: [reference.key])
        guard let old else { throw Superseded.Refusal(reference: reference) }
        let state: State = try SubmissionRow.known(old[0], "state")
        guard !state.isTerminal || state == .failed, state != .sending else {
            throw Superseded.Refusal(reference: reference)
        }
        try database.run(
            """
            UPDATE submissions SET state = 'cancelled', ready = 0, next_attempt_at = NULL, updated_at = ?
            WHERE reference = ?
            """, [.integer(now.milliseconds), .integer(reference.key)])
        try addEvent(reference, .cancelled, at: now, superseded.text)
        count(old[1], from: state, to: .cancelled)
    }
}
