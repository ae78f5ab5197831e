/// A submission as `assistctl` and programs see it: the keys of the visible contract, never localised.
///
/// Times are ISO 8601 in UTC. A key without a value is written as `null`, so that the set of keys never changes.
package struct SubmissionView: Codable, Hashable, Sendable {
    package var reference: String
    /// `report`, `callback`, `callback_cancellation`, `reminder` or `notice`.
    package var kind: String
    /// The reference of what a call-back, a reminder or a notice is about.
    package var related: String?
    package var state: String
    package var channel: String
    package var license: String
    package var company: String?
    package var subject: String
    package var priority: String
    /// `spool` or `control`.
    package var source: String
    /// The dropped file's name; nil for what came over the socket.
    package var file: String?
    package var submitter: String
    package var receivedAt: String
    package var updatedAt: String
    package var nextAttemptAt: String?
    package var dueAt: String?
    package var overdue: Bool
    /// The window of a call-back.
    package var callback: CallbackView?
    package var relayedAt: String?
    package var deliveredAt: String?
    package var acknowledgedAt: String?
    package var answeredAt: String?
    package var messageID: String?
    package var remoteTicket: String?
    package var size: Int
    package var attachments: [AttachmentView]
    package var reason: ReasonView?
    package var attempts: [AttemptView]
    /// The report's other fields; only where one submission is shown whole.
    package var details: [String: String]?
    package var description: String?
    package var notes: [SentenceView]?
    package var history: [EventView]?
    /// What the due time was computed from; only where one submission is shown whole.
    package var dueCalendar: String?

    package init(
        reference: String, state: String, channel: String, license: String, subject: String, priority: String,
        source: String, submitter: String, receivedAt: String, updatedAt: String, size: Int
    ) {
        self.reference = reference
        self.state = state
        self.channel = channel
        self.license = license
        self.subject = subject
        self.priority = priority
        self.source = source
        self.submitter = submitter
        self.receivedAt = receivedAt
        self.updatedAt = updatedAt
        self.size = size
        kind = "report"
        overdue = false
        attachments = []
        attempts = []
    }

    enum CodingKeys: String, CodingKey {
        case reference, kind, related, state, channel, license, company, subject, priority, source, file, submitter
        case receivedAt = "received_at"
        case updatedAt = "updated_at"
        case nextAttemptAt = "next_attempt_at"
        case dueAt = "due_at"
        case overdue, callback
        case relayedAt = "relayed_at"
        case deliveredAt = "delivered_at"
        case acknowledgedAt = "acknowledged_at"
        case answeredAt = "answered_at"
        case messageID = "message_id"
        case remoteTicket = "remote_ticket"
        case size, attachments, reason, attempts, details, description, notes, history
        case dueCalendar = "due_calendar"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reference, forKey: .reference)
        try container.encode(kind, forKey: .kind)
        try container.encode(related, forKey: .related)
        try container.encode(state, forKey: .state)
        try container.encode(channel, forKey: .channel)
        try container.encode(license, forKey: .license)
        try container.encode(company, forKey: .company)
        try container.encode(subject, forKey: .subject)
        try container.encode(priority, forKey: .priority)
        try container.encode(source, forKey: .source)
        try container.encode(file, forKey: .file)
        try container.encode(submitter, forKey: .submitter)
        try container.encode(receivedAt, forKey: .receivedAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encode(nextAttemptAt, forKey: .nextAttemptAt)
        try container.encode(dueAt, forKey: .dueAt)
        try container.encode(overdue, forKey: .overdue)
        try container.encode(callback, forKey: .callback)
        try container.encode(relayedAt, forKey: .relayedAt)
        try container.encode(deliveredAt, forKey: .deliveredAt)
        try container.encode(acknowledgedAt, forKey: .acknowledgedAt)
        try container.encode(answeredAt, forKey: .answeredAt)
        try container.encode(messageID, forKey: .messageID)
        try container.encode(remoteTicket, forKey: .remoteTicket)
        try container.encode(size, forKey: .size)
        try container.encode(attachments, forKey: .attachments)
        try container.encode(reason, forKey: .reason)
        try container.encode(attempts, forKey: .attempts)
        try container.encodeIfPresent(details, forKey: .details)
        try container.encodeIfPresent(description, forKey: .description)
        try container.encodeIfPresent(notes, forKey: .notes)
        try container.encodeIfPresent(history, forKey: .history)
        try container.encodeIfPresent(dueCalendar, forKey: .dueCalendar)
    }
}
