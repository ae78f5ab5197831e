/// One try over one channel.
package struct Attempt: Hashable, Sendable {
    /// Counts from 1 for each submission.
    package var number: Int
    package var channel: ChannelName
    /// The peer, as in `mail.example.fr:587`; empty before it is known.
    package var endpoint: String
    package var startedAt: Timestamp
    /// nil while it is under way.
    package var endedAt: Timestamp?
    package var result: AttemptResult?
    /// How it does while it is under way, as the peer last said; nil where nothing was heard.
    package var progress: String?
    /// The peer's name for what it works on.
    package var job: String?

    package init(
        number: Int, channel: ChannelName, endpoint: String, startedAt: Timestamp, endedAt: Timestamp? = nil,
        result: AttemptResult? = nil
    ) {
        self.number = number
        self.channel = channel
        self.endpoint = endpoint
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.result = result
    }
}

/// How an attempt ended, in the peer's own words.
package struct AttemptResult: Hashable, Sendable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// The peer took it.
        case accepted
        /// The peer refused it for good.
        case refused
        /// Not now.
        case deferred
        /// The peer may have taken it: the answer was lost (RFC 1047).
        case uncertain
    }

    package var outcome: Outcome
    /// The peer's reply code, as 250 or 451; nil where there was no reply.
    package var code: Int?
    /// RFC 3463, as in `4.7.1`.
    package var enhancedCode: String?
    /// The peer's own words, or what went wrong below them. No control characters, no secrets.
    package var text: String
    /// Why a refusal refuses.
    package var reason: Reason.Code?
    /// Set where the fault is not the submission's but the channel's: every other one would meet it too.
    package var fault: ChannelFault?
    /// The peer, as in `mail.example.fr:587`.
    package var endpoint: String
    /// What became of it as a fax; nil for mail.
    package var fax: FaxOutcome?

    package init(
        _ outcome: Outcome, code: Int? = nil, enhancedCode: String? = nil, text: String,
        reason: Reason.Code? = nil, fault: ChannelFault? = nil, endpoint: String = ""
    ) {
        self.outcome = outcome
        self.code = code
        self.enhancedCode = enhancedCode
        self.text = text
        self.reason = reason
        self.fault = fault
        self.endpoint = endpoint
    }
}

/// A fault of the channel as a whole. It opens the channel's breaker and never fails a submission.
package struct ChannelFault: Explained, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// No connection, or it broke before the greeting: name, route, port.
        case unreachable
        /// The server says come back later (421, or a refused greeting).
        case busy
        /// No STARTTLS where it is required, or a certificate that cannot be trusted.
        case tls
        /// The login was refused, or not offered although one is configured.
        case authentication
        /// Set up wrongly here: an unreadable password file, an address that is none.
        case configuration
    }

    package var kind: Kind
    package var explanation: Bilingual

    package init(_ kind: Kind, fr french: String, en english: String) {
        self.kind = kind
        explanation = Bilingual(fr: french, en: english)
    }

    /// Whether a changed file or setting of this machine may mend it.
    package var mayBeMendedHere: Bool {
        switch kind {
        case .tls, .authentication, .configuration: true
        case .unreachable, .busy: false
        }
    }
}
