/// How many connections to a peer are of use at a time: as many as are configured and have work, fewer where the peer says
/// that it has enough, and then one more at a time for as long as it is welcome. Pure: it is told the time.
package struct Crowd: Hashable, Sendable {
    /// The most that may be in use now.
    package private(set) var limit: Int
    private var most: Int
    /// Taken in a row since the limit was last changed.
    private var streak = 0
    /// Until when the peer's word holds.
    private var heldUntil: Timestamp?
    /// How long a peer that had enough is spared another connection.
    package static let hold = Duration.seconds(60)

    /// - Parameter most: how many there are where the peer does not complain.
    package init(most: Int) {
        self.most = max(1, most)
        limit = self.most
    }

    /// Another number is configured.
    package mutating func allow(_ most: Int) {
        let most = max(1, most)
        if limit == self.most { limit = most }
        self.most = most
        limit = min(limit, most)
    }

    /// The peer took something: once its word no longer holds, a whole round that was taken allows one more.
    ///
    /// - Returns: whether there may be more now.
    package mutating func accepted(at now: Timestamp) -> Bool {
        guard limit < most else { return false }
        streak += 1
        // Where the clock was set back, it holds no longer than was meant.
        if let heldUntil, now < heldUntil, heldUntil - now <= Self.hold { return false }
        guard streak >= limit else { return false }
        limit += 1
        streak = 0
        return true
    }

    /// The peer said that it had enough for now (421, 450).
    ///
    /// - Parameter others: how many were in use beside the one it said so to.
    package mutating func pushedBack(at now: Timestamp, others: Int) {
        limit = max(1, min(others, limit - 1))
        streak = 0
        heldUntil = now + Self.hold
    }
}
