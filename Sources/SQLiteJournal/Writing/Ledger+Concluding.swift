import GRDB
import SupportDesk

extension Ledger {
    /// - Returns: false, and nothing is changed, where the attempt is not the one under way.
    func conclude(_ verdict: Verdict) throws -> Bool {
        let queued = verdict.state == .queued
        // What is due at once is ready at once.
        let isReady = queued && verdict.nextAttemptAt.map { $0 <= verdict.at } ?? true
        // Asked for first: with RETURNING, SQLite would make a table for the answer.
        let submitter = try database.run(
            "SELECT submitter_uid FROM submissions WHERE reference = ? AND attempt_count = ? AND state = 'sending'",
            [.integer(verdict.reference.key), SQLValue(verdict.attempt)])
        guard let submitter else { return false }
        try database.run(
            """
            UPDATE submissions SET state = ?, ready = ?, next_attempt_at = ?, failures = failures + ?, updated_at = ?,
            relayed_at = coalesce(?, relayed_at), delivered_at = coalesce(?, delivered_at),
            channel = coalesce(?, channel), fallback_at = iif(?, NULL, fallback_at), due_calendar = iif(due_at IS NULL, ?, due_calendar),
            due_at = coalesce(due_at, ?), reason_code = ?, reason_fr = ?, reason_en = ?
            WHERE reference = ?
            """,
            [
                .text(verdict.state.rawValue), .integer(isReady ? 1 : 0),
                queued ? .integer((verdict.nextAttemptAt ?? verdict.at).milliseconds) : .null,
                .integer(verdict.result.isFailureOfItsOwn ? 1 : 0), .integer(verdict.at.milliseconds),
                verdict.result.outcome == .accepted ? .integer(verdict.at.milliseconds) : .null,
                verdict.result.fax?.kind == .delivered ? .integer(verdict.at.milliseconds) : .null,
                SQLValue(verdict.channel?.rawValue),
                // What never reached the gateway may fall back to it again.
                .integer(verdict.channel != nil && verdict.result.fault != nil ? 1 : 0),
                SQLValue(verdict.due?.calendar), SQLValue(verdict.due?.at.milliseconds),
                SQLValue(verdict.reason?.code.rawValue), SQLValue(verdict.reason?.text.french),
                SQLValue(verdict.reason?.text.english), .integer(verdict.reference.key),
            ])
        try end(verdict.attempt, of: verdict.reference, verdict.result, at: verdict.at)
        try addEvent(verdict.reference, verdict.state, at: verdict.at, verdict.text)
        count(submitter, from: .sending, to: verdict.state)
        return true
    }

    private func end(_ attempt: Int, of reference: Reference, _ result: AttemptResult, at instant: Timestamp) throws {
        try database.run(
            """
            UPDATE attempts SET ended_at = ?, endpoint = ?, outcome = ?, code = ?, enhanced_code = ?, text = ?,
            reason = ?, fault = ?, fault_fr = ?, fault_en = ?, calls = ?, pages = ? WHERE reference = ? AND number = ?
            """,
            [
                .integer(instant.milliseconds), .text(result.endpoint), .text(result.outcome.rawValue),
                SQLValue(result.code), SQLValue(result.enhancedCode), .text(result.text),
                SQLValue(result.reason?.rawValue), SQLValue(result.fault?.kind.rawValue),
                SQLValue(result.fault?.explanation.french), SQLValue(result.fault?.explanation.english),
                SQLValue(result.fax?.calls ?? 0), SQLValue(result.fax?.pagesSpent ?? 0), .integer(reference.key),
                SQLValue(attempt),
            ])
    }
}

extension AttemptResult {
    /// Whether it counts as a failure of the submission, and not of the channel alone. A lost answer always does:
    /// the submission was on its way.
    var isFailureOfItsOwn: Bool {
        switch outcome {
        case .accepted: false
        case .uncertain: true
        case .refused, .deferred: fault == nil
        }
    }
}
