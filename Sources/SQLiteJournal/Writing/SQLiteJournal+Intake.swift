import Foundation
import GRDB
package import SupportDesk

extension SQLiteJournal: Journal {
    package func admit(_ admissions: [Admission]) async throws {
        guard !admissions.isEmpty else { return }
        for admission in admissions where admission.submission.state == .queued && admission.message == nil {
            throw JournalFault.contentMissing(admission.submission.reference)
        }
        guard admissions.contains(where: { contents.needsFile($0.message) }) else {
            return try await committer.write { ledger in
                for admission in admissions { try ledger.admit(admission, keeping: .init(admission.message)) }
            }
        }
        let kept = try await contents.keep(admissions.map { ($0.submission.reference, $0.message) })
        do {
            try await committer.write { ledger in
                for (admission, kept) in zip(admissions, kept) { try ledger.admit(admission, keeping: kept) }
            }
        } catch let fault as JournalFault where fault.code == .duplicate {
            // After any other fault nobody knows what a restart will find committed; the sweep decides then.
            contents.discard(
                zip(admissions, kept).compactMap { admission, kept in
                    if case .file = kept { admission.submission.reference } else { nil }
                })
            throw fault
        }
    }

    package func takenFiles() async throws -> [Taken] {
        try await read { database in
            var taken: [Taken] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT reference, fate, name, device, inode, changed FROM taken_files
                    ORDER BY reference, position
                    """)
            while let row = try rows.next() {
                let reference = Reference(key: row[0])
                if taken.last?.reference != reference {
                    taken.append(Taken(reference: reference, fate: try SubmissionRow.known(row[1], "fate"), files: []))
                }
                let file = FileIdentity(
                    name: try row.withUnsafeData(atIndex: 2) { Array($0 ?? Data()) },
                    device: UInt64(bitPattern: row[3]), inode: UInt64(bitPattern: row[4]), changed: row[5])
                taken[taken.count - 1].files.append(file)
            }
            return taken
        }
    }

    package func forgetTaken(_ references: [Reference]) async throws {
        guard !references.isEmpty else { return }
        try await committer.write { ledger in
            for reference in references {
                try ledger.run("DELETE FROM taken_files WHERE reference = ?", [reference.key])
            }
        }
    }
}

extension Ledger {
    fileprivate func admit(_ admission: Admission, keeping message: ContentFolder.Kept?) throws {
        let submission = admission.submission
        try insert(submission, rank: admission.rank)
        switch message {
        case .inline(let bytes):
            try insertContent(submission.reference, admission.description, message: Data(bytes), fileSize: nil)
        case .file(let size):
            try insertContent(submission.reference, admission.description, message: nil, fileSize: size)
        case nil:
            if let description = admission.description {
                try insertContent(submission.reference, description, message: nil, fileSize: nil)
            }
        }
        try addEvent(submission.reference, submission.state, at: submission.receivedAt, admission.text)
        count(submission.submitter.uid, from: nil, to: submission.state)
        try note(submission.reference, receivedAt: submission.receivedAt)
        if let taken = admission.taken { try insert(taken) }
    }

    private func insertContent(
        _ reference: Reference, _ description: String?, message: Data?, fileSize: Int?
    ) throws {
        try run(
            "INSERT INTO contents (reference, description, message, file_size) VALUES (?, ?, ?, ?)",
            [reference.key, description, message, fileSize])
    }

    private func insert(_ taken: Taken) throws {
        for (position, file) in taken.files.enumerated() {
            try run(
                """
                INSERT INTO taken_files (reference, position, fate, name, device, inode, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    taken.reference.key, position, taken.fate.rawValue, Data(file.name),
                    Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.changed,
                ])
        }
    }

    private func insert(_ submission: Submission, rank: Int64) throws {
        let details = submission.details
        var sourceFile: String?
        if case .spool(let file) = submission.source { sourceFile = file }
        // What is due on reception is ready at once, which spares the claim a step.
        let isReady = submission.nextAttemptAt.map { $0 <= submission.receivedAt } ?? false
        let waiting: StatementArguments = [
            isReady ? 1 : 0, rank, 0, submission.receivedAt.milliseconds, SearchText.of(submission),
        ]
        let standing: StatementArguments = [
            submission.reference.key, submission.state.rawValue, submission.channel.rawValue, submission.attemptCount,
            submission.nextAttemptAt?.milliseconds, submission.receivedAt.milliseconds,
            submission.updatedAt.milliseconds, submission.dueAt?.milliseconds, submission.relayedAt?.milliseconds,
            submission.deliveredAt?.milliseconds, submission.acknowledgedAt?.milliseconds,
            submission.answeredAt?.milliseconds, submission.reason?.code.rawValue, submission.reason?.text.french,
            submission.reason?.text.english,
        ]
        let report: StatementArguments = [
            submission.license, submission.subject, submission.priority.rawValue, submission.language.rawValue,
            sourceFile, Int64(submission.submitter.uid), submission.submitter.name, submission.size,
            submission.messageID, submission.remoteTicket,
        ]
        let sender: StatementArguments = [
            details.company, details.contact, details.email, details.phone, details.partner, details.product,
            details.module, details.version, details.callback, details.senderReference,
            try SubmissionRow.encoded(details.others), try SubmissionRow.encoded(submission.attachments),
            try SubmissionRow.encoded(submission.notes),
        ]
        do {
            try run(Self.insertion, waiting + standing + report + sender)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw JournalFault.duplicate(submission.reference)
        }
    }

    private static let insertion = """
        INSERT INTO submissions (ready, rank, failures, queued_at, search, \(SubmissionRow.columns)) \
        VALUES (\(Array(repeating: "?", count: 43).joined(separator: ", ")))
        """
}
