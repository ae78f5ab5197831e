import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("The courier at a stop", .timeLimit(.minutes(1)))
struct CourierStopTests {
    @Test("when its task is cancelled it stops like on a shutdown", arguments: [0, 1])
    func cancelled(busy: Int) async throws {
        let gate = WakeSignal()
        let office = try await Office(
            connections: 2,
            channel: ScriptedChannel { _ in
                await gate.wait()
                return .accepted
            })
        if busy > 0 { try await office.journal.admit([Sample.admission(1)]) }
        let running = Task { try await office.courier.run() }
        if busy > 0 {
            var deliveries = office.channel.deliveries.makeAsyncIterator()
            _ = await deliveries.next()
        }
        running.cancel()
        gate.raise()
        try await running.value
        let counts = try await office.journal.counts(submittedBy: nil)
        #expect(counts[.sending, default: 0] == 0)
    }

    @Test("a stop lets what is under way end, and begins nothing more")
    func gracefulStop() async throws {
        let gate = WakeSignal()
        let office = try await Office(
            channel: ScriptedChannel { _ in
                await gate.wait()
                return .accepted
            })
        try await office.journal.admit((1...3).map { Sample.admission($0) })
        let running = Task { try await office.group.run() }
        var deliveries = office.channel.deliveries.makeAsyncIterator()
        _ = await deliveries.next()
        await office.group.triggerGracefulShutdown()
        // The courier has heard of it once its patience runs; before that it may take up the next one.
        var sleeps = office.time.sleeps.makeAsyncIterator()
        while let pause = await sleeps.next(), pause < .seconds(20) {}
        gate.raise()
        try await running.value
        let counts = try await office.journal.counts(submittedBy: nil)
        #expect(counts[.relayed] == 1)
        #expect(counts[.queued] == 2)
        #expect(counts[.sending, default: 0] == 0)
    }

    /// What becomes of one submission whose attempt ends so, once a stop has lost its patience.
    private func endOfStop(_ result: AttemptResult) async throws -> (submission: Submission?, attempts: [Attempt]) {
        let gate = WakeSignal()
        let office = try await Office(
            channel: ScriptedChannel { _ in
                await gate.wait()
                return result
            })
        let admission = Sample.admission(1)
        try await office.journal.admit([admission])
        let running = Task { try await office.group.run() }
        var deliveries = office.channel.deliveries.makeAsyncIterator()
        var sleeps = office.time.sleeps.makeAsyncIterator()
        _ = await deliveries.next()
        await office.group.triggerGracefulShutdown()
        // The stop's own patience; when it ends, the connection is interrupted.
        while let pause = await sleeps.next(), pause < .seconds(20) {}
        office.time.advance(by: .seconds(20))
        while office.channel.interruptionCount == 0 { await Task.yield() }
        gate.raise()
        try await running.value
        let reference = admission.submission.reference
        return (try await office.journal.submission(reference), try await office.journal.attempts(of: reference))
    }

    @Test("what a stop breaks off before anything was decided counts as no attempt")
    func interrupted() async throws {
        let (submission, attempts) = try await endOfStop(AttemptResult(.deferred, text: "interrupted"))
        #expect(submission?.state == .queued)
        #expect(submission?.attemptCount == 0)
        #expect(attempts.isEmpty)
    }

    @Test(
        "what was decided before a stop, or may have been, is written down",
        arguments: [
            AttemptResult.accepted, .refused, .deferred, .uncertain, AttemptResult(.uncertain, text: "lost"),
            AttemptResult(.refused, text: "too large", reason: .tooLarge),
            AttemptResult(FaxOutcome(.notSent(.busy), text: "busy"), endpoint: "fax"),
        ])
    func decided(_ result: AttemptResult) async throws {
        let (submission, attempts) = try await endOfStop(result)
        #expect(submission?.attemptCount == 1)
        #expect(attempts.map(\.result?.outcome) == [result.outcome])
        #expect((submission?.reason?.code == .uncertain) == (result.outcome == .uncertain))
    }
}
