@preconcurrency import Dispatch
import Platform

/// Where receipts lie: perhaps a slow share, so what is written there is written on a thread of its own.
actor ReceiptFolder {
    struct File: Sendable {
        var name: String
        var content: String
        /// Whose it is: who else is not named may not read it.
        var reader: UInt32
    }

    private let path: String
    private let executor = BlockingExecutor(label: "assistd.receipts")
    private nonisolated let syncing = DispatchQueue(label: "assistd.receipts.sync")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ path: String) {
        self.path = path
    }

    /// Removes what a crash left half-written.
    func removeLeftovers() throws(SystemError) { try Folder(path).removeLeftovers() }

    /// Writes each file whole, replacing what was there.
    func write(_ files: [File]) throws(SystemError) {
        // Opened each time: an administrator may have replaced it.
        let folder = try Folder(path)
        for file in files {
            try folder.write(Array(file.content.utf8), named: Array(file.name.utf8), mode: 0o644, only: file.reader)
        }
    }

    /// Makes durable what was written, while more is being written: on a busy disk that takes its time.
    nonisolated func synchronize() async throws {
        try await withCheckedThrowingContinuation { continuation in
            syncing.async { [path] in
                continuation.resume(with: Result { try Folder(path).synchronizeFileSystem() })
            }
        }
    }
}
