/// What the desk promises: an answer within so much of its open time. Pure: the time is given.
package struct ResponsePromise: Sendable {
    package var calendar: BusinessCalendar
    /// Open time.
    package var response: Duration
    /// What is kept beside each due time.
    private let terms: String

    package init(calendar: BusinessCalendar, response: Duration) {
        self.calendar = calendar
        self.response = response
        terms = "\(response.wholeMilliseconds / 60_000) min; \(calendar)"
    }

    /// When the answer to a submission is due that the desk's side took at an instant; nil where none is promised.
    package func due(for claim: Claim, relayedAt instant: Timestamp) -> Due? {
        switch claim.kind {
        case .report where claim.isPromised:
            calendar.deadline(from: instant, after: response).map { Due(at: $0, calendar: terms) }
        case .callback:
            claim.slotEnd.map { Due(at: $0, calendar: terms) }
        case .report, .callbackCancellation, .reminder, .notice: nil
        }
    }
}

/// When an answer is due, and what that was computed from.
package struct Due: Hashable, Sendable {
    package var at: Timestamp
    package var calendar: String

    package init(at: Timestamp, calendar: String) {
        self.at = at
        self.calendar = calendar
    }
}
