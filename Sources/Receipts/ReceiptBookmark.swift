import Logging
import Platform
import SupportDesk

/// How far receipts were written, and how far that is durable: only this much the journal remembers, so that what a
/// power cut takes away is written again.
final class ReceiptBookmark: Sendable {
    /// Before each sync, which holds up whoever else writes on that disk. After a crash so much is written once more.
    static let rest = Duration.seconds(30)
    private static let name = "receipts"

    private let journal: any Journal
    private let folder: ReceiptFolder
    private let sleeper: Sleeper
    private let logger: Logger
    private let written = Locked<Int64?>(nil)
    private let kept = Locked<Int64?>(nil)
    /// A sync failed: what it was for no later one vouches for, so nothing more is remembered until the next start.
    private let isDistrusted = Locked(false)
    private let hints = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(journal: any Journal, folder: ReceiptFolder, sleeper: Sleeper, logger: Logger) {
        self.journal = journal
        self.folder = folder
        self.sleeper = sleeper
        self.logger = logger
    }

    /// The last event whose receipt was written.
    func position() async throws -> Int64 {
        if let written = written.current { return written }
        return try await journal.bookmark(Self.name)
    }

    func wrote(upTo event: Int64) {
        written.withLock { $0 = event }
        hints.continuation.yield()
    }

    /// Keeps what is written every now and then, until the task is cancelled.
    func run() async {
        for await _ in hints.stream {
            guard await sleeper.sleep(Self.rest) else { return }
            await keep()
        }
    }

    /// Makes durable what was written so far, then remembers it.
    func keep() async {
        guard !isDistrusted.current, let event = written.current, event != kept.current else { return }
        do {
            do {
                try await folder.synchronize()
            } catch {
                isDistrusted.withLock { $0 = true }
                throw error
            }
            try await journal.setBookmark(Self.name, to: event)
            kept.withLock { $0 = event }
        } catch {
            logger.error("receipts may be lost in a power cut, and are then written again: \(error.inWords.english)")
        }
    }
}
