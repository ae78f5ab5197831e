/// What became of a fax, as far as its gateway knows.
package struct FaxOutcome: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The other machine confirmed every page. That nobody need have read it is another matter.
        case delivered
        /// The gateway took it and tells nothing more.
        case relayed
        /// Surely no page left: another job may be tried later.
        case notSent(Cause)
        /// Refused for good, surely without a page sent.
        case refused(Refusal)
        /// Pages may have arrived: it is never sent again by itself.
        case uncertain(Doubt)
        /// Removed at the gateway before a page left.
        case calledOff
    }

    /// Why no page left.
    package enum Cause: String, Hashable, Sendable, CaseIterable {
        case busy
        case noAnswer
        /// Somebody or something answered that is no fax machine; or the number does not exist.
        case noFaxMachine
        /// The fax line itself is dead.
        case noDialTone
        /// The machines did not come to an understanding.
        case handshake
        /// The gateway's time for the job ran out before it could call.
        case outOfTime
        /// Something else of the line's.
        case line
    }

    /// Why a gateway does not take or send a job.
    package enum Refusal: String, Hashable, Sendable, CaseIterable {
        case document
        case number
        /// The account at the service has no credit left.
        case credit
        case job
    }

    /// Why nobody can tell what arrived.
    package enum Doubt: String, Hashable, Sendable, CaseIterable {
        /// Between the first page and the last.
        case brokeOff
        /// All was sent, and the last confirmation did not come.
        case unconfirmed
        /// The gateway took the job, and no longer knows of it.
        case vanished
        /// Nobody knows whether the gateway took it.
        case handover
        /// Another gateway is configured than the one that was given the job.
        case gatewayChanged
        /// The gateway says something this program does not understand, or failed without saying how far it came.
        case unclear
    }

    package var kind: Kind
    /// The gateway's last reply code, as 200; nil where there was none.
    package var code: Int?
    /// The gateway's own words. No control characters, no secrets.
    package var text: String
    /// How many calls were made, as far as known.
    package var calls: Int
    /// Pages confirmed.
    package var pages: Int
    package var totalPages: Int?

    /// Pages that cost something, as far as anybody knows.
    package var pagesSpent: Int {
        switch kind {
        case .relayed, .uncertain: max(pages, totalPages ?? 0)
        case .delivered, .notSent, .refused, .calledOff: pages
        }
    }

    package init(
        _ kind: Kind, code: Int? = nil, text: String, calls: Int = 0, pages: Int = 0, totalPages: Int? = nil
    ) {
        self.kind = kind
        self.code = code
        self.text = text
        self.calls = calls
        self.pages = pages
        self.totalPages = totalPages
    }
}

/// How far a fax is that a gateway works on.
package struct FaxProgress: Hashable, Sendable {
    /// Calls made so far; nil where the gateway does not tell.
    package var calls: Int?
    /// How many calls will be made at most.
    package var maximumCalls: Int?
    /// How the last call ended, where it did.
    package var cause: FaxOutcome.Cause?
    /// The gateway's own words about it; empty where it says nothing.
    package var text: String
    /// Another call is on, beyond those made.
    package var isCalling: Bool

    package init(
        calls: Int? = nil, maximumCalls: Int? = nil, cause: FaxOutcome.Cause? = nil, text: String = "",
        isCalling: Bool = false
    ) {
        self.calls = calls
        self.maximumCalls = maximumCalls
        self.cause = cause
        self.text = text
        self.isCalling = isCalling
    }
}
