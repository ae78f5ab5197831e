import Glibc

/// A value that one thread at a time may touch.
///
/// Over a pthread mutex: `Synchronization.Mutex` makes ThreadSanitizer report races that are none on Linux.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    // Unchecked: `value` is reached through `withLock` alone.
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    package init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    package func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// A copy of the value.
    package var current: Value { withLock { $0 } }
}
