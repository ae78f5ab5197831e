import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@testable import Daemon

@Suite("Watchdog", .timeLimit(.minutes(1)))
struct WatchdogTests {
    /// A watchdog over two loops the test goes round by hand.
    private struct Kennel {
        let folder: TemporaryFolder
        let journal: SQLiteJournal
        let time = ManualTime(Sample.start)
        let signals = [WakeSignal(), WakeSignal()]
        let heartbeats: [Heartbeat]
        let fed = Locked(0)
        let lines = Locked<[String]>([])
        let group: ServiceGroup

        init() async throws {
            folder = try TemporaryFolder()
            journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
            heartbeats = zip(["intake", "receipts"], signals).map { Heartbeat($0, wake: $1) }
            let quiet = Logger(label: "group") { _ in SwiftLogNoOpLogHandler() }
            let logger = Logger(label: "test") { [lines] _ in
                StandardErrorLog(
                    style: Locked(.init(level: .info, format: .text)), underJournald: true,
                    write: { line in lines.withLock { $0.append(line) } })
            }
            let watchdog = Watchdog(
                heartbeats: heartbeats, journal: journal, interval: .seconds(10), sleeper: time.sleeper,
                logger: logger, feed: { [fed] in fed.withLock { $0 += 1 } })
            group = ServiceGroup(services: [watchdog], logger: quiet)
        }

        /// Waits until the watchdog has judged and lies down again.
        func nextSleep() async -> Duration? {
            var sleeps = time.sleeps.makeAsyncIterator()
            return await sleeps.next()
        }

        /// Lets the watchdog work until the body is done, then has it stop.
        func run(_ body: () async throws -> Void) async throws {
            async let running: Void = group.run()
            #expect(await nextSleep() == .seconds(10))
            try await body()
            await group.triggerGracefulShutdown()
            try await running
            try await journal.close()
        }
    }

    @Test("it is fed at once, and again as long as every loop goes round when asked")
    func fed() async throws {
        let kennel = try await Kennel()
        try await kennel.run {
            for round in 1...3 {
                #expect(kennel.fed.current == round)
                for (signal, heartbeat) in zip(kennel.signals, kennel.heartbeats) {
                    // Returns only because the watchdog asked.
                    await signal.wait()
                    heartbeat.beat()
                }
                kennel.time.advance(by: .seconds(10))
                _ = await kennel.nextSleep()
            }
            #expect(kennel.fed.current == 4)
            #expect(kennel.lines.current.isEmpty)
        }
    }

    @Test("a loop that hangs leaves it hungry and is named; once it goes round, all is well")
    func hanging() async throws {
        let kennel = try await Kennel()
        try await kennel.run {
            kennel.heartbeats[0].beat()
            kennel.time.advance(by: .seconds(10))
            _ = await kennel.nextSleep()
            #expect(kennel.fed.current == 1)
            #expect(kennel.lines.current == ["<2>no progress in receipts; the watchdog is not fed\n"])
            for heartbeat in kennel.heartbeats { heartbeat.beat() }
            kennel.time.advance(by: .seconds(10))
            _ = await kennel.nextSleep()
            #expect(kennel.fed.current == 2)
            #expect(kennel.lines.current.count == 1)
        }
    }
}

@Suite("Readiness")
struct ReadinessTests {
    @Test("it is told once, after the last part, however often each one says so")
    func once() {
        let told = Locked(0)
        let readiness = Readiness(parts: 3) { told.withLock { $0 += 1 } }
        for part in ["intake", "control", "intake", "intake"] { readiness.reached(part) }
        #expect(told.current == 0)
        readiness.reached("courier")
        #expect(told.current == 1)
        for part in ["courier", "intake", "more"] { readiness.reached(part) }
        #expect(told.current == 1)
    }

    @Test("of many parts at once, one is the last")
    func crowd() async {
        let told = Locked(0)
        let readiness = Readiness(parts: 100) { told.withLock { $0 += 1 } }
        await withDiscardingTaskGroup { group in
            for part in 0..<200 { group.addTask { readiness.reached("\(part / 2)") } }
        }
        #expect(told.current == 1)
    }
}
