/// What the control socket speaks: HTTP/1.1 and JSON over a Unix socket. `docs/control-api.md` tells it to others.
///
/// | request | answer |
/// |---|---|
/// | `GET /v1/status` | `StatusView` |
/// | `GET /v1/submissions?state=…&license=…&since=…&until=…&channel=…&search=…&overdue=1&limit=…&before=REF` | `SubmissionPage` |
/// | `POST /v1/submissions?channel=…&priority=…`, `multipart/form-data`: a part `report`, parts `attachment` | 201 or 422: `SubmissionView` |
/// | `GET /v1/submissions/REF` | `SubmissionView`, with details, description, notes and history |
/// | `GET /v1/submissions/REF/message` | the message's bytes, `message/rfc822` |
/// | `POST /v1/callbacks`, `CallbackOrder` | 201 or 422: `CallbackReply` |
/// | `GET /v1/stats?since=…` | `StatisticsView` |
/// | `POST /v1/interventions`, `InterventionRequest` | `InterventionReply` |
/// | `GET /v1/events?after=ID&reference=…&wait=SECONDS` | `EventPage`, as soon as there is one or the wait is over |
/// | `GET /v1/licenses`, `GET /v1/licenses/NUMBER` | `LicensePage`, `LicenseView` |
/// | `GET /v1/doctor` | `DoctorView` |
///
/// `state=` and `reference=` may be given several times. `before=` is the `next` of the page before. Events without
/// `after=`: at once none, and the newest ID as `last`, which is where a reader starts. Times are ISO 8601.
///
/// Anything refused answers 4xx or 5xx with an `ErrorView`: 400 bad request, 403 not permitted, 404 no such thing,
/// 413 too large, 503 the daemon cannot now.
package enum ControlAPI {
    package static let version = "v1"
    /// The version of assistd and assistctl, as `--version` prints it.
    package static let programVersion = "0.1.0"
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

    enum CodingKeys: String, CodingKey {
        case submissions, next
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(submissions, forKey: .submissions)
        try container.encode(next, forKey: .next)
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
