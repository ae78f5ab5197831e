import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("Deliveries that take their time", .timeLimit(.minutes(1)))
struct LongDeliveryTests {
    private let folder: TemporaryFolder
    private let time = ManualTime(Sample.start + .seconds(60))
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let received = AttemptResult(
        FaxOutcome(.delivered, code: 200, text: "", calls: 2, pages: 3, totalPages: 3), endpoint: "fax")

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a courier for faxes until the test has seen what it wants.
    private func courier(
        over channel: ScriptedChannel, _ rules: Courier.Rules = Courier.Rules(), connections: Int = 1,
        sleeper: Sleeper = .system,
        _ body: (SQLiteJournal, Courier) async throws -> Void
    ) async throws {
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        let courier = Courier(
            channel: channel, journal: journal,
            settings: {
                var settings = Courier.Settings(connections: connections, policy: FaxPolicy())
                settings.stopWithin = .zero
                return settings
            }, rules: rules, clock: time.clock, sleeper: sleeper, jitter: { 0.5 }, logger: quiet)
        let group = ServiceGroup(services: [courier], logger: quiet)
        let running = Task { try await group.run() }
        try await body(journal, courier)
        await group.triggerGracefulShutdown()
        try await running.value
        try await journal.close()
    }

    private func admit(_ numbers: Int..., to journal: SQLiteJournal, _ courier: Courier) async throws {
        try await journal.admit(numbers.map { Sample.admission($0, channel: .fax) })
        courier.lookAgain()
    }

    private static func number(_ reference: Reference) -> Int {
        (1...3).first { Sample.admission($0).submission.reference == reference } ?? 0
    }

    private func reference(_ number: Int) -> Reference { Sample.admission(number).submission.reference }

