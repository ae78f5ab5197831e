@preconcurrency import Dispatch

/// Runs an actor on a thread of its own, so that it may block (libcurl, SQLite, a slow disk) without holding up
/// the cooperative pool, which has one thread for each core only.
///
/// The actor returns it from `unownedExecutor` and keeps it alive.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter label: names the thread in debuggers.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
