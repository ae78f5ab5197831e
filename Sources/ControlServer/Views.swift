package import ControlAPI
package import SupportDesk

extension SubmissionView {
    /// What the journal says of a submission, in the keys of the visible contract, without the secrets in it.
    package init(_ submission: Submission, attempts: [Attempt], now: Timestamp) {
        let submission = submission.masked
        let source: String
        let file: String?
        switch submission.source {
        case .spool(let name): (source, file) = ("spool", name)
        case .control: (source, file) = ("control", nil)
        }
        self.init(
            reference: "\(submission.reference)", state: submission.state.rawValue,
            channel: submission.channel.rawValue, license: submission.license, subject: submission.subject,
            priority: submission.priority.rawValue, source: source, submitter: submission.submitter.name,
            receivedAt: "\(submission.receivedAt)", updatedAt: "\(submission.updatedAt)", size: submission.size)
        self.file = file
        company = submission.details.company
        nextAttemptAt = submission.nextAttemptAt?.description
        dueAt = submission.dueAt?.description
        overdue = submission.isOverdue(at: now)
        kind = submission.kind.rawValue
        related = submission.related?.description
        callback = submission.slot.map { slot in
            CallbackView(
                start: "\(slot.start)", end: "\(slot.end)", sequence: slot.sequence, origin: "\(slot.origin)")
        }
        relayedAt = submission.relayedAt?.description
        deliveredAt = submission.deliveredAt?.description
        acknowledgedAt = submission.acknowledgedAt?.description
        answeredAt = submission.answeredAt?.description
        messageID = submission.messageID
        remoteTicket = submission.remoteTicket
        attachments = submission.attachments.map { AttachmentView(name: $0.name, size: $0.size) }
        reason = submission.reason.map { ReasonView($0) }
        self.attempts = attempts.map { AttemptView($0, in: submission.language) }
    }
}

extension ReasonView {
    init(_ reason: Reason) {
        self.init(code: reason.code.rawValue, text: reason.text.english, textFR: reason.text.french)
    }
}

extension AttemptView {
    init(_ attempt: Attempt, in language: Language) {
        self.init(
            number: attempt.number, channel: attempt.channel.rawValue, endpoint: attempt.endpoint,
            startedAt: "\(attempt.startedAt)")
        endedAt = attempt.endedAt?.description
        outcome = attempt.result?.outcome.rawValue
        code = attempt.result?.code
        enhancedCode = attempt.result?.enhancedCode
        // A server may quote what it refuses.
        text = (attempt.result?.text ?? attempt.progress)?.masked(in: language)
        job = attempt.job?.withoutTag
    }
}

extension EventView {
    init(_ event: Event) {
        let text = event.text.masked
        self.init(
            id: event.id, reference: "\(event.reference)", at: "\(event.at)", state: event.state.rawValue,
            text: text.english, textFR: text.french)
    }
}

extension SentenceView {
    package init(_ sentence: Bilingual) {
        self.init(text: sentence.english, textFR: sentence.french)
    }
}

extension StatisticsView {
    init(_ statistics: Statistics, since: Timestamp?) {
        self.init(
            since: since?.description, total: statistics.total,
            states: Dictionary(
                uniqueKeysWithValues: State.allCases.map { ($0.rawValue, statistics.byState[$0] ?? 0) }),
            channels: Dictionary(
                uniqueKeysWithValues: ChannelName.allCases.map { ($0.rawValue, statistics.byChannel[$0] ?? 0) }),
            delivery: SpreadView(statistics.delivery), response: SpreadView(statistics.response),
            answered: statistics.byState[.answered] ?? 0, answeredInTime: statistics.answeredInTime,
            shareInTime: statistics.shareInTime, overdue: statistics.overdue)
    }
}

extension StatisticsView.SpreadView {
    init(_ spread: Statistics.Spread) {
        func seconds(_ duration: Duration?) -> Double? { duration.map { Double($0.wholeMilliseconds) / 1000 } }
        self.init(
            count: spread.count, median: seconds(spread.median), percentile95: seconds(spread.percentile95),
            longest: seconds(spread.longest))
    }
}

extension Report.Details {
    /// The fields by their English names, without those that are empty.
    var byName: [String: String] {
        var fields: [String: String] = [:]
        for other in others { fields[other.name] = other.value }
        let known: [(String, String?)] = [
            ("company", company), ("contact", contact), ("email", email), ("phone", phone), ("partner", partner),
            ("product", product), ("module", module), ("version", version), ("callback", callback),
            ("sender_reference", senderReference),
        ]
        for (name, value) in known { fields[name] = value ?? fields[name] }
        return fields
    }
}
