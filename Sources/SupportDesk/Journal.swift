/// The truth about every submission. Two implementations pass one suite of tests; nothing else keeps state.
///
/// What a method has returned is durable: synced, and there after a power cut. Writes that are asked for at the
/// same time share a transaction. Errors are the journal's own: the caller stops rather than guesses.
package protocol Journal: Sendable {
    /// Why nothing can be written any more until the program is started again; nil while all is well.
    var failure: (any Explained)? { get }

    // MARK: Intake

    /// Takes submissions in, each with its content and first event, all of them or none.
    ///
    /// - Parameter inLine: called once they stand in line to be written: what is asked for from then on comes behind them,
    ///   and may share their sync.
    func admit(_ admissions: [Admission], inLine: @escaping @Sendable () -> Void) async throws

    /// What was admitted and whose files may still lie in the drop zone: after a crash the files are dealt with
    /// from here and are not taken a second time.
    func takenFiles() async throws -> [Taken]

    /// The files of these submissions are gone from the drop zone, durably.
    func forgetTaken(_ references: [Reference]) async throws

    /// What people handed in since an instant, counted; what was refused, or held for a quota, is left out.
    func handedIn(since: Timestamp) async throws -> [QuotaUsage.Entry]

    // MARK: Courier

    /// What an earlier run left in `sending`: nobody knows how it ended. Each goes back to the queue with its attempt
    /// marked `uncertain`. One that had failed before waits a minute for each failure, at most two hours, and ten seconds
    /// more for each such one before it: it may be what stopped the program. After the fifth such end in a row it is
    /// `held` for a person, reason `uncertain`.
    ///
    /// A fax that was not handed over yet goes back as if it had not been tried; one that was stays as it is, for
    /// `underWay`.
    func recover(at now: Timestamp) async throws -> [Reference]

    /// Takes up to `limit` submissions that are due and journals the attempt of each: in order of rank, but that every
    /// other one goes by `Turns`.
    func claim(_ channel: ChannelName, limit: Int, at now: Timestamp) async throws -> [Claim]

    /// What an earlier run handed to a peer that may be working on it, oldest first, with how far it was.
    func underWay(_ channel: ChannelName) async throws -> [Claim]

    /// Writes a step of an attempt. False, and nothing written, where the attempt is no longer the one under way.
    func note(_ step: AttemptStep, of claim: Claim, at now: Timestamp) async throws -> Bool

    /// What was spent on faxes handed over since an instant.
    func faxUsage(since: Timestamp) async throws -> FaxUsage

    /// Gives back claims that were never begun: the attempt is taken back too.
    func unclaim(_ claims: [Claim], at now: Timestamp) async throws

    /// Turns back what must not be sent after all: the attempt is taken back too, and the submission is held or rejected.
    func turnBack(_ claim: Claim, to state: State, for reason: Reason, at now: Timestamp) async throws

    /// Writes what became of an attempt. False, and nothing written, where the submission has moved on meanwhile.
    @discardableResult
    func conclude(_ verdict: Verdict) async throws -> Bool

    /// As `conclude` and a `claim` of one, in one transaction: whoever carries one after the other waits for one sync
    /// between two of them.
    func conclude(_ verdict: Verdict, thenClaim channel: ChannelName, at now: Timestamp) async throws -> Claim?

    /// The clock was set back to this instant. What was told to wait by the clock as it stood before waits no longer than
    /// it was meant to, from now. How many there were.
    func clockWasSetBack(_ channel: ChannelName, to now: Timestamp) async throws -> Int

    /// The earliest instant at which something of this channel is due; nil where nothing waits.
    func nextDue(_ channel: ChannelName) async throws -> Timestamp?

    // MARK: Fallback

    /// What waits to be sent by mail since before an instant, was reported by somebody, and never went to fax for that;
    /// longest first.
    ///
    /// - Parameter skipping: so many of the longest waiting are left out.
    func waitingForMail(queuedBefore: Timestamp, skipping: Int, limit: Int) async throws -> [Waiting]

    /// How many submissions wait for this channel or are being sent by it.
    func load(of channel: ChannelName) async throws -> Int

    /// Moves back to mail what fell back to fax and was not begun there; it may fall back again. How many there were.
    func returnFallbacks(_ text: Bilingual, at now: Timestamp) async throws -> Int

    /// Moves what waits for mail to fax. False, and nothing written, where it no longer waits.
    func fallBack(_ reference: Reference, _ text: Bilingual, at now: Timestamp) async throws -> Bool

    // MARK: Deadlines

    /// The earliest instant at which an answer is due that was neither seen nor called overdue; nil where there is none.
    func nextDeadline() async throws -> Timestamp?

    /// Whose answer was due before an instant, was not seen, and was not called overdue yet; earliest first.
    func missed(before now: Timestamp, limit: Int) async throws -> [Submission]

    /// Calls a submission overdue, and takes in what is sent on that account, both or neither. False, and nothing
    /// written, where that was done before or an answer came meanwhile.
    func markOverdue(_ reference: Reference, _ text: Bilingual, sending followUps: [Admission], at now: Timestamp)
        async throws -> Bool

    /// True for the first who wants to say something, and never again.
    func isFirstToSay(_ what: String, at now: Timestamp) async throws -> Bool

    // MARK: People

    /// Does what a person asks, if the submission's state allows it, and the person may.
    func intervene(
        _ intervention: Intervention, in reference: Reference, by actor: String, isAdministrator: Bool,
        at now: Timestamp
    ) async throws -> Result<Submission, Intervention.Refusal>

    // MARK: Reading

    func submission(_ reference: Reference) async throws -> Submission?
    func submissions(_ query: SubmissionQuery) async throws -> [Submission]
    /// The attempts of each of these, the first one first; none for what was never tried.
    func attempts(of references: [Reference]) async throws -> [Reference: [Attempt]]
    func history(of reference: Reference) async throws -> [Event]
    /// The description as it was written; nil where the submission has none or it was purged.
    func description(of reference: Reference) async throws -> String?
    /// The message exactly as it is sent; nil where there is none or it was purged.
    func message(of reference: Reference) async throws -> Parcel.Content?
    /// The request for a call-back, its changes and its cancellation, oldest first.
    func slots(of origin: Reference) async throws -> [Submission]
    /// Figures over what was received since an instant; only those of one user where `uid` is given.
    func statistics(since: Timestamp?, submittedBy uid: UInt32?, at now: Timestamp) async throws -> Statistics
    /// How many submissions are in each state; only those of one user where `uid` is given.
    func counts(submittedBy uid: UInt32?) async throws -> [State: Int]

    /// Events after a given one, oldest first.
    func events(after id: Int64, limit: Int) async throws -> [Event]
    /// Of the next `limit` events after a given one those about one user's submissions, oldest first, and how far they
    /// were looked through.
    func events(after id: Int64, limit: Int, of uid: UInt32) async throws -> (events: [Event], last: Int64)
    /// Events after a given one about some submissions, oldest first.
    func events(after id: Int64, limit: Int, about references: Set<Reference>) async throws -> [Event]
    /// Of the next `limit` events after a given one, what moved by them, as it stands now; nil where there are none.
    ///
    /// Each submission comes once, with the text of its last event. One that moved again since comes with what follows:
    /// whoever falls behind catches up with fewer steps.
    func moved(since id: Int64, limit: Int) async throws -> Moved?
    /// The newest event's id; 0 in an empty journal.
    func lastEvent() async throws -> Int64
    /// Fires after each commit that added events; several commits may fire once.
    func changes() -> AsyncStream<Void>

    /// A reader of the event log remembers how far it came. Durable like every other write.
    func bookmark(_ name: String) async throws -> Int64
    func setBookmark(_ name: String, to id: Int64) async throws
}

extension Journal {
    package func admit(_ admissions: [Admission]) async throws { try await admit(admissions) {} }

    /// The attempts of one, the first one first.
    package func attempts(of reference: Reference) async throws -> [Attempt] {
        try await attempts(of: [reference])[reference] ?? []
    }

    /// What an administrator asks.
    package func intervene(
        _ intervention: Intervention, in reference: Reference, by actor: String, at now: Timestamp
    ) async throws -> Result<Submission, Intervention.Refusal> {
        try await intervene(intervention, in: reference, by: actor, isAdministrator: true, at: now)
    }
}
