/// What the control socket speaks: HTTP/1.1 and JSON over a Unix socket. `docs/control-api.md` tells it to others.
///
/// | request | answer |
/// |---|---|
/// | `GET /v1/status` | `StatusView` |
/// | `GET /v1/submissions?state=…&license=…&since=…&until=…&channel=…&search=…&limit=…&before=REF` | `SubmissionPage` |
/// | `POST /v1/submissions?channel=…&priority=…`, `multipart/form-data`: a part `report`, parts `attachment` | 201 or 422: `SubmissionView` |
/// | `GET /v1/submissions/REF` | `SubmissionView`, with details, description, notes and history |
/// | `GET /v1/submissions/REF/message` | the message's bytes, `message/rfc822` |
/// | `POST /v1/interventions`, `InterventionRequest` | `InterventionReply` |
/// | `GET /v1/events?after=ID&reference=…&wait=SECONDS` | `EventPage`, as soon as there is one or the wait is over |
/// | `GET /v1/licenses`, `GET /v1/licenses/NUMBER` | `LicensePage`, `LicenseView` |
/// | `GET /v1/doctor` | `DoctorView` |
///
/// Anything refused answers 4xx or 5xx with an `ErrorView`: 400 bad request, 403 not permitted, 404 no such thing,
/// 409 try again later, 413 too large, 503 the daemon cannot now.
package enum ControlAPI {
    package static let version = "v1"
}

/// Why a request was refused.
package struct ErrorView: Codable, Hashable, Sendable, Error {
    package var error: ReasonView

    package init(_ error: ReasonView) {
        self.error = error
    }
}

/// A page of `list`, newest first.
package struct SubmissionPage: Codable, Hashable, Sendable {
    package var submissions: [SubmissionView]
    /// Ask again with `before=` this; nil on the last page.
    package var next: String?

    package init(submissions: [SubmissionView], next: String?) {
        self.submissions = submissions
        self.next = next
    }
}

/// New events, oldest first, and where to go on.
package struct EventPage: Codable, Hashable, Sendable {
    package var events: [EventView]
    /// To be given as `after` next time.
    package var last: Int64

    package init(events: [EventView], last: Int64) {
        self.events = events
        self.last = last
    }
}

/// What a person asks to be done to one, several or all submissions.
package struct InterventionRequest: Codable, Hashable, Sendable {
    /// `retry`, `cancel`, `hold`, `release` or `resend`.
    package var action: String
    package var references: [String]
    /// With no references: every submission of the caller in this state.
    package var state: String?
    /// For `resend`.
    package var channel: String?

    package init(action: String, references: [String], state: String? = nil, channel: String? = nil) {
        self.action = action
        self.references = references
        self.state = state
        self.channel = channel
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
        /// Codes: `not_found`, `not_permitted`, `not_possible`, `try_again`.
        package var error: ReasonView?

        package init(reference: String, done: Bool, state: String?, error: ReasonView?) {
            self.reference = reference
            self.done = done
            self.state = state
            self.error = error
        }
    }
}
