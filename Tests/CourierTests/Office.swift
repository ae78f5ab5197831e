import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport

/// A courier at work on a real journal, with a channel and a time the test commands.
struct Office {
    let folder: TemporaryFolder
    let journal: SQLiteJournal
    let time = ManualTime(Sample.start)
    let channel: ScriptedChannel
    let courier: Courier
    let group: ServiceGroup

    init(connections: Int = 1, channel: ScriptedChannel) async throws {
        folder = try TemporaryFolder()
        journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        self.channel = channel
        courier = Courier(
            channel: channel, journal: journal,
            settings: { .init(connections: connections, policy: RetryPolicy()) }, clock: time.clock,
            sleeper: time.sleeper, jitter: { 0.5 }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        group = ServiceGroup(
            services: [courier], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs the courier while the test does its part, then shuts it down in good order.
    func whileRunning(_ body: (Office) async throws -> Void) async throws {
        let running = Task { try await group.run() }
        try await body(self)
        await group.triggerGracefulShutdown()
        try await running.value
        try await journal.close()
    }

    /// Waits until the channel is out of use and not yet probed again; until when.
    func nextProbe() async -> Timestamp {
        while true {
            if case .open(_, _, let probeAt) = await courier.condition, probeAt > time.now { return probeAt }
            await Task.yield()
        }
    }

    func admit(_ admissions: Admission...) async throws {
        try await journal.admit(admissions)
        courier.lookAgain()
    }
}
