package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Keeps `receipts/` in step with the journal: reads its events from where it stopped, also after a crash, and
/// rewrites the receipt of each submission that moved.
package struct ReceiptWriter: Service {
    package let heartbeat: Heartbeat
    private let journal: any Journal
    private let folder: String
    private let sleeper: Sleeper
    private let logger: Logger
    private let wake: WakeSignal
    private static let bookmark = "receipts"

    package init(journal: any Journal, folder: String, sleeper: Sleeper = .system, logger: Logger) {
        self.journal = journal
        self.folder = folder
        self.sleeper = sleeper
        self.logger = logger
        wake = WakeSignal()
        heartbeat = Heartbeat("receipts", wake: wake)
    }

    /// Follows the journal until shutdown, and then once more: what the couriers ended last is told too.
    package func run() async throws {
        let changes = journal.changes()
        let stopping = Locked(false)
        await withGracefulShutdownHandler {
            let signals = Task { [wake] in
                for await _ in changes { wake.raise() }
            }
            defer { signals.cancel() }
            var troubled = false
            while !Task.isCancelled {
                heartbeat.beat()
                let isLast = stopping.current
                do {
                    try await catchUp()
                    if troubled { logger.notice("receipts are written again") }
                    troubled = false
                } catch {
                    if !troubled { logger.error("cannot write receipts: \(error.inWords.english)") }
                    troubled = true
                }
                if isLast { return }
                await wake.wait(upTo: troubled ? .seconds(5) : nil, sleeper: sleeper)
            }
        } onGracefulShutdown: {
            stopping.withLock { $0 = true }
            wake.raise()
        }
    }

    /// Writes what is behind; returns when nothing is left.
    package func catchUp() async throws {
        var last = try await journal.bookmark(Self.bookmark)
        while true {
            let events = try await journal.events(after: last, limit: 500)
            guard let newest = events.last else { return }
            var latest: [Reference: Bilingual] = [:]
            for event in events { latest[event.reference] = event.text }
            let folder = try Folder(folder)
            for (reference, text) in latest {
                guard let submission = try await journal.submission(reference) else { continue }
                let receipt = Receipt(submission: submission, latest: text)
                try folder.write(Array(receipt.text.utf8), named: Array(receipt.fileName.utf8), mode: 0o644)
            }
            last = newest.id
            try await journal.setBookmark(Self.bookmark, to: last)
        }
    }
}
