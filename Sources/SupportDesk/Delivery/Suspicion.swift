/// Tells faults of the channel from those that one submission meets while others get through: a server may have
/// something against a single message, and say it in words that sound like all of them. Pure.
package struct Suspicion: Hashable, Sendable {
    package enum Judgement: Hashable, Sendable {
        /// It keeps its turn.
        case channel
        /// It met one before; others go first for a while, and show whose fault it is.
        case channelPerhaps
        /// Others got through each time: the channel is in order.
        case submission
    }

    /// How long others go first.
    package static let standBack = Duration.seconds(60)
    /// Others must have got through so often between its faults.
    static let proof = 3

    /// Which met a fault since something got through.
    private var met: Set<Reference> = []
    /// How often each met a fault and another one then got through.
    private var strikes: [Reference: Int] = [:]

    package init() {}

    /// A submission met what looks like a fault of the channel.
    package mutating func meets(_ reference: Reference) -> Judgement {
        let before = strikes[reference, default: 0]
        if before >= Self.proof { return .submission }
        let isNew = met.insert(reference).inserted
        return isNew && before == 0 ? .channel : .channelPerhaps
    }

    /// A submission is out of the queue: when a person lets it try anew, it begins without a past.
    package mutating func forget(_ reference: Reference) {
        strikes[reference] = nil
        met.remove(reference)
    }

    /// A submission got through, or was told something that is about itself alone.
    package mutating func getsThrough(_ reference: Reference) {
        strikes[reference] = nil
        met.remove(reference)
        for other in met { strikes[other, default: 0] += 1 }
        met.removeAll()
    }
}
