/// Counts the rounds of a loop, so that a watchdog can tell a loop that goes round from one that hangs.
package final class Heartbeat: Sendable {
    package let name: String
    private let wake: WakeSignal
    private let rounds = Locked<UInt64>(0)

    /// - Parameter wake: what makes the loop go round once more when it has nothing to do.
    package init(_ name: String, wake: WakeSignal) {
        self.name = name
        self.wake = wake
    }

    /// The loop says that it came round.
    package func beat() {
        rounds.withLock { $0 &+= 1 }
    }

    /// How often it came round so far.
    package var count: UInt64 { rounds.current }

    /// Asks the loop for a round; `count` shows later whether it came.
    package func nudge() { wake.raise() }
}
