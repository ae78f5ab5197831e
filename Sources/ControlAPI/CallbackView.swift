/// When a technician is to call back.
package struct CallbackView: Codable, Hashable, Sendable {
    package var start: String
    package var end: String
    /// Counts the changes, from 0.
    package var sequence: Int
    /// The reference of the first request: it names the calendar entry for good.
    package var origin: String

    package init(start: String, end: String, sequence: Int, origin: String) {
        self.start = start
        self.end = end
        self.sequence = sequence
        self.origin = origin
    }
}

/// The wish to be called back, or to change or call off one that was asked for.
package struct CallbackOrder: Codable, Hashable, Sendable {
    package var license: String?
    package var phone: String?
    /// The wished date and time, as written; as soon as may be where there is none.
    package var slot: String?
    package var contact: String?
    package var company: String?
    package var email: String?
    /// What it is about, in the caller's words.
    package var about: String?
    /// The reference of a report it is about.
    package var related: String?
    /// The reference of the call-back to be moved.
    package var change: String?
    /// The reference of the call-back to be called off.
    package var cancel: String?
    /// `fr` or `en`: the language of its receipt.
    package var language: String?

    package init() {}
}

/// What came of the wish to be called back.
package struct CallbackReply: Codable, Hashable, Sendable {
    package var submission: SubmissionView
    /// What was wished, where a time was.
    package var wished: String?
    /// `as_wished`, `past`, `holiday` or `closed`; nil where one was called off.
    package var cause: String?
    /// Which window, and why.
    package var explanation: SentenceView

    package init(submission: SubmissionView, wished: String?, cause: String?, explanation: SentenceView) {
        self.submission = submission
        self.wished = wished
        self.cause = cause
        self.explanation = explanation
    }

    enum CodingKeys: String, CodingKey {
        case submission, wished, cause, explanation
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(submission, forKey: .submission)
        try container.encode(wished, forKey: .wished)
        try container.encode(cause, forKey: .cause)
        try container.encode(explanation, forKey: .explanation)
    }
}
