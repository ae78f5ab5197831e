import Foundation
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
    static let columnCount: Int32 = 48

    /// The same of a table that goes by another name.
    static func columns(of table: String) -> String {
        columns.split(separator: ", ").map { "\(table).\($0)" }.joined(separator: ", ")
    }

    /// - Throws: `JournalFault` where a value is none that this program writes.
    static func read(_ row: Columns) throws -> Submission {
        let submitter: Int64 = try row.value(20)
        var submission = try Submission(
            reference: Reference(key: row.value(0)), state: known(row.value(1), "state"),
            channel: known(row.value(2), "channel"), license: row.value(15), subject: row.value(16),
            details: details(row),
            priority: known(row.value(17), "priority"),
            source: (row.optional(19) as String?).map { .spool(file: $0) } ?? .control,
            submitter: .init(uid: UInt32(truncatingIfNeeded: submitter), name: row.value(21)),
            language: known(row.value(18), "language"), receivedAt: Timestamp(milliseconds: row.value(5)),
            size: row.value(22),
            attachments: decoded(row.optional(36)), messageID: row.optional(23), reason: reason(row),
            notes: decoded(row.optional(37)))
        submission.attemptCount = try row.value(3)
        submission.nextAttemptAt = instant(try row.optional(4))
        submission.updatedAt = Timestamp(milliseconds: try row.value(6))
        submission.dueAt = instant(try row.optional(7))
        submission.relayedAt = instant(try row.optional(8))
        submission.deliveredAt = instant(try row.optional(9))
        submission.acknowledgedAt = instant(try row.optional(10))
        submission.answeredAt = instant(try row.optional(11))
        submission.remoteTicket = try row.optional(24)
        submission.kind = try known(row.value(38), "kind")
        submission.related = (try row.optional(39) as Int64?).map { Reference(key: $0) }
        submission.isPromised = try row.value(40)
        submission.isCleared = try row.value(41)
        submission.dueCalendar = try row.optional(42)
        submission.overdueAt = instant(try row.optional(43))
        submission.slot = try slot(row)
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

    private static func reason(_ row: Columns) throws -> Reason? {
        guard let code = try row.optional(12) as String? else { return nil }
        return try Reason(known(code, "reason"), fr: row.value(13), en: row.value(14))
    }

    private static func slot(_ row: Columns) throws -> CallbackSlot? {
        guard let start = instant(try row.optional(44)), let end = instant(try row.optional(45)),
            let origin = try row.optional(47) as Int64?
        else {
            return nil
        }
        return CallbackSlot(
            start: start, end: end, sequence: Int(try row.optional(46) ?? 0), origin: Reference(key: origin))
    }

    private static func details(_ row: Columns) throws -> Report.Details {
        var details = Report.Details()
        details.company = try row.optional(25)
        details.contact = try row.optional(26)
        details.email = try row.optional(27)
        details.phone = try row.optional(28)
        details.partner = try row.optional(29)
        details.product = try row.optional(30)
        details.module = try row.optional(31)
        details.version = try row.optional(32)
        details.callback = try row.optional(33)
        details.senderReference = try row.optional(34)
        details.others = try decoded(row.optional(35))
        return details
    }
}
