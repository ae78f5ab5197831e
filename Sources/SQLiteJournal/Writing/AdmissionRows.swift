import GRDB
import SupportDesk

/// An admission as the rows it makes, worked out by the caller: the one thread that writes has only to write.
struct AdmissionRows: Sendable {
    private let reference: Reference
    private let state: State
    private let submitter: Int64
    private let receivedAt: Timestamp
    private let text: Bilingual
    private let submission: [SQLValue]
    private let content: [SQLValue]?
    private let files: [[SQLValue]]
    private let superseded: Superseded?

    init(_ admission: Admission, keeping message: ContentFolder.Kept?) throws {
        let submission = admission.submission
        reference = submission.reference
        state = submission.state
        submitter = Int64(submission.submitter.uid)
        receivedAt = submission.receivedAt
        text = admission.text
        self.submission = try Self.row(of: submission, rank: admission.rank)
        content = Self.contentRow(of: admission, message)
        files = admission.taken.map(Self.rows(of:)) ?? []
        superseded = admission.superseded
    }

    func write(to ledger: Ledger) throws {
        if let superseded { try ledger.callOff(superseded, at: receivedAt) }
        do {
            try ledger.database.run(Self.insertion, submission)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw JournalFault.duplicate(reference)
        }
        if let content {
            try ledger.database.run(
                "INSERT INTO contents (reference, description, message, file_size) VALUES (?, ?, ?, ?)", content)
        }
        for file in files {
            try ledger.database.run(
                """
                INSERT INTO taken_files (reference, position, fate, name, device, inode, size, modified)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, file)
        }
        try ledger.addEvent(reference, state, at: receivedAt, text)
        ledger.count(submitter, from: nil, to: state)
        try ledger.note(reference, receivedAt: receivedAt)
    }

    private static func contentRow(of admission: Admission, _ message: ContentFolder.Kept?) -> [SQLValue]? {
        let reference = SQLValue.integer(admission.submission.reference.key)
        let description = SQLValue(admission.description)
        switch message {
        case .inline(let bytes): return [reference, description, .bytes(bytes), .null]
        case .file(let size): return [reference, description, .null, SQLValue(size)]
        case nil: return admission.description == nil ? nil : [reference, description, .null, .null]
        }
    }

    private static func rows(of taken: Taken) -> [[SQLValue]] {
        taken.files.enumerated().map { position, file in
            [
                .integer(taken.reference.key), SQLValue(position), .text(taken.fate.rawValue), .bytes(file.name),
                .integer(Int64(bitPattern: file.device)), .integer(Int64(bitPattern: file.inode)),
                SQLValue(file.size), .integer(file.modified),
            ]
        }
    }

    private static func row(of submission: Submission, rank: Int64) throws -> [SQLValue] {
        let details = submission.details
        var sourceFile: String?
        if case .spool(let file) = submission.source { sourceFile = file }
        // What is due on reception is ready at once, which spares the claim a step.
        let isReady = submission.nextAttemptAt.map { $0 <= submission.receivedAt } ?? false
        return [
            .integer(isReady ? 1 : 0), .integer(rank), .integer(0), .integer(submission.receivedAt.milliseconds),
            .text(SearchText.of(submission)),
            // From here on as in `SubmissionRow.columns`.
            .integer(submission.reference.key), .text(submission.state.rawValue), .text(submission.channel.rawValue),
            SQLValue(submission.attemptCount), SQLValue(submission.nextAttemptAt?.milliseconds),
            .integer(submission.receivedAt.milliseconds), .integer(submission.updatedAt.milliseconds),
            SQLValue(submission.dueAt?.milliseconds), SQLValue(submission.relayedAt?.milliseconds),
            SQLValue(submission.deliveredAt?.milliseconds), SQLValue(submission.acknowledgedAt?.milliseconds),
            SQLValue(submission.answeredAt?.milliseconds), SQLValue(submission.reason?.code.rawValue),
            SQLValue(submission.reason?.text.french), SQLValue(submission.reason?.text.english),
            .text(submission.license), .text(submission.subject), .text(submission.priority.rawValue),
            .text(submission.language.rawValue), SQLValue(sourceFile), .integer(Int64(submission.submitter.uid)),
            .text(submission.submitter.name), SQLValue(submission.size), SQLValue(submission.messageID),
            SQLValue(submission.remoteTicket), SQLValue(details.company), SQLValue(details.contact),
            SQLValue(details.email), SQLValue(details.phone), SQLValue(details.partner), SQLValue(details.product),
            SQLValue(details.module), SQLValue(details.version), SQLValue(details.callback),
            SQLValue(details.senderReference), SQLValue(try SubmissionRow.encoded(details.others)),
            SQLValue(try SubmissionRow.encoded(submission.attachments)),
            SQLValue(try SubmissionRow.encoded(submission.notes)), .text(submission.kind.rawValue),
            SQLValue(submission.related?.key), .integer(submission.isPromised ? 1 : 0),
            .integer(submission.isCleared ? 1 : 0), SQLValue(submission.dueCalendar),
            SQLValue(submission.overdueAt?.milliseconds), SQLValue(submission.slot?.start.milliseconds),
            SQLValue(submission.slot?.end.milliseconds), SQLValue(submission.slot?.sequence),
            SQLValue(submission.slot?.origin.key),
        ]
    }

    private static let insertion = """
        INSERT INTO submissions (ready, rank, failures, queued_at, search, \(SubmissionRow.columns)) \
        VALUES (\(Array(repeating: "?", count: 5 + Int(SubmissionRow.columnCount)).joined(separator: ", ")))
        """
}
