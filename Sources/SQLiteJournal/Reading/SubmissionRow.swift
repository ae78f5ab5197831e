import Foundation
import GRDB
import SupportDesk

/// How a submission lies in its table.
enum SubmissionRow {
    /// The columns that make up a submission, in the order in which `read` expects them.
    static let columns = """
        reference, state, channel, attempt_count, next_attempt_at, received_at, updated_at, due_at, relayed_at, \
        delivered_at, acknowledged_at, answered_at, reason_code, reason_fr, reason_en, license, subject, priority, \
        language, source_file, submitter_uid, submitter_name, size, message_id, remote_ticket, company, \
        contact, email, phone, partner, product, module, version, callback, sender_reference, other_fields, \
        attachments, notes, kind, related, promised, cleared, due_calendar, overdue_at, slot_start, slot_end, \
        slot_sequence, slot_origin
        """
    /// How many those are.
    static let columnCount = 48

    /// - Throws: `JournalFault` where a value is none that this program writes.
    static func read(_ row: Row) throws -> Submission {
        let submitter: Int64 = row[20]
        var submission = Submission(
            reference: Reference(key: row[0]), state: try known(row[1], "state"),
            channel: try known(row[2], "channel"), license: row[15], subject: row[16], details: try details(row),
            priority: try known(row[17], "priority"), source: (row[19] as String?).map { .spool(file: $0) } ?? .control,
            submitter: .init(uid: UInt32(truncatingIfNeeded: submitter), name: row[21]),
            language: try known(row[18], "language"), receivedAt: Timestamp(milliseconds: row[5]), size: row[22],
            attachments: try decoded(row[36]), messageID: row[23], reason: try reason(row), notes: try decoded(row[37]))
        submission.attemptCount = row[3]
        submission.nextAttemptAt = instant(row[4])
        submission.updatedAt = Timestamp(milliseconds: row[6])
        submission.dueAt = instant(row[7])
        submission.relayedAt = instant(row[8])
        submission.deliveredAt = instant(row[9])
        submission.acknowledgedAt = instant(row[10])
        submission.answeredAt = instant(row[11])
        submission.remoteTicket = row[24]
        submission.kind = try known(row[38], "kind")
        submission.related = (row[39] as Int64?).map { Reference(key: $0) }
        submission.isPromised = row[40]
        submission.isCleared = row[41]
        submission.dueCalendar = row[42]
        submission.overdueAt = instant(row[43])
        submission.slot = slot(row)
        return submission
    }

    static func instant(_ milliseconds: Int64?) -> Timestamp? { milliseconds.map(Timestamp.init(milliseconds:)) }

    /// A word of one of this program's vocabularies.
    static func known<Word: RawRepresentable<String>>(_ text: String, _ what: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw JournalFault(
                .corrupt, fr: "Le journal contient « \(text) » comme \(what), inconnu de cette version.",
                en: "The journal holds “\(text)” as \(what), which this version does not know.")
        }
        return word
    }

    /// A list as JSON; nil for the empty one, which is the rule.
    static func encoded<Element: Encodable>(_ list: [Element]) throws -> String? {
        list.isEmpty ? nil : String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
    }

    private static func decoded<Element: Decodable>(_ json: String?) throws -> [Element] {
        try json.map { try JSONDecoder().decode([Element].self, from: Data($0.utf8)) } ?? []
    }

    private static func reason(_ row: Row) throws -> Reason? {
        guard let code = row[12] as String? else { return nil }
        return Reason(try known(code, "reason"), fr: row[13], en: row[14])
    }

    private static func slot(_ row: Row) -> CallbackSlot? {
        guard let start = instant(row[44]), let end = instant(row[45]), let origin = row[47] as Int64? else {
            return nil
        }
        return CallbackSlot(start: start, end: end, sequence: row[46] ?? 0, origin: Reference(key: origin))
    }

    private static func details(_ row: Row) throws -> Report.Details {
        var details = Report.Details()
        details.company = row[25]
        details.contact = row[26]
        details.email = row[27]
        details.phone = row[28]
        details.partner = row[29]
        details.product = row[30]
        details.module = row[31]
        details.version = row[32]
        details.callback = row[33]
        details.senderReference = row[34]
        details.others = try decoded(row[35])
        return details
    }
}
