/// What a person asks to be done to one, several or all submissions.
package struct InterventionRequest: Codable, Hashable, Sendable {
    /// `retry`, `cancel`, `hold`, `release`, `resend` or `answered`.
    package var action: String
    package var references: [String]
    /// With no references: every submission of the caller in this state.
    package var state: String?
    /// For `resend`.
    package var channel: String?
    /// Somebody was asked about what costs money or may arrive twice; otherwise that is refused, once.
    package var confirmed: Bool?

    package init(
        action: String, references: [String], state: String? = nil, channel: String? = nil, confirmed: Bool? = nil
    ) {
        self.action = action
        self.references = references
        self.state = state
        self.channel = channel
        self.confirmed = confirmed
    }
}

package struct InterventionReply: Codable, Hashable, Sendable {
    package var results: [Result]

    package init(results: [Result]) {
        self.results = results
    }

    package struct Result: Codable, Hashable, Sendable {
        package var reference: String
        package var done: Bool
        /// The state it has now; nil where there is no such submission.
        package var state: String?
        /// Codes: `needs_confirmation`, `not_found`, `not_permitted`, `not_possible`, `quota_exceeded`, `try_again`.
        package var error: ReasonView?

        package init(reference: String, done: Bool, state: String?, error: ReasonView?) {
            self.reference = reference
            self.done = done
            self.state = state
            self.error = error
        }

        enum CodingKeys: String, CodingKey {
            case reference, done, state, error
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reference, forKey: .reference)
            try container.encode(done, forKey: .done)
            try container.encode(state, forKey: .state)
            try container.encode(error, forKey: .error)
        }
    }
}
