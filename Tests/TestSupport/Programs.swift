import Platform

/// Programs a test starts, and calls that block it.
package enum Programs {
    private static let turn = Locked(true)

    /// Makes a program's pipes and starts it while no other is being started.
    ///
    /// Foundation learns of a program's end when its end of a socket pair closes, and a reader when the other end of a
    /// pipe does. Neither is closed in programs started at the same time: one that lives long would keep them open.
    package static func start<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try turn.withLock { _ throws(Failure) in try body() }
    }

    /// Runs what blocks on a thread of its own: the cooperative pool has one for each core only, and whoever waits
    /// there for another program holds up every test.
    package static func blocking<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            OwnThread.run("blocking") { continuation.resume(with: Result { try body() }) }
        }
    }
}
