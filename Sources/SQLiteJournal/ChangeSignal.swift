import Platform

/// Tells any number of listeners that events were added.
final class ChangeSignal: Sendable {
    private struct Listeners {
        var next = 0
        var continuations: [Int: AsyncStream<Void>.Continuation] = [:]
        var isFinished = false
    }

    private let listeners = Locked(Listeners())

    /// A stream that fires at least once after each commit that adds events from now on.
    func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = listeners.withLock { listeners in
            guard !listeners.isFinished else { return nil }
            listeners.next += 1
            listeners.continuations[listeners.next] = continuation
            return listeners.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [listeners] _ in
            listeners.withLock { _ = $0.continuations.removeValue(forKey: number) }
        }
        return stream
    }

    func fire() {
        for continuation in listeners.current.continuations.values { continuation.yield() }
    }

    /// Ends all streams: nothing more will be written.
    func finish() {
        let open = listeners.withLock { listeners in
            listeners.isFinished = true
            return listeners.continuations.values.map { $0 }
        }
        // Outside the lock, which the terminations take.
        for continuation in open { continuation.finish() }
    }
}
