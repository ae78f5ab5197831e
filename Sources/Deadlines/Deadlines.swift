package import Logging
package import Mail
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Watches the calendar: says, once each, whose answer is overdue and whose contract is about to end.
///
/// What was said is in the journal, in one transaction with the mails that follow from it, so that neither a crash nor a
/// second look says it again.
package actor Deadlines: Service {
    /// What the composition gives; asked anew at each look, so that a reload takes effect.
    package struct Tools: Sendable {
        /// Where the desk is.
        package var zone: Zone
        /// The desk's.
        package var language: Language
        package var composer: MailComposer
        /// Whether the desk is reminded.
        package var isDeskReminded: Bool
        /// Who is told; nil tells nobody.
        package var administrator: Mailbox?
        package var register: Register?
        package var entitlement: EntitlementRules

        package init(
            zone: Zone, language: Language, composer: MailComposer, isDeskReminded: Bool, administrator: Mailbox?,
            register: Register?, entitlement: EntitlementRules
        ) {
            self.zone = zone
            self.language = language
            self.composer = composer
            self.isDeskReminded = isDeskReminded
            self.administrator = administrator
            self.register = register
            self.entitlement = entitlement
        }
    }

    nonisolated package let heartbeat: Heartbeat
    private let journal: any Journal
    private let tools: @Sendable () -> Tools
    let newReference: @Sendable () async -> Reference
    private let queued: @Sendable () -> Void
    private let clock: WallClock
    private let sleeper: Sleeper
    private let logger: Logger
    private let wake = WakeSignal()
    /// Until when the loop means to sleep.
    private let awaited = Locked<Timestamp?>(nil)
    /// The day on which contracts were looked through, and the register they stand in.
    private var contractsSeen: (day: CalendarDate, register: Register?)?
    private static let page = 100

    /// - Parameters:
    ///   - reference: gives a new one.
    ///   - queued: called when mails were queued; wakes the courier.
    package init(
        journal: any Journal, tools: @escaping @Sendable () -> Tools,
        reference: @escaping @Sendable () async -> Reference, queued: @escaping @Sendable () -> Void,
        clock: WallClock = .system, sleeper: Sleeper = .system, logger: Logger
    ) {
        self.journal = journal
        self.tools = tools
        newReference = reference
        self.queued = queued
        self.clock = clock
        self.sleeper = sleeper
        self.logger = logger
        heartbeat = Heartbeat("deadlines", wake: wake)
    }

    /// An answer is due at an instant; nothing is done where an earlier one is awaited.
    nonisolated package func expect(_ due: Timestamp) {
        let isEarlier = awaited.withLock { awaited in
            guard awaited.map({ due < $0 }) ?? true else { return false }
            awaited = due
            return true
        }
        if isEarlier { wake.raise() }
    }

    /// Settings or the register changed.
    package func lookAgain() {
        contractsSeen = nil
        wake.raise()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.watch() }
    }

    private func watch() async {
        var isTroubled = false
        while !Task.isCancelled {
            heartbeat.beat()
            var pause = Duration.seconds(5)
            do {
                pause = try await round()
                isTroubled = false
            } catch {
                if !isTroubled { logger.critical("cannot watch deadlines: \(error.inWords.english)") }
                isTroubled = true
            }
            if pause > .zero { await wake.wait(upTo: pause, sleeper: sleeper) }
        }
    }

    /// One look at everything.
    ///
    /// - Returns: how long nothing is to be done.
    private func round() async throws -> Duration {
        let tools = tools()
        let now = clock.now
        try await warnOfContracts(tools, at: now)
        for submission in try await journal.missed(before: now, limit: Self.page) {
            try await callOverdue(submission, tools, at: now)
            heartbeat.beat()
        }
        awaited.withLock { $0 = nil }
        let next = try await journal.nextDeadline()
        awaited.withLock { awaited in
            // One may have been announced meanwhile.
            awaited = [awaited, next].compactMap { $0 }.min()
        }
        let midnight = tools.zone.nextMidnight(after: now)
        guard let next else { return midnight - now }
        // Never for long while an answer is awaited: the machine's clock may be set meanwhile.
        return min(next - now + .milliseconds(1), midnight - now, .seconds(60))
    }

    private func callOverdue(_ submission: Submission, _ tools: Tools, at now: Timestamp) async throws {
        let due = submission.dueAt.map { tools.zone.longText($0) } ?? Bilingual(fr: "?", en: "?")
        let followUps = try await followUps(of: submission, tools, at: now)
        let text = Bilingual(
            fr: "En retard : aucune réponse vue avant le \(due.french)",
            en: "Overdue: no answer seen by \(due.english)")
        guard try await journal.markOverdue(submission.reference, text, sending: followUps, at: now) else { return }
        logger.warning(
            "overdue: no answer seen by \(due.english)",
            metadata: ["reference": "\(submission.reference)", "license": "\(submission.license)"])
        for followUp in followUps {
            logger.info(
                "queued",
                metadata: [
                    "reference": "\(followUp.submission.reference)", "kind": "\(followUp.submission.kind.rawValue)",
                    "about": "\(submission.reference)",
                ])
        }
        if !followUps.isEmpty { queued() }
    }

    /// Says once of each contract that it ends within two weeks.
    private func warnOfContracts(_ tools: Tools, at now: Timestamp) async throws {
        let today = tools.zone.day(now)
        // Equal at once where it is the same register as before.
        if let seen = contractsSeen, seen.day == today, seen.register == tools.register { return }
        for entry in tools.register?.entries ?? [] {
            let entitlement = tools.entitlement.assess(entry, for: .mail, version: nil, on: today)
            guard let warning = entitlement.endsSoon, let last = entitlement.coveredUntil,
                try await journal.isFirstToSay("end \(entry.license) \(last)", at: now)
            else { continue }
            logger.warning(
                "\(warning.english)",
                metadata: ["license": "\(entry.license)", "company": "\((entry.company ?? "").harmless)"])
        }
        contractsSeen = (today, tools.register)
    }
}

extension Zone {
    /// When the next day begins.
    fileprivate func nextMidnight(after instant: Timestamp) -> Timestamp {
        let tomorrow = day(instant).adding(days: 1)
        return self.instant(CivilTime(year: tomorrow.year, month: tomorrow.month, day: tomorrow.day))
    }
}
