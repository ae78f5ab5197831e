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
    /// The gateway's name for a fax.
    package var job: String?

    package init(number: Int, channel: String, endpoint: String, startedAt: String) {
        self.number = number
        self.channel = channel
        self.endpoint = endpoint
        self.startedAt = startedAt
    }

    enum CodingKeys: String, CodingKey {
        case number, channel, endpoint
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case outcome, code
        case enhancedCode = "enhanced_code"
        case text, job
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(channel, forKey: .channel)
        try container.encode(endpoint, forKey: .endpoint)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(endedAt, forKey: .endedAt)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(code, forKey: .code)
        try container.encode(enhancedCode, forKey: .enhancedCode)
        try container.encode(text, forKey: .text)
        try container.encode(job, forKey: .job)
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

    enum CodingKeys: String, CodingKey {
        case id, reference, at, state, text
        case textFR = "text_fr"
    }
}
