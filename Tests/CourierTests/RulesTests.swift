import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("The desk's rules at the courier", .timeLimit(.minutes(1)))
struct RulesTests {
    /// Runs a courier under some rules until the test has seen what it wants.
    private func courier(
        _ rules: Courier.Rules, answering result: AttemptResult,
        _ body: (SQLiteJournal, ScriptedChannel) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        let channel = ScriptedChannel { _ in result }
        let time = ManualTime(Sample.start + .seconds(60))
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let courier = Courier(
            channel: channel, journal: journal, settings: { .init(connections: 1, policy: RetryPolicy()) },
            rules: rules,
            clock: time.clock, sleeper: time.sleeper, jitter: { 0.5 }, logger: quiet)
        try await journal.admit([Sample.admission(1, license: "1111"), Sample.admission(2, license: "2222")])
        let group = ServiceGroup(services: [courier], logger: quiet)
        let running = Task { try await group.run() }
        try await body(journal, channel)
        await group.triggerGracefulShutdown()
        try await running.value
        try await journal.close()
    }

    @Test("what must not be sent after all is held and never handed over; the others go")
    func objection() async throws {
        let reason = Reason(.contractExpired, fr: "Échu", en: "Expired")
        let rules = Courier.Rules(objection: { claim, _ in claim.license == "1111" ? Objection(.held, reason) : nil })
        try await courier(rules, answering: .accepted) { journal, channel in
            let (first, second) = (Sample.admission(1).submission.reference, Sample.admission(2).submission.reference)
            let held = try await journal.submission(first) { $0.state == .held }
            #expect(held.reason == reason && held.attemptCount == 0)
            _ = try await journal.submission(second) { $0.state == .relayed }
            var deliveries = channel.deliveries.makeAsyncIterator()
            #expect(await deliveries.next()?.reference == second)
        }
    }

    @Test("an answer is due from the moment it was relayed, and whoever watches is told")
    func due() async throws {
        let expected = Locked<[Timestamp]>([])
        let rules = Courier.Rules(
            due: { claim, now in claim.license == "1111" ? Due(at: now + .seconds(99), calendar: "c") : nil },
            expectAnswer: { due in expected.withLock { $0.append(due) } })
        try await courier(rules, answering: .accepted) { journal, _ in
            let relayed = try await journal.submission(Sample.admission(1).submission.reference) {
                $0.state == .relayed
            }
            #expect(relayed.dueAt == relayed.relayedAt.map { $0 + .seconds(99) })
            #expect(relayed.dueCalendar == "c")
            let other = try await journal.submission(Sample.admission(2).submission.reference) { $0.state == .relayed }
            #expect(other.dueAt == nil)
            #expect(expected.current == [Sample.start + .seconds(159)])
        }
    }

    @Test("nothing is due to what was put off or refused", arguments: [AttemptResult.deferred, .refused])
    func notDue(result: AttemptResult) async throws {
        let asked = Locked(0)
        let rules = Courier.Rules(due: { _, now in
            asked.withLock { $0 += 1 }
            return Due(at: now, calendar: "c")
        })
        try await courier(rules, answering: result) { journal, _ in
            let tried = try await journal.submission(Sample.admission(2).submission.reference) {
                $0.attemptCount == 1 && $0.state != .sending
            }
            #expect(tried.dueAt == nil)
            #expect(asked.current == 0)
        }
    }
}
