/// A submission as `assistctl` and programs see it: the keys of the visible contract, never localised.
///
/// Times are ISO 8601 in UTC. A key without a value is written as `null`, so that the set of keys never changes.
package struct SubmissionView: Codable, Hashable, Sendable {
    package var reference: String
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
        overdue = false
        attachments = []
        attempts = []
    }
}

/// A sentence in both languages: `text` is English, `text_fr` French.
package struct SentenceView: Codable, Hashable, Sendable {
    package var text: String
    package var textFR: String

    package init(text: String, textFR: String) {
        self.text = text
        self.textFR = textFR
    }

    enum CodingKeys: String, CodingKey {
        case text
        case textFR = "text_fr"
    }
}

package struct AttachmentView: Codable, Hashable, Sendable {
    package var name: String
    package var size: Int

    package init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}

package struct ReasonView: Codable, Hashable, Sendable {
    package var code: String
    package var text: String
    package var textFR: String

    package init(code: String, text: String, textFR: String) {
        self.code = code
        self.text = text
        self.textFR = textFR
    }

    enum CodingKeys: String, CodingKey {
        case code, text
        case textFR = "text_fr"
    }
}

package struct AttemptView: Codable, Hashable, Sendable {
    package var number: Int
    package var channel: String
    package var endpoint: String
    package var startedAt: String
    package var endedAt: String?
    /// nil while it is under way.
    package var outcome: String?
    package var code: Int?
    package var enhancedCode: String?
    package var text: String?

    package init(number: Int, channel: String, endpoint: String, startedAt: String) {
        self.number = number
        self.channel = channel
        self.endpoint = endpoint
        self.startedAt = startedAt
    }
}

/// A line of history, and what `watch` prints.
package struct EventView: Codable, Hashable, Sendable {
    package var id: Int64
    package var reference: String
    package var at: String
    package var state: String
    package var text: String
    package var textFR: String

    package init(id: Int64, reference: String, at: String, state: String, text: String, textFR: String) {
        self.id = id
        self.reference = reference
        self.at = at
        self.state = state
        self.text = text
        self.textFR = textFR
    }
}
