/// Keeps a channel that is out of order from being hammered: closed lets work through, open holds it back until
/// an instant, then a probe decides whether one submission may try. Pure: it is told the time.
package struct Breaker: Hashable, Sendable {
    package enum Position: Hashable, Sendable {
        case closed
        /// Nothing goes out; a probe may at `probeAt`.
        case open(ChannelFault, since: Timestamp, probeAt: Timestamp)
    }

    package private(set) var position = Position.closed
    /// Faults since the last submission that got through.
    private var failures = 0

    package init() {}

    /// A probe got through, but no submission has yet: one may try. Some faults show only at MAIL.
    package var isOnTrial: Bool { position == .closed && failures > 0 }

    /// A fault was met: by an attempt, or by a probe.
    package mutating func trip(_ fault: ChannelFault, at now: Timestamp, jitter: Double) {
        // Several connections meet the same fault at once; only the first of them, and each probe, counts.
        if case .open(_, let since, let probeAt) = position {
            guard now >= probeAt else { return }
            failures += 1
            position = .open(fault, since: since, probeAt: now + wait(for: fault, jitter: jitter))
        } else {
            failures += 1
            position = .open(fault, since: now, probeAt: now + wait(for: fault, jitter: jitter))
        }
    }

    /// The clock stands at this instant. Where it was set back, the next probe need not wait for what it was before.
    package mutating func clockStands(at now: Timestamp) {
        guard case .open(let fault, let since, let probeAt) = position, probeAt - now > Self.longest else { return }
        position = .open(fault, since: min(since, now), probeAt: now)
    }

    /// What the fault may come of was changed here: the next probe is due now, and waits begin anew.
    package mutating func hasten(to now: Timestamp) {
        guard case .open(let fault, let since, _) = position else { return }
        failures = 1
        position = .open(fault, since: since, probeAt: now)
    }

    /// A probe got through.
    package mutating func probed() {
        position = .closed
    }

    /// The channel works: a submission met no fault.
    package mutating func reset() {
        failures = 0
        position = .closed
    }

    private static let longest = Duration.seconds(300)

    /// A refused login may lock an account, so it is tried rarely; a missing server is cheap to ask.
    private func wait(for fault: ChannelFault, jitter: Double) -> Duration {
        let (first, ceiling): (Duration, Duration) =
            switch fault.kind {
            case .unreachable: (.milliseconds(250), failures > 600 ? .seconds(15) : .seconds(1))
            case .busy: (.seconds(5), .seconds(120))
            case .tls, .configuration: (.seconds(5), .seconds(60))
            case .authentication: (.seconds(15), Self.longest)
            }
        return min(first * (1 << min(failures - 1, 10)), ceiling) * (0.9 + 0.1 * jitter)
    }
}
