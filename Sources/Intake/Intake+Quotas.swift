package import SupportDesk

/// What was handed in lately is counted, where the configuration sets limits.
extension Intake {
    /// Asks the journal what was handed in lately, so that a restart does not set the quotas back.
    func beginCounting(for quotas: Quotas) async throws {
        guard usage == nil, !quotas.isUnlimited else { return }
        let entries = try await journal.handedIn(since: clock.now - QuotaUsage.span)
        // Somebody else may have asked meanwhile, and have counted since.
        if usage == nil { usage = QuotaUsage(entries) }
    }

    func quota(_ uid: UInt32, _ license: String, _ tools: Tools) -> Reason? {
        usage?.take(uid, license, within: tools.quotas, at: clock.now) { tools.isAdministrator(uid) }
    }

    /// Counts a message that shall go once more: it is as good as a new one.
    ///
    /// - Returns: false where the user's quota, or the license's, is used up.
    package func mayRepeat(_ submission: Submission, by uid: UInt32) async throws -> Bool {
        let tools = tools()
        try await beginCounting(for: tools.quotas)
        return quota(uid, submission.license, tools) == nil
    }

    /// What was counted did not go once more after all.
    package func didNotRepeat(_ submission: Submission, by uid: UInt32) {
        usage?.giveBack(uid, submission.license, at: clock.now)
    }

    /// What the journal did not take does not count.
    func giveBack(_ batch: [Admission]) {
        for submission in batch.map(\.submission) where submission.isCounted {
            usage?.giveBack(submission.submitter.uid, submission.license, at: submission.receivedAt)
        }
    }
}

extension Submission {
    /// Whether it was counted when it was taken in: what is held, for whatever reason, was not.
    fileprivate var isCounted: Bool { [.report, .callback].contains(kind) && state == .queued }
}
