import Logging
import Platform
import SupportDesk

/// Whether the channel is to be used: what opens its breaker, and what shows that it works again.
extension Courier {
    /// How often changes are looked for that may mend the channel.
    private static let lookAtSetup = Duration.seconds(2)

    /// Probes when it is time to, or as soon as something was changed here that the fault may come of.
    func waitToProbe() async -> Pause? {
        if probing != nil { return Pause(duration: nil) }
        let setup = await channel.setup()
        guard case .open(let fault, _, let probeAt) = breaker.position else { return nil }
        let isChanged = triedWith.map { $0 != setup } ?? false
        triedWith = setup
        let wait = isChanged ? .zero : probeAt - clock.now
        if wait > .zero { return Pause(duration: fault.mayBeMendedHere ? min(wait, Self.lookAtSetup) : wait) }
        if isChanged { breaker.hasten(to: clock.now) }
        // Beside the loop: a server that says nothing may take its time, the loop may not.
        probing = Task { await self.probe() }
        return Pause(duration: nil)
    }

    func probe() async {
        defer {
            probing = nil
            wake.raise()
        }
        if stopping { return }
        let connection = channel.makeConnection()
        connections[Self.prober] = connection
        let fault = await connection.probe()
        await connection.close()
        connections[Self.prober] = nil
        if let fault {
            breaker.trip(fault, at: clock.now, jitter: jitter())
            logger.debug("\(channel.name.rawValue) still unavailable: \(fault.explanation.english)")
        } else {
            breaker.probed()
            // What was begun before says nothing of now, and may take hours.
            beginning.removeAll()
        }
    }

    /// - Parameter reference: what shows it.
    func channelWorks(for reference: Reference) {
        triedWith = nil
        if suspicion != Suspicion() { suspicion.getsThrough(reference) }
        if breaker == Breaker() { return }
        breaker.reset()
        logger.notice("\(channel.name.rawValue) available again")
        wake.raise()
    }

    func trip(_ fault: ChannelFault, at now: Timestamp) {
        if breaker.position == .closed {
            logger.error("\(channel.name.rawValue) unavailable: \(fault.explanation.english)")
        }
        breaker.trip(fault, at: now, jitter: jitter())
    }
}
