import GRDB
import SupportDesk

extension Ledger {
    /// How many submissions become ready in one claim at most, so that a great many that come due together delay
    /// nobody's write; the next claims take on from there.
    private static let promotionBound: Int64 = 5_000

    func claim(
        _ channel: ChannelName, limit: Int, at now: Timestamp, _ turns: inout Turns,
        promoting: Bool = true, pathOfFile: (Reference) -> String
    ) throws -> [Claim] {
        if promoting { try promote(channel, at: now) }
        var claims: [Claim] = []
        while claims.count < limit, let (next, submitter) = try next(channel, &turns, pathOfFile) {
            try begin(next, channel, submitter, at: now)
            claims.append(next)
        }
        return claims
    }

    /// What is to be claimed next, its attempt counted, and whose it is.
    private func next(
        _ channel: ChannelName, _ turns: inout Turns, _ pathOfFile: (Reference) -> String
    ) throws -> (Claim, submitter: Int64)? {
        let channel = SQLValue.text(channel.rawValue)
        let share = try turns.next { above in
            try database.run(Self.nextUser, [channel, .integer(above ?? -1)])
        } license: { user, above in
            let values = [channel, .integer(user)] + (above.map { [.text($0)] } ?? [])
            return try database.row(above == nil ? Self.firstLicense : Self.nextLicense, values) { try $0.value(0) }
        }
        func read(_ row: Columns) throws -> (Claim, submitter: Int64) {
            var claim = try Claim.read(row, pathOfFile)
            claim.attempt += 1
            return (claim, try row.value(4))
        }
        var found: (Claim, submitter: Int64)?
        if let share {
            found = try database.row(
                Self.selectionByTurn, [channel, .integer(share.user), .text(share.license)], read)
        }
        return try found ?? database.row(Self.selection, [channel], read)
    }

    private func begin(_ claim: Claim, _ channel: ChannelName, _ submitter: Int64, at now: Timestamp) throws {
        try database.run(
            """
            UPDATE submissions SET state = 'sending', ready = 0, attempt_count = ?, next_attempt_at = NULL,
            updated_at = ? WHERE reference = ?
            """, [SQLValue(claim.attempt), .integer(now.milliseconds), .integer(claim.reference.key)])
        try database.run(
            "INSERT INTO attempts (reference, number, channel, started_at) VALUES (?, ?, ?, ?)",
            [
                .integer(claim.reference.key), SQLValue(claim.attempt), .text(channel.rawValue),
                .integer(now.milliseconds),
            ])
        try addEvent(
            claim.reference, .sending, at: now,
            Bilingual(fr: "Envoi en cours (tentative \(claim.attempt))", en: "Sending (attempt \(claim.attempt))"))
        count(submitter, from: .queued, to: .sending)
    }

    /// Takes an attempt back that was never begun. Its events stay, since somebody may have read them; another one
    /// says that it came to nothing.
    func unclaim(_ claim: Claim, at now: Timestamp) throws {
        let submitter = try database.run(
            """
            UPDATE submissions SET state = 'queued', ready = 1, attempt_count = attempt_count - 1,
            next_attempt_at = ?, updated_at = ?
            WHERE reference = ? AND attempt_count = ? AND state = 'sending' RETURNING submitter_uid
            """,
            [
                .integer(now.milliseconds), .integer(now.milliseconds), .integer(claim.reference.key),
                SQLValue(claim.attempt),
            ])
        guard let submitter else { return }
        try database.run(
            "DELETE FROM attempts WHERE reference = ? AND number = ?",
            [.integer(claim.reference.key), SQLValue(claim.attempt)])
        try addEvent(
            claim.reference, .queued, at: now,
            Bilingual(
                fr: "Remis en file : la tentative \(claim.attempt) n'a pas commencé",
                en: "Back in the queue: attempt \(claim.attempt) was not begun"))
        count(submitter, from: .sending, to: .queued)
    }

    /// Takes an attempt back and the submission out of the queue: it must not be sent after all.
    func turnBack(_ claim: Claim, to state: State, for reason: Reason, at now: Timestamp) throws {
        let submitter = try database.run(
            """
            UPDATE submissions SET state = ?, ready = 0, attempt_count = attempt_count - 1, next_attempt_at = NULL,
            updated_at = ?, reason_code = ?, reason_fr = ?, reason_en = ?
            WHERE reference = ? AND attempt_count = ? AND state = 'sending' RETURNING submitter_uid
            """,
            [
                .text(state.rawValue), .integer(now.milliseconds), .text(reason.code.rawValue),
                .text(reason.text.french), .text(reason.text.english), .integer(claim.reference.key),
                SQLValue(claim.attempt),
            ])
        guard let submitter else { return }
        try database.run(
            "DELETE FROM attempts WHERE reference = ? AND number = ?",
            [.integer(claim.reference.key), SQLValue(claim.attempt)])
        try addEvent(claim.reference, state, at: now, reason.text)
        count(submitter, from: .sending, to: state)
    }

