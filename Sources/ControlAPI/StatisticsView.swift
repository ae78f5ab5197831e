/// Figures over what was handed in. Times are in seconds.
package struct StatisticsView: Codable, Hashable, Sendable {
    /// Since when; nil for all.
    package var since: String?
    package var total: Int
    /// How many are in each state, by its name.
    package var states: [String: Int]
    package var channels: [String: Int]
    /// From reception until it was relayed.
    package var delivery: SpreadView
    /// From the relaying until the answer.
    package var response: SpreadView
    package var answered: Int
    package var answeredInTime: Int
    /// Of all due times that are over or were met, how many were met: 0 to 1; nil where there are none.
    package var shareInTime: Double?
    package var overdue: Int

    package init(
        since: String?, total: Int, states: [String: Int], channels: [String: Int], delivery: SpreadView,
        response: SpreadView, answered: Int, answeredInTime: Int, shareInTime: Double?, overdue: Int
    ) {
        self.since = since
        self.total = total
        self.states = states
        self.channels = channels
        self.delivery = delivery
        self.response = response
        self.answered = answered
        self.answeredInTime = answeredInTime
        self.shareInTime = shareInTime
        self.overdue = overdue
    }

    enum CodingKeys: String, CodingKey {
        case since, total, states, channels, delivery, response, answered
        case answeredInTime = "answered_in_time"
        case shareInTime = "share_in_time"
        case overdue
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(since, forKey: .since)
        try container.encode(total, forKey: .total)
        try container.encode(states, forKey: .states)
        try container.encode(channels, forKey: .channels)
        try container.encode(delivery, forKey: .delivery)
        try container.encode(response, forKey: .response)
        try container.encode(answered, forKey: .answered)
        try container.encode(answeredInTime, forKey: .answeredInTime)
        try container.encode(shareInTime, forKey: .shareInTime)
        try container.encode(overdue, forKey: .overdue)
    }

    /// Lengths of time, in seconds; nil where there is nothing to measure.
    package struct SpreadView: Codable, Hashable, Sendable {
        package var count: Int
        package var median: Double?
        package var percentile95: Double?
        package var longest: Double?

        package init(count: Int, median: Double?, percentile95: Double?, longest: Double?) {
            self.count = count
            self.median = median
            self.percentile95 = percentile95
            self.longest = longest
        }

        enum CodingKeys: String, CodingKey {
            case count, median
            case percentile95 = "p95"
            case longest
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(count, forKey: .count)
            try container.encode(median, forKey: .median)
            try container.encode(percentile95, forKey: .percentile95)
            try container.encode(longest, forKey: .longest)
        }
    }
}
