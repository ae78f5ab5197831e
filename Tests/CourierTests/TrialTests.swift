import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("Nothing is held up by one submission", .timeLimit(.minutes(1)))
struct TrialTests {
    private let folder: TemporaryFolder
    private let time = ManualTime(Sample.start + .seconds(60))
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let busy = AttemptResult(
        .deferred, code: 421, text: "Busy", fault: ChannelFault(.busy, fr: "occupé", en: "busy"), endpoint: "desk:25")

    init() throws {
        folder = try TemporaryFolder()
    }

    private func reference(_ number: Int) -> Reference { Sample.admission(number).submission.reference }

    /// Runs a courier for mail until the test has seen what it wants.
    ///
    /// - Parameter timePasses: whether time goes by itself; otherwise the test moves it on.
    private func courier(
        over channel: (SQLiteJournal) -> ScriptedChannel, connections: Int = 1, _ numbers: ClosedRange<Int>,
        timePasses: Bool = true, _ body: (SQLiteJournal, Courier, ScriptedChannel) async throws -> Void
    ) async throws {
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        try await journal.admit(numbers.map { Sample.admission($0) })
        let channel = channel(journal)
        let courier = Courier(
            channel: channel, journal: journal,
            settings: {
                var settings = Courier.Settings(connections: connections, policy: RetryPolicy())
                settings.stopWithin = .zero
                return settings
            }, clock: time.clock, sleeper: time.sleeper, jitter: { 0.5 }, logger: quiet)
        let group = ServiceGroup(services: [courier], logger: quiet)
        let running = Task { try await group.run() }
        func end() async {
            await group.triggerGracefulShutdown()
            try? await running.value
        }
        if timePasses {
            try await time.passes {
                try await body(journal, courier, channel)
                await end()
            }
        } else {
            try await body(journal, courier, channel)
            await time.passes { await end() }
        }
        try await journal.close()
    }

    @Test(
        "One that meets what looks like the channel's fault each time lets the others through, and in the end is alone")
    func poison() async throws {
        let poisoned = reference(1)
        let poison = Self.busy
        let next = Locked(31)
        let channel = { (journal: SQLiteJournal) in
            ScriptedChannel { parcel in
                guard parcel.reference == poisoned else { return .accepted }
                // Each time there is another one to show that the channel works.
                let number = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                try? await journal.admit([Sample.admission(number)])
                return poison
            }
        }
        try await courier(over: channel, 1...30) { journal, courier, _ in
            _ = try await journal.submission(poisoned) { $0.state == .queued && $0.attemptCount >= 7 }
            // Twice in a row, then the others: five seconds and ten, no more.
            for number in 2...30 {
                let relayedAt = try #require(try await journal.submission(reference(number))?.relayedAt)
                #expect(relayedAt - Sample.start - .seconds(60) < .seconds(20))
            }
            let attempts = try await journal.attempts(of: poisoned).prefix(7)
            #expect(attempts.map { $0.result?.fault?.kind } == [.busy, .busy, .busy, .busy, nil, nil, nil])
            #expect(attempts.allSatisfy { $0.result?.code == 421 && $0.result?.outcome == .deferred })
            // From the second fault on others go first for a minute; then its own waits begin.
            let starts = attempts.map(\.startedAt)
            let waits = zip(starts, starts.dropFirst()).map { $1 - $0 }
            #expect(waits[1...3].allSatisfy { $0 >= .seconds(60) && $0 < .seconds(90) })
            #expect(waits[4...] == [.seconds(60), .seconds(300)])
            let condition = await courier.condition
            #expect(condition == .closed)
        }
    }

    @Test("What is on trial lets the others go as soon as the server waits for it, whatever becomes of it")
    func welcome() async throws {
        let release = WakeSignal()
        let first = Locked(true)
        let slow = reference(1)
        let channel = { (journal: SQLiteJournal) in
            ScriptedChannel(.smtp) { parcel, notes in
                let isFirst = first.withLock { was in
                    defer { was = false }
                    return was
                }
                if isFirst {
                    try? await journal.admit((2...10).map { Sample.admission($0) })
                    return Self.busy
                }
                if parcel.reference == slow {
                    notes.isWelcome()
                    await release.wait()
                }
                return .accepted
            }
        }
        try await courier(over: channel, connections: 3, 1...1) { journal, courier, _ in
            try await journal.count(of: .relayed, reaches: 9)
            #expect(try await journal.submission(slow)?.state == .sending)
            let isOnTrial = await courier.isOnTrial
            #expect(!isOnTrial)
            release.raise()
            try await journal.count(of: .relayed, reaches: 10)
        }
    }

