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
    let channel: any Channel
    let journal: any Journal
    let settings: @Sendable () -> Settings
    let rules: Rules
    let clock: WallClock
    let sleeper: Sleeper
    let jitter: @Sendable () -> Double
    let logger: Logger
    let wake = WakeSignal()

    var breaker = Breaker() { didSet { noteDoubt() } }
    var suspicion = Suspicion() { didSet { noteDoubt() } }
    /// Whether it is news that the peer works.
    let isInDoubt = Locked(false)
    /// What the channel's login and its like depended on when it was last tried in vain; nil while it is in use.
    var triedWith: Int?
    private var idle: [CheckedContinuation<Claim?, Never>] = []
    var connections: [Int: any ChannelConnection] = [:]
    /// How many connections are of use.
    var crowd: Crowd
    /// Claims being carried, and since when.
    var atWork: [Reference: Timestamp] = [:]
    /// Claims being carried, begun since the last probe that got through.
    var beginning: [Reference: Timestamp] = [:]
    /// What an earlier run handed over: asked about before anything new is begun.
    private(set) var leftOver: [Claim] = []
    /// Until when, and why, nothing is begun.
    private var pause: (until: Timestamp, why: Bilingual)?
    /// Why nothing can be claimed.
    private var trouble: Bilingual?
    /// The clock at the last look.
    private var lookedAt: Timestamp?
    private let stopRequest = Locked(false)
    var stopping: Bool { stopRequest.current }
    var probing: Task<Void, Never>?
    static let prober = -1
    /// How long what goes ahead after a fault keeps the others waiting.
    private static let trialPatience = Duration.seconds(30)

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
        crowd = Crowd(most: settings().connections)
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
    struct Pause {
        var duration: Duration?
    }

    /// One look at what is to do; nil: look again at once.
    private func round() async -> Pause? {
        if !leftOver.isEmpty {
            while !stopping, !leftOver.isEmpty, let worker = idle.popLast() {
                let claim = leftOver.removeFirst()
                atWork[claim.reference] = clock.now
                worker.resume(returning: claim)
            }
            return Pause(duration: nil)
        }
        breaker.clockStands(at: clock.now)
        if breaker.position != .closed { return await waitToProbe() }
        // After a fault one submission alone goes ahead; its result says whether the others may follow.
        // One that is kept waiting counts no longer after a while: the server may have something against it alone.
        let now = clock.now
        let onTrial = beginning.values.count { Self.counts($0, at: now) }
        crowd.allow(settings().connections)
        var limit = min(idle.count, crowd.limit - busyCount(at: now))
        if breaker.isOnTrial { limit = min(limit, 1 - onTrial) }
        guard limit > 0 else { return Pause(duration: idle.isEmpty ? nil : Self.trialPatience) }
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
        if wasClockSetBack(at: now) {
            let count = try await journal.clockWasSetBack(channel.name, to: now)
            if count > 0 { logger.warning("\(channel.name.rawValue): the clock was set back; \(count) wait anew") }
        }
        lookedAt = now
    }

    /// How many connections are in use, as far as they count.
    func busyCount(at now: Timestamp) -> Int { atWork.values.count { Self.counts($0, at: now) } }

    /// What takes its time keeps no others waiting for long.
    static func counts(_ begun: Timestamp, at now: Timestamp) -> Bool {
        now - begun < trialPatience && begun <= now
    }

    private func noteDoubt() {
        let isInDoubt = breaker != Breaker() || suspicion != Suspicion()
        self.isInDoubt.withLock { $0 = isInDoubt }
    }

    /// Since the last look; at the start nobody knows how it stood before.
    func wasClockSetBack(at now: Timestamp) -> Bool { lookedAt.map { now < $0 } ?? true }

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
            atWork[claim.reference] = clock.now
            worker.resume(returning: claim)
        }
        if !rest.isEmpty { await giveBack(Array(rest)) }
    }

    func nextClaim() async -> Claim? {
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
}