    @Test("Each step is in the journal before the next; what was received is delivered, with what it cost")
    func steps() async throws {
        let channel = ScriptedChannel(.fax) { _, notes in
            guard await notes.note(.handingOver(endpoint: "fax", calls: 5)), await notes.note(.taken(job: "12")),
                await notes.note(.underWay(Bilingual(fr: "essai 2/5", en: "try 2/5")))
            else { return nil }
            return Self.received
        }
        let expected = Locked<[Timestamp]>([])
        let rules = Courier.Rules(
            due: { Due(at: $1 + .seconds(9), calendar: "c") },
            expectAnswer: { due in expected.withLock { $0.append(due) } })
        try await courier(over: channel, rules) { journal, courier in
            try await admit(1, to: journal, courier)
            let submission = try await journal.submission(reference(1)) { $0.state == .delivered }
            #expect(submission.deliveredAt == time.now && submission.relayedAt == time.now)
            #expect(submission.dueAt == time.now + .seconds(9))
            let history = try await journal.history(of: reference(1)).map(\.text.english)
            #expect(
                history.suffix(5) == [
                    "Sending (attempt 1)", "Handed to the gateway fax", "Taken by the gateway: job 12", "try 2/5",
                    "Fax received by the desk's machine: 3 pages confirmed",
                ])
            #expect(try await journal.faxUsage(since: Sample.start) == FaxUsage(calls: 2, pages: 3))
        }
        #expect(expected.current == [time.now + .seconds(9)])
    }

    @Test("What the peer works on when the service stops is taken up by the next run, before anything new")
    func takenUp() async throws {
        let first = ScriptedChannel(.fax) { _, notes in
            _ = await notes.note(.handingOver(endpoint: "fax", calls: 5))
            _ = await notes.note(.taken(job: "12"))
            return nil
        }
        try await courier(over: first) { journal, courier in
            try await admit(1, to: journal, courier)
            var deliveries = first.deliveries.makeAsyncIterator()
            _ = await deliveries.next()
        }
        let second = ScriptedChannel(.fax) { _, _ in Self.received }
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        #expect(try await journal.recover(at: time.now).isEmpty)
        #expect(try await journal.submission(reference(1))?.state == .sending)
        try await journal.admit([Sample.admission(2, channel: .fax)])
        try await journal.close()
        try await courier(over: second) { journal, _ in
            var deliveries = second.deliveries.makeAsyncIterator()
            let parcel = try #require(await deliveries.next())
            #expect(parcel.reference == reference(1) && parcel.attempt == 1)
            #expect(parcel.progress == AttemptProgress(endpoint: "fax", handedAt: time.now, job: "12"))
            #expect(await deliveries.next()?.reference == reference(2))
            _ = try await journal.submission(reference(1)) { $0.state == .delivered }
            #expect(try await journal.attempts(of: reference(1)).count == 1)
        }
    }

    @Test("What may have arrived is held for a person and never sent again")
    func uncertain() async throws {
        let channel = ScriptedChannel(.fax) { _, _ in
            AttemptResult(FaxOutcome(.uncertain(.unconfirmed), text: "No response to EOP", pages: 1), endpoint: "fax")
        }
        try await courier(over: channel) { journal, courier in
            try await admit(1, to: journal, courier)
            let held = try await journal.submission(reference(1)) { $0.state == .held }
            #expect(held.reason?.code == .uncertain && held.nextAttemptAt == nil)
            #expect(try await journal.nextDue(.fax) == nil)
        }
    }

    @Test("While faxes may not be begun, nothing is, and why is known; then it goes on")
    func closed() async throws {
        let isClosed = Locked(true)
        let why = Bilingual(fr: "plafond", en: "ceiling")
        var rules = Courier.Rules()
        let until = time.now + .seconds(600)
        let asked = AsyncStream<Void>.makeStream()
        rules.allowance = { _ in
            asked.continuation.yield()
            return isClosed.current ? .closed(until: until, why) : .open(1)
        }
        let channel = ScriptedChannel(.fax) { _, _ in Self.received }
        try await courier(over: channel, rules) { journal, courier in
            try await admit(1, to: journal, courier)
            var questions = asked.stream.makeAsyncIterator()
            // Asked once more after the fax came in, and again each time that somebody wakes it.
            await questions.next()
            courier.lookAgain()
            await questions.next()
            #expect(try await journal.submission(reference(1))?.state == .queued)
            #expect(await courier.closure?.why == why)
            isClosed.withLock { $0 = false }
            courier.lookAgain()
            _ = try await journal.submission(reference(1)) { $0.state == .delivered }
            #expect(await courier.closure == nil)
        }
    }

    @Test("What goes on by another channel is there at once, and that channel's courier is told")
    func changedChannel() async throws {
        let changed = AsyncStream<ChannelName>.makeStream()
        var rules = Courier.Rules()
        rules.changedChannel = { changed.continuation.yield($0) }
        let channel = ScriptedChannel(.fax) { _, _ in
            AttemptResult(FaxOutcome(.notSent(.busy), text: "busy", calls: 5), endpoint: "fax")
        }
        try await courier(over: channel, rules) { journal, courier in
            try await journal.admit([Sample.admission(1)])
            #expect(try await journal.fallBack(reference(1), Bilingual(fr: "a", en: "b"), at: time.now))
            courier.lookAgain()
            var changes = changed.stream.makeAsyncIterator()
            #expect(await changes.next() == .smtp)
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: time.now).first)
            #expect(claim.reference == reference(1) && claim.attempt == 2)
        }
    }

    @Test("A fax that is only being followed keeps nobody waiting after a fault")
    func followed() async throws {
        let release = AsyncStream<Void>.makeStream()
        let isFaulty = Locked(true)
        let second = reference(2)
        let channel = ScriptedChannel(.fax) { parcel, notes in
            if parcel.reference == second,
                isFaulty.withLock({ was in
                    defer { was = false }; return was
                })
            {
                return .unreachable
            }
            _ = await notes.note(.handingOver(endpoint: "fax", calls: 1))
            _ = await notes.note(.taken(job: "\(Self.number(parcel.reference))"))
            for await _ in release.stream { break }
            return nil
        }
        try await courier(over: channel, connections: 3, sleeper: time.sleeper) { journal, courier in
            try await admit(1, to: journal, courier)
            try await journal.history(of: reference(1), says: "Taken by the gateway: job 1")
            try await admit(2, to: journal, courier)
            try await time.passes {
                try await journal.history(of: reference(2), says: "Taken by the gateway: job 2")
            }
            release.continuation.finish()
        }
    }

    @Test("What a peer took opens the way for the others, long before its outcome is known")
    func trial() async throws {
        let release = AsyncStream<Void>.makeStream()
        let isFaulty = Locked(true)
        let channel = ScriptedChannel(.fax) { parcel, notes in
            if isFaulty.withLock({ was in
                defer { was = false }; return was
            }) {
                return .unreachable
            }
            _ = await notes.note(.handingOver(endpoint: "fax", calls: 5))
            _ = await notes.note(.taken(job: "\(Self.number(parcel.reference))"))
            for await _ in release.stream { break }
            return nil
        }
        try await courier(over: channel, connections: 3, sleeper: time.sleeper) { journal, courier in
            try await admit(1, 2, 3, to: journal, courier)
            // Its probe comes after a while.
            try await time.passes {
                for number in 1...3 {
                    try await journal.history(of: reference(number), says: "Taken by the gateway: job \(number)")
                }
            }
            release.continuation.finish()
        }
    }
}
