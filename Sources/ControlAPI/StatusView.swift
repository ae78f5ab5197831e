/// How the service does as a whole.
package struct StatusView: Codable, Hashable, Sendable {
    package var version: String
    package var startedAt: String
    /// How many submissions the caller may see in each state.
    package var counts: [String: Int]
    package var channels: [ChannelView]
    /// Set while nothing is taken in: why.
    package var intakeStopped: SentenceView?
    package var register: RegisterView?
    /// What waits for a person or for too long, newest first, at most ten.
    package var attention: [SubmissionView]
    /// The newest ten.
    package var newest: [SubmissionView]

    package init(
        version: String, startedAt: String, counts: [String: Int], channels: [ChannelView],
        intakeStopped: SentenceView?, register: RegisterView?, attention: [SubmissionView], newest: [SubmissionView]
    ) {
        self.version = version
        self.startedAt = startedAt
        self.counts = counts
        self.channels = channels
        self.intakeStopped = intakeStopped
        self.register = register
        self.attention = attention
        self.newest = newest
    }

    enum CodingKeys: String, CodingKey {
        case version
        case startedAt = "started_at"
        case counts, channels
        case intakeStopped = "intake_stopped"
        case register, attention, newest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(counts, forKey: .counts)
        try container.encode(channels, forKey: .channels)
        try container.encode(intakeStopped, forKey: .intakeStopped)
        try container.encode(register, forKey: .register)
        try container.encode(attention, forKey: .attention)
        try container.encode(newest, forKey: .newest)
    }
}

package struct ChannelView: Codable, Hashable, Sendable {
    package var name: String
    /// Whether submissions go out by it now.
    package var working: Bool
    /// Why not.
    package var fault: SentenceView?
    package var since: String?
    package var nextProbeAt: String?
    /// Why nothing is begun by it for now, although it works.
    package var pause: SentenceView?
    package var pausedUntil: String?

    package init(
        name: String, working: Bool, fault: SentenceView? = nil, since: String? = nil, nextProbeAt: String? = nil
    ) {
        self.name = name
        self.working = working
        self.fault = fault
        self.since = since
        self.nextProbeAt = nextProbeAt
    }

    enum CodingKeys: String, CodingKey {
        case name, working, fault, since
        case nextProbeAt = "next_probe_at"
        case pause
        case pausedUntil = "paused_until"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(working, forKey: .working)
        try container.encode(fault, forKey: .fault)
        try container.encode(since, forKey: .since)
        try container.encode(nextProbeAt, forKey: .nextProbeAt)
        try container.encode(pause, forKey: .pause)
        try container.encode(pausedUntil, forKey: .pausedUntil)
    }
}

package struct RegisterView: Codable, Hashable, Sendable {
    package var path: String
    package var licenses: Int
    /// Set where the newest file was refused and an older one is in use.
    package var fault: SentenceView?

    package init(path: String, licenses: Int, fault: SentenceView?) {
        self.path = path
        self.licenses = licenses
        self.fault = fault
    }

    enum CodingKeys: String, CodingKey {
        case path, licenses, fault
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encode(licenses, forKey: .licenses)
        try container.encode(fault, forKey: .fault)
    }
}
