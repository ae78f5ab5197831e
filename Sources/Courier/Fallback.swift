package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Moves to fax what mail could not deliver in time: the longest waiting first, a few at a time, and only while faxes
/// can go out. So nothing waits for two channels at once, and what the fax line has no time for stays with the mail.
package actor Fallback: Service {
    /// What an administrator can change while it runs.
    package struct Settings: Sendable {
        /// How long a report waits for mail, in the desk's open hours.
        package var after: Duration
        package var calendar: BusinessCalendar

        package init(after: Duration, calendar: BusinessCalendar) {
            self.after = after
            self.calendar = calendar
        }
    }

    nonisolated package let heartbeat: Heartbeat
    private let journal: any Journal
    private let settings: @Sendable () -> Settings?
    private let mayFax: @Sendable (Submission) -> Bool
    private let room: @Sendable () async throws -> Int
    private let moved: @Sendable () -> Void
    private let returned: @Sendable () -> Void
    private let clock: WallClock
    private let sleeper: Sleeper
    private let logger: Logger
    private let wake = WakeSignal()
    /// Why nothing can be looked at; said once.
    private var trouble: Bilingual?

    /// - Parameters:
    ///   - settings: nil where nothing falls back.
    ///   - mayFax: whether a submission's license covers fax.
    ///   - room: how many faxes may wait or be under way at most, now; 0 where none may be begun.
    ///   - moved: something is due by fax.
    ///   - returned: something is due by mail again.
    package init(
        journal: any Journal, settings: @escaping @Sendable () -> Settings?,
        mayFax: @escaping @Sendable (Submission) -> Bool, room: @escaping @Sendable () async throws -> Int,
        moved: @escaping @Sendable () -> Void, returned: @escaping @Sendable () -> Void = {},
        clock: WallClock = .system, sleeper: Sleeper = .system, logger: Logger
    ) {
        self.journal = journal
        self.settings = settings
        self.mayFax = mayFax
        self.room = room
        self.returned = returned
        self.moved = moved
        self.clock = clock
        self.sleeper = sleeper
        self.logger = logger
        heartbeat = Heartbeat("fallback", wake: wake)
    }

    /// Settings changed.
    nonisolated package func lookAgain() {
        wake.raise()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.watch() }
    }

    private func watch() async {
        while !Task.isCancelled {
            heartbeat.beat()
            let pause = await round()
            if !Task.isCancelled { await wake.wait(upTo: pause, sleeper: sleeper) }
        }
    }

    /// One look at what waits; how long until the next, nil: until it is woken.
    private func round() async -> Duration? {
        let now = clock.now
        do {
            let settings = settings()
            let most = settings == nil ? 0 : try await room()
            // What cannot be begun by fax must not wait there while mail may work again.
            if most == 0, try await journal.returnFallbacks(Self.back, at: now) > 0 { returned() }
            guard let settings else { return nil }
            let room = most - (try await journal.load(of: .fax))
            trouble = nil
            guard room > 0 else { return interval(settings) }
            // Open time is never longer than time: what has not waited that long by the clock need not be looked at.
            var late: [Waiting] = []
            // Those whose license does not cover fax keep nobody waiting who comes behind them.
            for page in 0..<Self.pages where late.count < room {
                let waiting = try await journal.waitingForMail(
                    queuedBefore: now - settings.after, skipping: page * Self.look, limit: Self.look)
                late += waiting.filter {
                    settings.calendar.elapsed(from: $0.since, to: now) >= settings.after && mayFax($0.submission)
                }
                if waiting.count < Self.look { break }
            }
            for one in late.prefix(room) { try await move(one.submission, settings) }
            return interval(settings)
        } catch {
            if trouble != error.inWords {
                logger.critical("cannot look for what mail does not deliver: \(error.inWords.english)")
            }
            trouble = error.inWords
            return .seconds(60)
        }
    }

    private static let back = Bilingual(
        fr: "Aucun fax ne peut partir pour l'instant : repart par courriel",
        en: "No fax can be begun at the moment: goes by mail again")

    private func move(_ submission: Submission, _ settings: Settings) async throws {
        let hours = settings.after.words
        let text = Bilingual(
            fr: "Le courriel n'a pas pu être remis en \(hours) d'ouverture de l'assistance : part par fax",
            en: "Mail could not be delivered within \(hours) of the desk's open time: goes by fax")
        guard try await journal.fallBack(submission.reference, text, at: clock.now) else { return }
        logger.warning("\(text.english)", metadata: ["reference": "\(submission.reference)"])
        moved()
    }

    private func interval(_ settings: Settings) -> Duration {
        min(.seconds(60), max(settings.after / 2, .milliseconds(100)))
    }

    /// How many of those that wait are read at a time, and how often in one go.
    private static let look = 200
    private static let pages = 25
}

extension Duration {
    /// For people, rounded to what they would say in either language.
    fileprivate var words: String {
        let minutes = wholeMilliseconds / 60_000
        if minutes < 1 { return "\(wholeMilliseconds / 1000) s" }
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min"
    }
}
