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

    package func run() async throws {
        let changes = journal.changes()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in changes.cancelOnGracefulShutdown() { wake.raise() }
            }
            group.addTask {
                await cancelWhenGracefulShutdown { await follow() }
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func follow() async {
        var troubled = false
        while !Task.isCancelled {
            heartbeat.beat()
            do {
                try await catchUp()
                if troubled { logger.notice("receipts are written again") }
                troubled = false
                await wake.wait(sleeper: sleeper)
            } catch {
                if !troubled { logger.error("cannot write receipts: \(error.inWords.english)") }
                troubled = true
                await wake.wait(upTo: .seconds(5), sleeper: sleeper)
            }
        }
    }

    /// Writes what is behind; returns when nothing is left.
    package func catchUp() async throws {
        var last = try await journal.bookmark(Self.bookmark)
        while !Task.isCancelled {
            let events = try await journal.events(after: last, limit: 500)
            guard let newest = events.last else { return }
            var latest: [Reference: Bilingual] = [:]
            for event in events { latest[event.reference] = event.text }
            let folder = try Folder(folder)
            for (reference, text) in latest {
                guard let submission = try await journal.submission(reference) else { continue }
                let receipt = Receipt(submission: submission, latest: text)
                try folder.write(Array(receipt.text.utf8), as: receipt.fileName, mode: 0o644)
            }
            last = newest.id
            try await journal.setBookmark(Self.bookmark, to: last)
        }
    }
}
