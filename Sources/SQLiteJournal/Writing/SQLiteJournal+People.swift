import GRDB
package import SupportDesk

extension SQLiteJournal {
    package func intervene(
        _ intervention: Intervention, in reference: Reference, by actor: String, isAdministrator: Bool,
        at now: Timestamp
    ) async throws -> Result<Submission, Intervention.Refusal> {
        try await committer.write {
            try $0.intervene(
                intervention, in: reference, by: actor, isAdministrator: isAdministrator, at: now)
        }
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
        _ intervention: Intervention, in reference: Reference, by actor: String, isAdministrator: Bool,
        at now: Timestamp
    ) throws -> Result<Submission, Intervention.Refusal> {
        let found = try database.row(
            """
            SELECT \(SubmissionRow.columns), EXISTS (SELECT 1 FROM contents AS c
            WHERE c.reference = s.reference AND (c.message IS NOT NULL OR c.file_size IS NOT NULL))
            FROM submissions AS s WHERE reference = ?
            """, [.integer(reference.key)]
        ) { (try SubmissionRow.read($0), hasMessage: try $0.value(SubmissionRow.columnCount) as Bool) }
        guard let found else { return .failure(.unknown(reference)) }
        var submission = found.0
        let old = submission.state
        let target: State
        switch intervention.target(from: old) {
        case .success(let state): target = state
        case .failure(let refusal):
            return .failure(refusal.isTemporary && submission.channel == .fax ? .atGateway(reference) : refusal)
        }
        // Here, and not where it was asked: it may have been held meanwhile.
        let needsAdministrator = intervention.needsAdministrator(on: submission)
        if needsAdministrator, !isAdministrator { return .failure(Intervention.forAdministrators) }
        if target == .queued, !found.hasMessage { return .failure(.nothingToSend(reference)) }
        if let refusal = try refusal(of: target, in: submission) { return .failure(refusal) }

        // Only what speaks of the license settles that the license is not judged once more.
        if target == .queued, needsAdministrator, submission.reason?.code.isAboutLicense == true {
            submission.isCleared = true
        }
        submission.state = target
        submission.updatedAt = now
        submission.nextAttemptAt = target == .queued ? now : nil
        if target == .answered { submission.answeredAt = now }
        var isChannelChosen = false
        if case .resend(let channel?) = intervention {
            if channel == .fax, submission.kind != .report { return .failure(.mailOnly(reference)) }
            submission.channel = channel
            isChannelChosen = true
        }
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
                "UPDATE submissions SET queued_at = ?, failures = 0, fallback_at = iif(?, NULL, fallback_at) WHERE reference = ?",
                [.integer(now.milliseconds), .integer(isChannelChosen ? 1 : 0), .integer(reference.key)])
        }
        try addEvent(reference, target, at: now, intervention.sentence(by: actor))
        count(Int64(submission.submitter.uid), from: old, to: target)
        return .success(submission)
    }
}

extension Ledger {
    /// Why a call-back is not to be touched by itself: the desk's calendar would say something else than the journal.
    private func refusal(of target: State, in submission: Submission) throws -> Intervention.Refusal? {
        guard let slot = submission.slot, target == .queued || target == .cancelled else { return nil }
        let others = "SELECT 1 FROM submissions INDEXED BY submissions_by_slot WHERE slot_origin = ?"
        let arguments: StatementArguments = [slot.origin.key, slot.sequence]
        if target == .queued {
            let isReplaced = try Bool.fetchOne(
                database, sql: "\(others) AND slot_sequence > ? LIMIT 1", arguments: arguments)
            return isReplaced == nil ? nil : .replaced(submission.reference)
        }
        let isKnown = try Bool.fetchOne(
            database, sql: "\(others) AND slot_sequence <= ? AND attempt_count > 0 LIMIT 1", arguments: arguments)
        return isKnown == nil ? nil : .known(submission.reference)
    }
}

extension Intervention.Refusal {
    fileprivate static func replaced(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "\(reference) a été déplacé ou annulé depuis ; demandez un nouveau rappel (assistctl callback).",
                en: "\(reference) was moved or called off since; ask for a new call-back (assistctl callback)."))
    }

    fileprivate static func known(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr:
                    "L'assistance connaît peut-être déjà ce rappel : assistctl callback --cancel \(reference) l'en "
                    + "avertit.",
                en:
                    "The desk may know of this call-back already: assistctl callback --cancel \(reference) tells it."
            ))
    }

    fileprivate static func unknown(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "\(reference) n'est pas dans le journal ; vérifiez la référence.",
                en: "\(reference) is not in the journal; check the reference."))
    }

    fileprivate static func atGateway(_ reference: Reference) -> Self {
        Self(
            isTemporary: true,
            explanation: Bilingual(
                fr:
                    "\(reference) est à la passerelle de fax, qui peut y mettre des heures ; là où elle annule, « assistctl "
                    + "cancel » le lui demande.",
                en: "\(reference) is with the fax gateway, which may take hours; where it calls faxes off, \"assistctl "
                    + "cancel\" asks it to."))
    }

    fileprivate static func mailOnly(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "\(reference) n'est pas un rapport : seuls les rapports partent par fax.",
                en: "\(reference) is no report: only reports go by fax."))
    }

    fileprivate static func nothingToSend(_ reference: Reference) -> Self {
        Self(
            isTemporary: false,
            explanation: Bilingual(
                fr: "Le message de \(reference) n'est plus conservé ; déposez le rapport de nouveau.",
                en: "The message of \(reference) is no longer kept; drop the report again."))
    }
}
