import GRDB
package import SupportDesk

extension SQLiteJournal {
    package func intervene(_ intervention: Intervention, in reference: Reference, by actor: String, at now: Timestamp)
        async throws -> Result<Submission, Intervention.Refusal>
    {
        try await committer.write { try $0.intervene(intervention, in: reference, by: actor, at: now) }
    }

    package func setBookmark(_ name: String, to id: Int64) async throws {
        try await committer.write { ledger -> Void in
            try ledger.database.run(
                """
                INSERT INTO bookmarks (name, event) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET event = excluded.event
                """, [.text(name), .integer(id)])
        }
    }
}

extension Ledger {
    fileprivate func intervene(
        _ intervention: Intervention, in reference: Reference, by actor: String, at now: Timestamp
    ) throws -> Result<Submission, Intervention.Refusal> {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT \(SubmissionRow.columns), EXISTS (SELECT 1 FROM contents AS c
                WHERE c.reference = s.reference AND (c.message IS NOT NULL OR c.file_size IS NOT NULL))
                FROM submissions AS s WHERE reference = ?
                """, arguments: [reference.key])
        guard let row else { return .failure(.unknown(reference)) }
        var submission = try SubmissionRow.read(row)
        let old = submission.state
        let target: State
        switch intervention.target(from: old) {
        case .success(let state): target = state
        case .failure(let refusal): return .failure(refusal)
        }
        let hasMessage: Bool = row[row.count - 1]
        if target == .queued, !hasMessage { return .failure(.nothingToSend(reference)) }

        submission.state = target
        submission.updatedAt = now
        submission.nextAttemptAt = target == .queued ? now : nil
        if target == .queued { submission.isCleared = true }
        if target == .answered { submission.answeredAt = now }
        if case .resend(let channel?) = intervention { submission.channel = channel }
        // Held or called off, it keeps saying why it was in trouble; on its way again, it is not.
        if target == .queued { submission.reason = nil }
        try database.run(
            """
            UPDATE submissions SET state = ?, channel = ?, ready = ?, next_attempt_at = ?, updated_at = ?,
            reason_code = ?, reason_fr = ?, reason_en = ?, cleared = ?, answered_at = ? WHERE reference = ?
            """,
            [
                .text(target.rawValue), .text(submission.channel.rawValue), .integer(target == .queued ? 1 : 0),
                SQLValue(submission.nextAttemptAt?.milliseconds), .integer(now.milliseconds),
                SQLValue(submission.reason?.code.rawValue), SQLValue(submission.reason?.text.french),
                SQLValue(submission.reason?.text.english), .integer(submission.isCleared ? 1 : 0),
                SQLValue(submission.answeredAt?.milliseconds), .integer(reference.key),
            ])
        if target == .queued {
            try database.run(
                "UPDATE submissions SET queued_at = ?, failures = 0 WHERE reference = ?",
                [.integer(now.milliseconds), .integer(reference.key)])
        }
        try addEvent(reference, target, at: now, intervention.sentence(by: actor))
        count(Int64(submission.submitter.uid), from: old, to: target)
        return .success(submission)
    }
}

extension Intervention.Refusal {
    fileprivate static func unknown(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "\(reference) n'est pas dans le journal ; vérifiez la référence.",
                en: "\(reference) is not in the journal; check the reference."))
    }

    fileprivate static func nothingToSend(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "Le message de \(reference) n'est plus conservé ; déposez le rapport de nouveau.",
                en: "The message of \(reference) is no longer kept; drop the report again."))
    }
}
