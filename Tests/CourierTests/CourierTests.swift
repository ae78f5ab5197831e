import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("The courier", .timeLimit(.minutes(1)))
struct CourierTests {
    @Test("carries what is due and writes the peer's words")
    func relays() async throws {
        let office = try await Office(channel: ScriptedChannel { _ in .accepted })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            let reference = admission.submission.reference
            try await office.admit(admission)
            let relayed = try await office.journal.submission(reference) { $0.state == .relayed }
            #expect(relayed.relayedAt == office.time.now)
            #expect(relayed.nextAttemptAt == nil)
            let attempts = try await office.journal.attempts(of: reference)
            #expect(attempts.map(\.result) == [.accepted])
        }
    }

    @Test("tries again what was put off, when its time has come and with the same bytes")
    func defers() async throws {
        let count = Locked(0)
        let office = try await Office(
            channel: ScriptedChannel { _ in
                count.withLock {
                    $0 += 1; return $0
                } == 1 ? .deferred : .accepted
            })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            let reference = admission.submission.reference
            var deliveries = office.channel.deliveries.makeAsyncIterator()
            try await office.admit(admission)
            let waiting = try await office.journal.submission(reference) { $0.attemptCount == 1 && $0.state == .queued }
            #expect(waiting.nextAttemptAt == office.time.now + .seconds(60))
            #expect(waiting.reason == nil)
            #expect(await office.time.passes() == .seconds(60))
            _ = try await office.journal.submission(reference) { $0.state == .relayed }
            let first = await deliveries.next()
            let second = await deliveries.next()
            #expect(first?.content == second?.content)
            #expect(second?.attempt == 2)
        }
    }

    @Test("a clock that is set back a day makes nothing wait for longer than it was meant to")
    func clockSetBack() async throws {
        let count = Locked(0)
        let office = try await Office(
            channel: ScriptedChannel { _ in
                count.withLock {
                    $0 += 1; return $0
                } == 1 ? .deferred : .accepted
            })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            let reference = admission.submission.reference
            try await office.admit(admission)
            _ = try await office.journal.submission(reference) { $0.attemptCount == 1 && $0.state == .queued }
            #expect(await office.time.pause() == .seconds(60))
            office.time.advance(by: .seconds(-86_400))
            let other = Sample.admission(2, receivedAt: office.time.now)
            try await office.admit(other)
            _ = try await office.journal.submission(other.submission.reference) { $0.state == .relayed }
            let waiting = try #require(try await office.journal.submission(reference))
            #expect(waiting.state == .queued)
            #expect(waiting.nextAttemptAt == office.time.now + .seconds(60))
            #expect(await office.time.passes() == .seconds(60))
            let relayed = try await office.journal.submission(reference) { $0.state == .relayed }
            #expect(relayed.relayedAt == waiting.nextAttemptAt)
        }
    }

    @Test("a breaker that is open when the clock is set back a day is tried as soon as ever")
    func breakerSetBack() async throws {
        let isBack = Locked(false)
        let office = try await Office(
            channel: ScriptedChannel(fault: { isBack.current ? nil : .nobodyThere }) { _ in
                isBack.current ? .accepted : .unreachable
            })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            try await office.admit(admission)
            #expect(await office.time.pause().map { $0 <= .seconds(1) } == true)
            office.time.advance(by: .seconds(-86_400))
            isBack.withLock { $0 = true }
            office.courier.lookAgain()
            _ = try await office.journal.submission(admission.submission.reference) { $0.state == .relayed }
        }
    }

    @Test("gives up what the peer refuses for good, and says why")
    func refuses() async throws {
        let office = try await Office(channel: ScriptedChannel { _ in .refused })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            try await office.admit(admission)
            let failed = try await office.journal.submission(admission.submission.reference) { $0.state == .failed }
            #expect(failed.reason?.code == .recipientRefused)
            #expect(failed.reason?.text.french.contains("No such user") == true)
        }
    }

    @Test("a channel out of order fails nothing: one probe at a time, and all goes out when it is back")
    func breaker() async throws {
        let isBack = Locked(false)
        let office = try await Office(
            channel: ScriptedChannel(fault: { isBack.current ? nil : .nobodyThere }) { _ in
                isBack.current ? .accepted : .unreachable
            })
        try await office.whileRunning { office in
            var probes = office.channel.probes.makeAsyncIterator()
            let old = Sample.start - .seconds(30 * 86_400)
            let admissions = (1...5).map { Sample.admission($0, receivedAt: old) }
            try await office.journal.admit(admissions)
            office.courier.lookAgain()
            // The first sleep is the open breaker's.
            let pause = await office.time.pause()
            #expect(pause.map { $0 <= .seconds(1) } == true)
            // The one that was tried is back: a month old, and still nothing failed.
            try await office.journal.count(of: .queued, reaches: 5)
            await office.time.passes()
            await probes.next()
            // The next sleep follows the probe.
            _ = await office.time.pause()
            let states = try await office.journal.counts(submittedBy: nil)
            #expect(states[.queued] == 5)
            guard case .open(let fault, _, _) = await office.courier.condition else {
                Issue.record("the breaker is not open")
                return
            }
            #expect(fault == .nobodyThere)
            isBack.withLock { $0 = true }
            await office.time.passes()
            try await office.journal.count(of: .relayed, reaches: 5)
            let condition = await office.courier.condition
            #expect(condition == .closed)
        }
    }

    @Test("a fault that no probe sees is met by one submission at a time, ever more rarely")
    func faultAtMail() async throws {
        let office = try await Office(connections: 4, channel: ScriptedChannel { _ in .unreachable })
        try await office.whileRunning { office in
            try await office.journal.admit((1...20).map { Sample.admission($0) })
            office.courier.lookAgain()
            var pauses: [Duration] = []
            var attempts: [Int] = []
            for _ in 1...4 {
                // The channel is out of use, anew, and then nobody is under way any more. Who sleeps says less: while
                // one goes ahead the dispatcher sleeps too, and longer.
                _ = await office.nextProbe()
                try await office.journal.count(of: .queued, reaches: 20)
                let probeAt = await office.nextProbe()
                var total = 0
                for number in 1...20 {
                    total += try await office.journal.attempts(of: Sample.admission(number).submission.reference).count
                }
                attempts.append(total)
                pauses.append(probeAt - office.time.now)
                while office.time.now < probeAt { await office.time.passes() }
            }
            #expect(pauses == pauses.sorted() && pauses[3] > pauses[0])
            #expect(attempts[3] - attempts[1] == 2, "after each probe one submission tries, not all")
        }
    }

    @Test("a probe that takes its time holds up neither the loop nor a stop")
    func silentProbe() async throws {
        let gate = WakeSignal()
        let probes = Locked(0)
        let office = try await Office(
            channel: ScriptedChannel(
                fault: {
                    probes.withLock { $0 += 1 }
                    await gate.wait()
                    return .nobodyThere
                },
                answer: { _ in .unreachable }))
        try await office.whileRunning { office in
            var probes = office.channel.probes.makeAsyncIterator()
            try await office.admit(Sample.admission(1))
            await office.time.passes()
            await probes.next()
            let rounds = office.courier.heartbeat.count
            office.courier.heartbeat.nudge()
            while office.courier.heartbeat.count == rounds { await Task.yield() }
            // A stop interrupts the probe; the connection then returns, as this one does.
            Task {
                while office.channel.interruptionCount == 0 { await Task.yield() }
                gate.raise()
            }
        }
        #expect(probes.current == 1)
    }

    @Test("a lost answer is called uncertain, and the same message goes again")
    func uncertain() async throws {
        let count = Locked(0)
        let office = try await Office(
            channel: ScriptedChannel { _ in
                count.withLock {
                    $0 += 1; return $0
                } == 1 ? .uncertain : .accepted
            })
        try await office.whileRunning { office in
            let admission = Sample.admission(1)
            let reference = admission.submission.reference
            try await office.admit(admission)
            let waiting = try await office.journal.submission(reference) { $0.attemptCount == 1 && $0.state == .queued }
            #expect(waiting.reason?.code == .uncertain)
            await office.time.passes()
            let relayed = try await office.journal.submission(reference) { $0.state == .relayed }
            #expect(relayed.reason == nil)
            let outcomes = try await office.journal.attempts(of: reference).map(\.result?.outcome)
            #expect(outcomes == [.uncertain, .accepted])
        }
    }

    @Test("one submission that never gets through does not delay the others")
    func poison() async throws {
        let poisoned = Sample.admission(1)
        let reference = poisoned.submission.reference
        let office = try await Office(
            channel: ScriptedChannel { $0.reference == reference ? .deferred : .accepted })
        try await office.whileRunning { office in
            try await office.journal.admit([poisoned] + (2...50).map { Sample.admission($0) })
            office.courier.lookAgain()
            try await office.journal.count(of: .relayed, reaches: 49)
        }
    }

    @Test("goes by rank: a head start goes first, not the first come")
    func order() async throws {
        let office = try await Office(channel: ScriptedChannel { _ in .accepted })
        let normal = Sample.admission(1, rank: 1000)
        let blocking = Sample.admission(2, rank: 10)
        try await office.journal.admit([normal, blocking])
        try await office.whileRunning { office in
            var deliveries = office.channel.deliveries.makeAsyncIterator()
            let first = await deliveries.next()
            let second = await deliveries.next()
            #expect(first?.reference == blocking.submission.reference)
            #expect(second?.reference == normal.submission.reference)
        }
    }

    @Test("works on as many connections at once as it was given")
    func connections() async throws {
        // The fourth opens the gates of all: fewer connections would wait for ever.
        let gates = (0..<4).map { _ in WakeSignal() }
        let busy = Locked(0)
        let office = try await Office(
            connections: 4,
            channel: ScriptedChannel { _ in
                let number = busy.withLock { busy in
                    busy += 1
                    return busy - 1
                }
                if number == 3 { gates.forEach { $0.raise() } }
                await gates[number].wait()
                return .accepted
            })
        try await office.whileRunning { office in
            try await office.journal.admit((1...4).map { Sample.admission($0) })
            office.courier.lookAgain()
            try await office.journal.count(of: .relayed, reaches: 4)
        }
    }
}