    private func promote(_ channel: ChannelName, at now: Timestamp) throws {
        try database.run(
            Self.promotion, [.text(channel.rawValue), .integer(now.milliseconds), .integer(Self.promotionBound)])
    }

    static let promotion = """
        UPDATE submissions SET ready = 1 WHERE reference IN (
            SELECT reference FROM submissions INDEXED BY submissions_waiting
            WHERE channel = ? AND state = 'queued' AND ready = 0 AND next_attempt_at <= ?
            ORDER BY next_attempt_at LIMIT ?)
        """

    /// What was last touched in the future has waited for nothing yet.
    static let waitingAnew = """
        UPDATE submissions INDEXED BY submissions_waiting
        SET next_attempt_at = next_attempt_at - updated_at + ?, queued_at = min(queued_at, ?), updated_at = ?
        WHERE channel = ? AND state = 'queued' AND ready = 0 AND next_attempt_at > ? AND updated_at > ?
        """

    private static let claimed = """
        s.reference, s.attempt_count, s.failures, s.queued_at, s.submitter_uid, c.message, c.file_size,
        s.kind, s.license, s.version, s.promised, s.cleared, s.slot_end, s.fallback_at IS NOT NULL
        """

    /// The most urgent.
    static let selection = """
        SELECT \(claimed)
        FROM submissions AS s INDEXED BY submissions_ready JOIN contents AS c ON c.reference = s.reference
        WHERE s.channel = ? AND s.ready = 1 ORDER BY s.rank, s.reference LIMIT 1
        """

    /// The most urgent of one share.
    static let selectionByTurn = """
        SELECT \(claimed)
        FROM submissions AS s INDEXED BY submissions_by_turn JOIN contents AS c ON c.reference = s.reference
        WHERE s.channel = ? AND s.ready = 1 AND s.submitter_uid = ? AND s.license = ?
        ORDER BY s.rank, s.reference LIMIT 1
        """

    static let nextUser = """
        SELECT submitter_uid FROM submissions INDEXED BY submissions_by_turn
        WHERE channel = ? AND ready = 1 AND submitter_uid > ? ORDER BY submitter_uid LIMIT 1
        """

    static let firstLicense = """
        SELECT license FROM submissions INDEXED BY submissions_by_turn
        WHERE channel = ? AND ready = 1 AND submitter_uid = ? ORDER BY license LIMIT 1
        """

    static let nextLicense = """
        SELECT license FROM submissions INDEXED BY submissions_by_turn
        WHERE channel = ? AND ready = 1 AND submitter_uid = ? AND license > ? ORDER BY license LIMIT 1
        """

    /// Whether `selection` would find anything: what it cannot claim is never due.
    static let firstReady = """
        SELECT s.next_attempt_at
        FROM submissions AS s INDEXED BY submissions_ready JOIN contents AS c ON c.reference = s.reference
        WHERE s.channel = ? AND s.ready = 1 LIMIT 1
        """
}

extension Claim {
    /// Reads what `Ledger.selection` gives, with the number of the last attempt.
    static func read(_ row: Columns, _ pathOfFile: (Reference) -> String) throws -> Claim {
        let reference = Reference(key: try row.value(0))
        let content: Parcel.Content
        if let size = try row.optional(6) as Int64? {
            content = .file(path: pathOfFile(reference), size: Int(size))
        } else {
            content = .bytes(try row.optional(5) ?? [])
        }
        var claim = try Claim(
            reference: reference, attempt: row.value(1), failures: row.value(2),
            queuedAt: Timestamp(milliseconds: row.value(3)),
            content: content)
        claim.kind = try SubmissionRow.known(row.value(7), "kind")
        claim.license = try row.value(8)
        claim.version = try row.optional(9)
        claim.isPromised = try row.value(10)
        claim.isCleared = try row.value(11)
        claim.slotEnd = SubmissionRow.instant(try row.optional(12))
        claim.isFallback = try row.value(13)
        return claim
    }
}
