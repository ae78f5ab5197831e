/// A submission that is about to be sent; its attempt is journalled.
package struct Claim: Hashable, Sendable {
    package var reference: Reference
    /// This attempt's number, from 1.
    package var attempt: Int
    /// How many attempts since it was last queued by a person failed on the submission's own account.
    package var failures: Int
    /// When it was queued: on reception, or when a person had it tried anew. Giving up counts from here.
    package var queuedAt: Timestamp
    package var content: Parcel.Content
    package var kind = Submission.Kind.report
    /// Normalised.
    package var license = ""
    /// The software's, as the report has it.
    package var version: String?
    /// The desk promises an answer to it.
    package var isPromised = false
    /// A person let it go.
    package var isCleared = false
    /// The end of a call-back's window.
    package var slotEnd: Timestamp?
    /// Set where an earlier run began this attempt and the peer may be working on it.
    package var progress: AttemptProgress?
    /// It goes by fax because mail could not deliver it in time.
    package var isFallback = false

    package init(reference: Reference, attempt: Int, failures: Int, queuedAt: Timestamp, content: Parcel.Content) {
        self.reference = reference
        self.attempt = attempt
        self.failures = failures
        self.queuedAt = queuedAt
        self.content = content
    }

    package var parcel: Parcel {
        var parcel = Parcel(
            reference: reference, attempt: attempt, content: content,
            recipient: kind == .notice ? .administrator : .desk)
        parcel.progress = progress
        parcel.isFallback = isFallback
        return parcel
    }
}

/// A submission in the queue, and since when.
package struct Waiting: Hashable, Sendable {
    package var submission: Submission
    package var since: Timestamp

    package init(_ submission: Submission, since: Timestamp) {
        self.submission = submission
        self.since = since
    }
}
