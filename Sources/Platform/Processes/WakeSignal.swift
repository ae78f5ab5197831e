/// Wakes one sleeping loop. Raised while nobody sleeps, it is remembered; raised twice, it counts once.
package final class WakeSignal: Sendable {
    private struct State {
        var raised = false
        var sleeper: (id: UInt64, continuation: CheckedContinuation<Void, Never>)?
        var nextID: UInt64 = 0
    }

    private let state = Locked(State())

    package init() {}

    /// Wakes the sleeper, or the next one at once.
    package func raise() {
        wake(nil)
    }

    /// Sleeps until raised, until the task is cancelled, or for so long; without a duration as long as it takes.
    package func wait(upTo duration: Duration? = nil, sleeper: Sleeper = .system) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let timer = duration.map { duration in
            Task {
                guard await sleeper.sleep(duration) else { return }
                wake(id)
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let atOnce = state.withLock { state in
                    guard !state.raised, !Task.isCancelled else {
                        state.raised = false
                        return true
                    }
                    state.sleeper = (id, continuation)
                    return false
                }
                if atOnce { continuation.resume() }
            }
        } onCancel: {
            wake(id)
        }
        timer?.cancel()
    }

    /// - Parameter id: wakes that sleeper only, and is not remembered where it is gone; nil: whoever it is.
    private func wake(_ id: UInt64?) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let sleeper = state.sleeper, id == nil || sleeper.id == id {
                state.sleeper = nil
                return sleeper.continuation
            }
            // A timer that fires before its sleeper lies down must not be lost either.
            if id == nil || id == state.nextID { state.raised = true }
            return nil
        }
        continuation?.resume()
    }
}

/// How a loop lets time pass; tests put a clock of their own here.
package struct Sleeper: Sendable {
    private let body: @Sendable (Duration) async -> Bool

    package init(_ body: @escaping @Sendable (Duration) async -> Bool) {
        self.body = body
    }

    /// True when the time is over, false when the task was cancelled first.
    package func sleep(_ duration: Duration) async -> Bool {
        await body(duration)
    }

    /// The machine's time.
    package static let system = Sleeper { duration in
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}
