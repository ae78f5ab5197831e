/// Figures over submissions; what the service sent by itself is not counted.
package struct Statistics: Hashable, Sendable {
    package var byState: [State: Int] = [:]
    package var byChannel: [ChannelName: Int] = [:]
    /// From reception until it was relayed.
    package var delivery = Spread()
    /// From the relaying until the answer.
    package var response = Spread()
    /// Answered with a due time, and by it.
    package var answeredInTime = 0
    /// Answered with a due time.
    package var answeredWithDueTime = 0
    /// Not answered although the due time is over.
    package var overdue = 0

    package init() {}

    package var total: Int { byState.values.reduce(0, +) }

    /// Of all due times that are over or were met, how many were met; nil where there are none.
    package var shareInTime: Double? {
        let all = answeredWithDueTime + overdue
        return all == 0 ? nil : Double(answeredInTime) / Double(all)
    }

    /// Lengths of time, by what half and nearly all of them do not exceed.
    package struct Spread: Hashable, Sendable {
        package var count = 0
        package var median: Duration?
        /// What 95 of 100 do not exceed.
        package var percentile95: Duration?
        package var longest: Duration?

        package init() {}

        /// The nearest rank of a sorted list (https://en.wikipedia.org/wiki/Percentile): from 1.
        package static func rank(_ percent: Int, of count: Int) -> Int { max(1, (count * percent + 99) / 100) }
    }
}
