import Platform
import SupportDesk
import TestSupport
import Testing

@Suite("Wake signal", .timeLimit(.minutes(1)))
struct WakeSignalTests {
    private let signal = WakeSignal()
    private let time = ManualTime(Timestamp(milliseconds: 0))

    /// A sleeper that never wakes of itself; says on the stream that it was cancelled.
    private func endless() -> (sleeper: Sleeper, asleep: AsyncStream<Void>) {
        let (asleep, continuation) = AsyncStream.makeStream(of: Void.self)
        let sleeper = Sleeper { _ in
            continuation.yield()
            continuation.finish()
            return await Sleeper.system.sleep(.seconds(3600))
        }
        return (sleeper, asleep)
    }

    @Test("raised before anybody sleeps, it is remembered once")
    func before() async {
        signal.raise()
        signal.raise()
        await signal.wait()
        // The second wait finds nothing: only its timer ends it.
        var sleeps = time.sleeps.makeAsyncIterator()
        async let second: Void = signal.wait(upTo: .seconds(7), sleeper: time.sleeper)
        #expect(await sleeps.next() == .seconds(7))
        time.advance(by: .seconds(7))
        await second
    }

    @Test("raised while one sleeps, it wakes that one")
    func after() async {
        let (sleeper, asleep) = endless()
        async let waiting: Void = signal.wait(upTo: .seconds(1), sleeper: sleeper)
        for await _ in asleep {}
        signal.raise()
        await waiting
    }

    @Test("a timer that goes off at once is not lost")
    func timer() async {
        for _ in 0..<2_000 { await signal.wait(upTo: .zero, sleeper: Sleeper { _ in true }) }
    }

    @Test("a cancelled task does not sleep, nor does one that is cancelled asleep")
    func cancelled() async {
        let (sleeper, asleep) = endless()
        let task = Task { [signal] in await signal.wait(upTo: .seconds(1), sleeper: sleeper) }
        for await _ in asleep {}
        task.cancel()
        await task.value
        let early = Task { [signal] in
            withUnsafeCurrentTask { $0?.cancel() }
            await signal.wait()
        }
        await early.value
    }

    @Test("a second sleeper wakes the first, and neither is forgotten")
    func two() async {
        let waits = (0..<100).map { _ in Task { [signal] in await signal.wait() } }
        let ended = Locked(0)
        await withDiscardingTaskGroup { group in
            for wait in waits {
                group.addTask {
                    await wait.value
                    // All but the last are woken by the next one; the last by this.
                    if ended.withLock({
                        $0 += 1; return $0
                    }) == 99 {
                        signal.raise()
                    }
                }
            }
        }
        #expect(ended.current == 100)
    }

    @Test("under load no raise is lost", arguments: 0..<4)
    func load(seed: Int) async {
        // Ping and pong: one lost raise, and both sleep for ever.
        let (ping, pong) = (WakeSignal(), WakeSignal())
        let rounds = 20_000
        async let other: Void = {
            for _ in 0..<rounds {
                await ping.wait()
                pong.raise()
            }
        }()
        for _ in 0..<rounds {
            ping.raise()
            await pong.wait()
        }
        await other
    }

    @Test("what is raised from many tasks is seen after the last of them")
    func many() async {
        let raised = Locked(0)
        async let reader: Void = {
            while raised.current < 8_000 { await signal.wait() }
        }()
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        raised.withLock { $0 += 1 }
                        signal.raise()
                    }
                }
            }
        }
        await reader
    }
}
