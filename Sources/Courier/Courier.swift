package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Carries what is due over one channel: claims, hands to connections, writes what became of it.
///
/// It decides nothing itself: `RetryPolicy` says what a result does to a submission, `Breaker` whether the channel
/// is to be used at all.
package actor Courier: Service {
    /// What an administrator can change while it runs.
    package struct Settings: Sendable {
        package var connections: Int
        package var policy: any DeliveryPolicy
        /// What waits longer than this is named in the log at each further failure.
        package var warnAfter = Duration.seconds(3600)
        /// How long a stop waits for transactions under way before it breaks them off.
        package var stopWithin = Duration.seconds(20)

        package init(connections: Int, policy: any DeliveryPolicy) {
            self.connections = connections
            self.policy = policy
        }
    }

    nonisolated package let heartbeat: Heartbeat
    private let channel: any Channel
    private let journal: any Journal
    private let settings: @Sendable () -> Settings
    private let rules: Rules
    private let clock: WallClock
    private let sleeper: Sleeper
    private let jitter: @Sendable () -> Double
    private let logger: Logger
    private let wake = WakeSignal()

    private var breaker = Breaker()
    private var suspicion = Suspicion()
    /// What the channel's login and its like depended on when it was last tried in vain; nil while it is in use.
    private var triedWith: Int?
    private var idle: [CheckedContinuation<Claim?, Never>] = []
    private var connections: [Int: any ChannelConnection] = [:]
    /// Claims being carried, begun since the last probe that got through.
    private var beginning: [Reference: Timestamp] = [:]
    /// What an earlier run handed over: asked about before anything new is begun.
    private var leftOver: [Claim] = []
    /// Until when, and why, nothing is begun.
    private var pause: (until: Timestamp, why: Bilingual)?
    /// Why nothing can be claimed.
    private var trouble: Bilingual?
    /// The clock at the last look.
    private var lookedAt: Timestamp?
    private let stopRequest = Locked(false)
    private var stopping: Bool { stopRequest.current }
    private var probing: Task<Void, Never>?
    private static let prober = -1
    /// How long what goes ahead after a fault keeps the others waiting.
    private static let trialPatience = Duration.seconds(30)
    /// How often changes are looked for that may mend the channel.
    private static let lookAtSetup = Duration.seconds(2)

    package init(
        channel: any Channel, journal: any Journal, settings: @escaping @Sendable () -> Settings,
        rules: Rules = Rules(), clock: WallClock = .system, sleeper: Sleeper = .system,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, logger: Logger
    ) {
        self.channel = channel
        self.journal = journal
        self.settings = settings
        self.rules = rules
        self.clock = clock
        self.sleeper = sleeper
        self.jitter = jitter
        self.logger = logger
        heartbeat = Heartbeat("courier-\(channel.name.rawValue)", wake: wake)
    }

    /// Something may be due: a submission was taken in, released or tried anew, or settings changed.
    nonisolated package func lookAgain() {
        wake.raise()
    }

    /// Whether the channel is in use, and if not, why and until when.
    package var condition: Breaker.Position { breaker.position }

    /// After a fault, nothing got through yet.
    package var isOnTrial: Bool { breaker.isOnTrial }

    /// Until when, and why, nothing is begun although the channel is in order.
    package var closure: (until: Timestamp, why: Bilingual)? { pause }

    /// Works until the service group shuts down: then nothing new is begun, what is under way may end, and what
    /// cannot end in time is broken off.
    package func run() async throws {
        leftOver = try await journal.underWay(channel.name)
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for number in 0..<max(1, settings().connections) {
                    group.addTask { await self.work(number) }
                }
                await self.dispatch()
            }
            await self.probing?.value
        } onCancelOrGracefulShutdown: {
            // At once, so that no loop goes round on a wait that a cancelled task no longer does.
            self.stopRequest.withLock { $0 = true }
            Task { await self.stop() }
        }
    }

    private func stop() async {
        dismissIdle()
        connections[Self.prober]?.interrupt()
        wake.raise()
        guard await sleeper.sleep(settings().stopWithin) else { return }
        for connection in connections.values { connection.interrupt() }
    }

    // MARK: Giving out work

    private func dispatch() async {
        while !stopping {
            heartbeat.beat()
            if let pause = await round() { await wake.wait(upTo: pause.duration, sleeper: sleeper) }
        }
        dismissIdle()
    }

    /// How long the dispatcher may sleep; nil duration: until it is woken.
    private struct Pause {
        var duration: Duration?
    }

    /// One look at what is to do; nil: look again at once.
    private func round() async -> Pause? {
        if !leftOver.isEmpty {
            while !stopping, !leftOver.isEmpty, let worker = idle.popLast() {
                worker.resume(returning: leftOver.removeFirst())
            }
            return Pause(duration: nil)
        }
        breaker.clockStands(at: clock.now)
        if breaker.position != .closed { return await waitToProbe() }
        // After a fault one submission alone goes ahead; its result says whether the others may follow.
        // One that is kept waiting counts no longer after a while: the server may have something against it alone.
        let now = clock.now
        let onTrial = beginning.values.filter { now - $0 < Self.trialPatience && $0 <= now }.count
        var limit = breaker.isOnTrial ? min(1 - onTrial, idle.count) : idle.count
        guard limit > 0 else { return Pause(duration: breaker.isOnTrial && !idle.isEmpty ? Self.trialPatience : nil) }
        do {
            try await noticeClock()
            if let allowance = try await rules.allowance?(clock.now) {
                switch allowance {
                case .open(let most): limit = min(limit, max(1, most))
                case .closed(let until, let why):
                    note(pause: (until, why))
                    return Pause(duration: min(max(until - clock.now, .milliseconds(1)), .seconds(60)))
                }
            }
            note(pause: nil)
            let claims = try await journal.claim(channel.name, limit: limit, at: clock.now)
            trouble = nil
            await handOut(claims)
            if !claims.isEmpty { return nil }
            guard let due = try await journal.nextDue(channel.name) else { return Pause(duration: nil) }
            // Never for long: the machine's clock may be set meanwhile.
            let wait = min(due - clock.now, .seconds(60))
            return wait > .zero ? Pause(duration: wait) : nil
        } catch {
            if trouble != error.inWords { logger.critical("cannot claim: \(error.inWords.english)") }
            trouble = error.inWords
            return Pause(duration: journal.failure == nil ? .seconds(1) : .seconds(60))
        }
    }

    private func noticeClock() async throws {
        let now = clock.now
        // At the start nobody knows how the clock stood before.
        if lookedAt.map({ now < $0 }) ?? true {
            let count = try await journal.clockWasSetBack(channel.name, to: now)
            if count > 0 { logger.warning("\(channel.name.rawValue): the clock was set back; \(count) wait anew") }
        }
        lookedAt = now
    }

    /// Probes when it is time to, or as soon as something was changed here that the fault may come of.
    private func waitToProbe() async -> Pause? {
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

    private func note(pause new: (until: Timestamp, why: Bilingual)?) {
        if pause?.why != new?.why {
            let words = new.map { "nothing is begun until \($0.until): \($0.why.english)" } ?? "sending again"
            logger.notice("\(channel.name.rawValue): \(words)")
        }
        pause = new
    }

    private func handOut(_ claims: [Claim]) async {
        var rest = claims[...]
        while !stopping, let claim = rest.first, let worker = idle.popLast() {
            rest = rest.dropFirst()
            beginning[claim.reference] = clock.now
            worker.resume(returning: claim)
        }
        if !rest.isEmpty { await giveBack(Array(rest)) }
    }

    private func probe() async {
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
    private func channelWorks(for reference: Reference) {
        suspicion.getsThrough(reference)
        triedWith = nil
        if breaker == Breaker() { return }
        breaker.reset()
        logger.notice("\(channel.name.rawValue) available again")
        wake.raise()
    }

    // MARK: Working

    private func work(_ number: Int) async {
        let connection = channel.makeConnection()
        connections[number] = connection
        while let claim = await nextClaim() {
            if claim.progress == nil, let objection = rules.objection(claim, clock.now) {
                await turnBack(claim, objection)
            } else if let result = await connection.deliver(claim.parcel, noting: notes(of: claim)) {
                await settle(claim, result)
            }
            beginning[claim.reference] = nil
        }
        await connection.close()
        connections[number] = nil
    }

    /// Where the connection writes how far it is.
    private func notes(of claim: Claim) -> AttemptNotes {
        AttemptNotes {
            await self.note($0, of: claim)
        } isWelcome: {
            // The others need not wait for what becomes of it.
            Task { await self.channelWorks(for: claim.reference) }
        }
    }

    private func note(_ step: AttemptStep, of claim: Claim) async -> Bool {
        let now = clock.now
        let isCurrent = Locked(false)
        let isWritten = await insist("note") {
            let isTrue = try await journal.note(step, of: claim, at: now)
            isCurrent.withLock { $0 = isTrue }
        }
        if case .taken = step { channelWorks(for: claim.reference) }
        if isWritten {
            logger.info(
                "\(step.sentence.english)",
                metadata: ["reference": "\(claim.reference)", "attempt": "\(claim.attempt)"])
        }
        return isWritten && isCurrent.current
    }

    private func nextClaim() async -> Claim? {
        if stopping { return nil }
        return await withCheckedContinuation { worker in
            idle.append(worker)
            wake.raise()
        }
    }

    private func dismissIdle() {
        for worker in idle { worker.resume(returning: nil) }
        idle.removeAll()
    }

    private func settle(_ claim: Claim, _ result: AttemptResult) async {
        var result = result
        if stopping, result.outcome == .deferred, result.code == nil, result.fax == nil, claim.progress == nil {
            // Broken off by the stop before anything was decided: it was no attempt.
            await giveBack([claim])
            return
        }
        let now = clock.now
        var earliest = now
        if let fault = result.fault {
            switch suspicion.meets(claim.reference) {
            case .submission: result.fault = nil
            case .channelPerhaps:
                earliest = now + Suspicion.standBack
                trip(fault, at: now)
            case .channel: trip(fault, at: now)
            }
        } else if result.code != nil || result.outcome == .accepted {
            // The peer answered; what went wrong on this side alone says nothing about it.
            channelWorks(for: claim.reference)
        }
        var verdict = settings().policy.verdict(on: result, of: claim, at: now, jitter: jitter())
        if verdict.channel == nil { verdict.nextAttemptAt = verdict.nextAttemptAt.map { max($0, earliest) } }
        if result.outcome == .accepted { verdict.due = rules.due(claim, now) }
        if verdict.state != .queued || verdict.channel != nil { suspicion.forget(claim.reference) }
        let decided = verdict
        guard await insist("conclude", { try await journal.conclude(decided) }) else {
            logger.critical(
                "its outcome is not in the journal; the next start takes it for uncertain",
                metadata: ["reference": "\(claim.reference)", "outcome": "\(result.outcome.rawValue)"])
            return
        }
        if let due = decided.due { rules.expectAnswer(due.at) }
        if let other = decided.channel { rules.changedChannel(other) }
        log(verdict, waitedFor: now - claim.queuedAt)
    }

    private func trip(_ fault: ChannelFault, at now: Timestamp) {
        if breaker.position == .closed {
            logger.error("\(channel.name.rawValue) unavailable: \(fault.explanation.english)")
        }
        breaker.trip(fault, at: now, jitter: jitter())
    }

    /// What waited is judged once more before it goes: a contract may have ended meanwhile.
    private func turnBack(_ claim: Claim, _ objection: Objection) async {
        let now = clock.now
        let isWritten = await insist("turn back") {
            try await journal.turnBack(claim, to: objection.state, for: objection.reason, at: now)
        }
        guard isWritten else { return }
        logger.notice(
            "not sent: \(objection.reason.text.english)",
            metadata: [
                "reference": "\(claim.reference)", "state": "\(objection.state.rawValue)",
                "reason": "\(objection.reason.code.rawValue)",
            ])
    }

    private func giveBack(_ claims: [Claim]) async {
        await insist("give back") { try await journal.unclaim(claims, at: clock.now) }
    }

    /// What is known must be written: a full disk is waited for. When the service stops first, the next start finds
    /// the submission in `sending` and calls it uncertain, which is the truth then.
    @discardableResult
    private func insist(_ what: String, _ write: () async throws -> some Any) async -> Bool {
        var said: Bilingual?
        while true {
            do {
                _ = try await write()
                return true
            } catch {
                if said != error.inWords { logger.critical("cannot \(what): \(error.inWords.english)") }
                said = error.inWords
                if stopping || journal.failure != nil { return false }
                _ = await sleeper.sleep(.seconds(1))
            }
        }
    }

    private func log(_ verdict: Verdict, waitedFor age: Duration) {
        let level: Logger.Level =
            switch verdict.state {
            case .relayed, .delivered: .info
            case .failed: .error
            case .held: .warning
            default: age >= settings().warnAfter ? .warning : .notice
            }
        var metadata: Logger.Metadata = [
            "reference": "\(verdict.reference)", "state": "\(verdict.state.rawValue)",
            "attempt": "\(verdict.attempt)", "outcome": "\(verdict.result.outcome.rawValue)",
        ]
        if let next = verdict.nextAttemptAt { metadata["next"] = "\(next)" }
        logger.log(level: level, "\(verdict.text.english)", metadata: metadata)
    }
}
