package import Platform
package import SupportDesk

/// A clock that stands still until it is told to move, and sleepers that wake by it.
package final class ManualTime: Sendable {
    private struct State {
        var now: Timestamp
        var sleepers: [Int: (duration: Duration, until: Timestamp, continuation: CheckedContinuation<Bool, Never>)] =
            [:]
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let state: Locked<State>
    /// Says each time that somebody lies down to sleep, and for how long.
    package let sleeps: AsyncStream<Duration>
    private let announce: AsyncStream<Duration>.Continuation

    package init(_ start: Timestamp) {
        state = Locked(State(now: start))
        (sleeps, announce) = AsyncStream.makeStream()
    }

    package var now: Timestamp { state.withLock(\.now) }
    package var clock: WallClock { WallClock { self.now } }

    package var sleeper: Sleeper {
        Sleeper { duration in
            let id = self.state.withLock { state in
                state.nextID += 1
                return state.nextID
            }
            return await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isCancelled = self.state.withLock { state in
                        if state.cancelled.remove(id) != nil { return true }
                        state.sleepers[id] = (duration, state.now + duration, continuation)
                        return false
                    }
                    if isCancelled { continuation.resume(returning: false) } else { self.announce.yield(duration) }
                }
            } onCancel: {
                let sleeper = self.state.withLock { state in
                    let sleeper = state.sleepers.removeValue(forKey: id)
                    if sleeper == nil { state.cancelled.insert(id) }
                    return sleeper
                }
                sleeper?.continuation.resume(returning: false)
            }
        }
    }

    /// Waits until somebody is asleep; for how long, in all. For loops that lie down anew whenever they are woken: what
    /// `sleeps` says of them may be over.
    package func pause() async -> Duration? {
        var sleeps = sleeps.makeAsyncIterator()
        while true {
            if let next = state.withLock({ $0.sleepers.values.min { $0.until < $1.until } }) { return next.duration }
            guard await sleeps.next() != nil else { return nil }
        }
    }

    /// Waits until somebody is asleep, and moves on to when they wake; for how long they lay down.
    ///
    /// A loop that was woken before is either still asleep here, and wakes to the new time, or lies down first: it never
    /// lies down for as long as it was once meant to, counted from the new time.
    @discardableResult
    package func passes() async -> Duration? {
        while await pause() != nil {
            let woken = state.withLock { state in
                let next = state.sleepers.min { $0.value.until < $1.value.until }
                if let next {
                    state.now = max(state.now, next.value.until)
                    state.sleepers[next.key] = nil
                }
                return next?.value
            }
            guard let woken else { continue }
            woken.continuation.resume(returning: true)
            return woken.duration
        }
        return nil
    }

    /// Lets time pass whenever somebody waits for it, for as long as a body takes, however that ends.
    package func passes<Value>(during body: () async throws -> Value) async rethrows -> Value {
        // Ends with its stream too: it must never go round without waiting.
        let clock = Task { while !Task.isCancelled, await passes() != nil {} }
        defer { clock.cancel() }
        return try await body()
    }

    /// Moves on, and wakes everybody whose time has come.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now + duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume(returning: true) }
    }
}
