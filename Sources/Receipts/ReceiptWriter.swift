package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Keeps `receipts/` in step with the journal: reads its events from where it stopped, also after a crash, and
/// rewrites the receipt of each submission that moved.
package struct ReceiptWriter: Service {
    package let heartbeat: Heartbeat
    private let journal: any Journal
    private let folder: ReceiptFolder
    private let zone: @Sendable () -> Zone
    private let clock: WallClock
    private let sleeper: Sleeper
    private let logger: Logger
    private let wake: WakeSignal
    /// Ends a pause early.
    private let stop = WakeSignal()
    private let stoppedAt = Locked<Timestamp?>(nil)
    private let bookmark: ReceiptBookmark
    /// Events between two beats: few enough that a slow share is not taken for a hanging loop.
    static let page = 100
    /// Before each round: a report that goes straight through moves three times within a moment, and whoever reads its
    /// receipt wants to know where it is now.
    static let pause = Duration.milliseconds(100)
    /// How long a stop waits for what is behind; the bookmark makes the next start finish it.
    private static let stopWithin = Duration.seconds(5)

    /// - Parameter zone: the desk's, in which due times are told.
    package init(
        journal: any Journal, folder: String, zone: @escaping @Sendable () -> Zone = { .local },
        clock: WallClock = .system, sleeper: Sleeper = .system, logger: Logger
    ) {
        self.journal = journal
        self.folder = ReceiptFolder(folder)
        bookmark = ReceiptBookmark(journal: journal, folder: self.folder, sleeper: sleeper, logger: logger)
        self.zone = zone
        self.clock = clock
        self.sleeper = sleeper
        self.logger = logger
        wake = WakeSignal()
        heartbeat = Heartbeat("receipts", wake: wake)
    }

    /// Follows the journal until shutdown, and then once more: what the couriers ended last is told too.
    package func run() async throws {
        let changes = journal.changes()
        await withGracefulShutdownHandler {
            let signals = Task { [wake] in
                for await _ in changes { wake.raise() }
            }
            let keeping = Task { [bookmark] in await bookmark.run() }
            defer { signals.cancel() }
            var troubled = false
            var isClean = false
            while !Task.isCancelled {
                heartbeat.beat()
                let isLast = stoppedAt.current != nil
                do {
                    if !isClean { try await folder.removeLeftovers() }
                    isClean = true
                    try await catchUp()
                    if troubled { logger.notice("receipts are written again") }
                    troubled = false
                } catch {
                    if !troubled { logger.error("cannot write receipts: \(error.inWords.english)") }
                    troubled = true
                }
                if isLast || isOutOfTime { break }
                await wake.wait(upTo: troubled ? .seconds(5) : nil, sleeper: sleeper)
                await stop.wait(upTo: Self.pause, sleeper: sleeper)
            }
            keeping.cancel()
            await keeping.value
            await bookmark.keep()
        } onGracefulShutdown: {
            stoppedAt.withLock { $0 = clock.now }
            stop.raise()
            wake.raise()
        }
    }

    private var isOutOfTime: Bool {
        guard let stoppedAt = stoppedAt.current else { return false }
        return clock.now - stoppedAt >= Self.stopWithin
    }

    /// Makes durable what was written, and remembers it for the next start.
    package func keep() async { await bookmark.keep() }

    /// Writes what is behind; returns when nothing is left, or when a stop cannot wait any longer.
    package func catchUp() async throws {
        var last = try await bookmark.position()
        while true {
            guard let moved = try await journal.moved(since: last, limit: Self.page) else { return }
            let (zone, now) = (zone(), clock.now)
            // Nobody dropped what the service sends by itself.
            let files = moved.moves.filter(\.submission.kind.isAsked).map { move in
                let receipt = Receipt(submission: move.submission, latest: move.latest, zone: zone, at: now)
                return ReceiptFolder.File(
                    name: receipt.fileName, content: receipt.text, reader: move.submission.submitter.uid)
            }
            try await folder.write(files)
            last = moved.last
            bookmark.wrote(upTo: last)
            heartbeat.beat()
            if isOutOfTime { return }
        }
    }
}