    @Test(
        "Whatever the peer answers shows that it works; what goes wrong on this side says nothing of it",
        arguments: [
            (AttemptResult.deferred, false), (.refused, false), (.uncertain, false),
            (AttemptResult(.deferred, text: "the message could not be read here"), true),
            (AttemptResult(.refused, text: "larger than the server's limit", reason: .tooLarge), true),
        ])
    func answers(_ result: AttemptResult, isOnTrial: Bool) async throws {
        let first = Locked(true)
        let channel = ScriptedChannel { _ in
            first.withLock { was in
                defer { was = false }
                return was
            } ? Self.busy : result
        }
        try await courier(over: { _ in channel }, 1...1) { journal, courier, _ in
            _ = try await journal.submission(reference(1)) { $0.attemptCount >= 2 && $0.state != .sending }
            let onTrial = await courier.isOnTrial
            #expect(onTrial == isOnTrial)
        }
    }

    @Test("What was begun before a fault and takes its time holds up no trial")
    func begunBefore() async throws {
        let release = WakeSignal()
        let (slow, faulty) = (reference(1), reference(2))
        let begun = WakeSignal()
        let isFaulty = Locked(true)
        let channel = ScriptedChannel(.smtp) { parcel, _ in
            if parcel.reference == slow {
                begun.raise()
                await release.wait()
            }
            if parcel.reference == faulty,
                isFaulty.withLock({ was in
                    defer { was = false }; return was
                })
            {
                await begun.wait()
                return Self.busy
            }
            return .accepted
        }
        try await courier(over: { _ in channel }, connections: 2, 1...10) { journal, _, _ in
            try await journal.count(of: .relayed, reaches: 9)
            #expect(try await journal.submission(slow)?.state == .sending)
            release.raise()
            try await journal.count(of: .relayed, reaches: 10)
        }
    }

    @Test(
        "A fault that may be mended here is probed as soon as something was changed here, and only then early",
        arguments: [ChannelFault.Kind.authentication, .tls, .configuration])
    func mended(kind: ChannelFault.Kind) async throws {
        let isMended = Locked(false)
        let fault = ChannelFault(kind, fr: "faux", en: "wrong")
        let other = ChannelFault(kind, fr: "encore faux", en: "still wrong")
        let found = Locked(fault)
        let channel = ScriptedChannel(fault: { isMended.current ? nil : found.current }) { _ in
            isMended.current ? .accepted : AttemptResult(.deferred, text: "wrong", fault: fault)
        }
        try await courier(over: { _ in channel }, 1...3, timePasses: false) { journal, courier, _ in
            var probes = channel.probes.makeAsyncIterator()
            // Out of use for long: the next probe is a minute or more away.
            for _ in 0..<8 {
                while await time.passes() == .seconds(2) {
                    guard case .open(_, _, let probeAt) = await courier.condition, probeAt > time.now else { break }
                }
                await probes.next()
                _ = await time.pause()
            }
            guard case .open(_, let since, let probeAt) = await courier.condition else {
                Issue.record("the breaker is not open")
                return
            }
            #expect(probeAt - time.now > .seconds(40))
            // Not mended yet: probed at once all the same, and what is wrong now is known.
            found.withLock { $0 = other }
            channel.changeSetup()
            let changed = time.now
            #expect(await time.passes() == .seconds(2))
            await probes.next()
            #expect(time.now - changed == .seconds(2))
            _ = await time.pause()
            guard case .open(other, since, let next) = await courier.condition else {
                Issue.record("the breaker is not open any more")
                return
            }
            #expect(next > time.now)
            isMended.withLock { $0 = true }
            channel.changeSetup()
            #expect(await time.passes() == .seconds(2))
            try await journal.count(of: .relayed, reaches: 3)
        }
    }

    @Test("New settings are tried at once, whatever the fault; a mere look changes nothing")
    func newSettings() async throws {
        let isMended = Locked(false)
        let channel = ScriptedChannel(fault: { isMended.current ? nil : Self.busy.fault }) { _ in
            isMended.current ? .accepted : Self.busy
        }
        try await courier(over: { _ in channel }, 1...3, timePasses: false) { journal, courier, _ in
            var probes = channel.probes.makeAsyncIterator()
            for _ in 0..<6 {
                await time.passes()
                await probes.next()
            }
            let pause = try #require(await time.pause())
            #expect(pause > .seconds(60))
            let before = time.now
            let rounds = courier.heartbeat.count
            courier.lookAgain()
            while courier.heartbeat.count == rounds { await Task.yield() }
            #expect(await time.pause().map { $0 > .seconds(60) } == true)
            isMended.withLock { $0 = true }
            channel.changeSetup()
            courier.lookAgain()
            try await journal.count(of: .relayed, reaches: 3)
            #expect(time.now == before)
        }
    }
}
