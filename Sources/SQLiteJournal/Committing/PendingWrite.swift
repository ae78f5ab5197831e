/// A write that waits for its transaction, and whoever waits for the write.
struct PendingWrite: Sendable {
    /// Does the write; what it returns tells the caller, once the transaction is synced.
    let perform: @Sendable (Ledger) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
    /// Whether another write is likely to follow at once.
    let isFollowed: Bool

    init<Value: Sendable>(
        _ body: @escaping @Sendable (Ledger) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>,
        isFollowed: Bool
    ) {
        self.isFollowed = isFollowed
        perform = { ledger in
            let value = try body(ledger)
            return { continuation.resume(returning: value) }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}
