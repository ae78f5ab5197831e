/// A report that was taken in, with a reference, a history and a state. What one row of the journal says.
package struct Submission: Hashable, Sendable {
    package var reference: Reference
    package var kind = Kind.report
    /// What a call-back, a reminder or a notice is about.
    package var related: Reference?
    package var state: State
    package var channel: ChannelName
    /// Normalised; masked where what was given is a secret and not a licence number; empty where none was given.
    package var license: String
    package var subject: String
    package var details: Report.Details
    package var priority: Priority
    package var source: Source
    package var submitter: Submitter
    package var language: Language
    package var receivedAt: Timestamp
    package var updatedAt: Timestamp
    package var nextAttemptAt: Timestamp?
    /// When the desk's answer is due: fixed when it was first relayed, and never moved afterwards.
    package var dueAt: Timestamp?
    /// What `dueAt` was computed from.
    package var dueCalendar: String?
    /// When it was said that the answer is overdue.
    package var overdueAt: Timestamp?
    package var relayedAt: Timestamp?
    package var deliveredAt: Timestamp?
    package var acknowledgedAt: Timestamp?
    package var answeredAt: Timestamp?
    /// With angle brackets, as in the header; nil for what was rejected before a message was made.
    package var messageID: String?
    package var remoteTicket: String?
    /// Bytes of report and attachments as they were dropped.
    package var size: Int
    package var attachments: [AttachmentSummary]
    package var reason: Reason?
    /// How many attempts were begun.
    package var attemptCount: Int
    package var notes: [Bilingual]
    /// The window of a call-back.
    package var slot: CallbackSlot?
    /// The desk promises an answer to it.
    package var isPromised = false
    /// An administrator let it go in spite of its license, which is not judged once more.
    package var isCleared = false

    package init(
        reference: Reference, state: State, channel: ChannelName, license: String, subject: String,
        details: Report.Details, priority: Priority, source: Source, submitter: Submitter, language: Language,
        receivedAt: Timestamp, size: Int, attachments: [AttachmentSummary], messageID: String? = nil,
        reason: Reason? = nil, notes: [Bilingual] = []
    ) {
        self.reference = reference
        self.state = state
        self.channel = channel
        self.license = license
        self.subject = subject
        self.details = details
        self.priority = priority
        self.source = source
        self.submitter = submitter
        self.language = language
        self.receivedAt = receivedAt
        updatedAt = receivedAt
        nextAttemptAt = state == .queued ? receivedAt : nil
        self.size = size
        self.attachments = attachments
        self.messageID = messageID
        self.reason = reason
        attemptCount = 0
        self.notes = notes
    }

    /// No answer was seen by the time one was due.
    package func isOverdue(at now: Timestamp) -> Bool {
        guard let dueAt, answeredAt == nil, !state.isTerminal else { return false }
        return dueAt < now
    }

    /// What is sent.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// What somebody reported.
        case report
        /// The wish to be called back, or a change of it.
        case callback
        /// Calls a call-back off that the desk knows of.
        case callbackCancellation = "callback_cancellation"
        /// Reminds the desk of an answer that is overdue.
        case reminder
        /// Tells the administrator of one.
        case notice

        /// Somebody asked for it; the others the service sends by itself.
        package var isAsked: Bool {
            switch self {
            case .report, .callback, .callbackCancellation: true
            case .reminder, .notice: false
            }
        }

        package var name: Bilingual {
            switch self {
            case .report: Bilingual(fr: "rapport", en: "report")
            case .callback: Bilingual(fr: "rappel téléphonique", en: "call-back")
            case .callbackCancellation: Bilingual(fr: "annulation de rappel", en: "call-back called off")
            case .reminder: Bilingual(fr: "relance de l'assistance", en: "reminder to the desk")
            case .notice: Bilingual(fr: "avis à l'administrateur", en: "notice to the administrator")
            }
        }
    }

    /// By which door a report came in.
    package enum Source: Hashable, Sendable {
        /// A file in the spool, by its name as far as it is text.
        case spool(file: String)
        /// `assistctl submit`.
        case control
    }

    /// Which local user handed it in.
    package struct Submitter: Hashable, Sendable {
        package var uid: UInt32
        /// The login name, or `uid:1234` for a user the machine no longer knows.
        package var name: String

        package init(uid: UInt32, name: String) {
            self.uid = uid
            self.name = name
        }
    }
}

/// What is kept of an attachment beside its content.
package struct AttachmentSummary: Hashable, Sendable, Codable {
    package var name: String
    /// Bytes.
    package var size: Int

    package init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}

/// One line of a submission's history.
package struct Event: Hashable, Sendable {
    /// Rises strictly over the whole journal, so that a reader can go on where it stopped.
    package var id: Int64
    package var reference: Reference
    package var at: Timestamp
    /// The state from then on.
    package var state: State
    /// What happened, as a sentence.
    package var text: Bilingual

    package init(id: Int64, reference: Reference, at: Timestamp, state: State, text: Bilingual) {
        self.id = id
        self.reference = reference
        self.at = at
        self.state = state
        self.text = text
    }
}
