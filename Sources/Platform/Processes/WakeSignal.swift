/// Wakes one sleeping loop. Raised while nobody sleeps, it is remembered; raised twice, it counts once.
package final class WakeSignal: Sendable {
    private struct State {
        var raised = false
        var sleeper: (id: UInt64, continuation: CheckedContinuation<Void, Never>)?
        /// Who is about to lie down, and whether what is to wake them has come already.
        var coming: [UInt64: Bool] = [:]
        var nextID: UInt64 = 0
    }

    private let state = Locked(State())

    package init() {}

    /// Wakes the sleeper, or the next one at once.
    package func raise() {
        wake(nil)
    }

    /// Sleeps until raised, until the task is cancelled, or for so long; without a duration as long as it takes.
    ///
    /// There is one bed: who lies down while another sleeps wakes that one.
    package func wait(upTo duration: Duration? = nil, sleeper: Sleeper = .system) async {
        let id = state.withLock { state in
            state.nextID += 1
            state.coming[state.nextID] = false
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
                let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    let isOver = state.coming.removeValue(forKey: id) ?? false
                    guard !state.raised, !isOver else {
                        state.raised = false
                        return continuation
                    }
                    let other = state.sleeper?.continuation
                    state.sleeper = (id, continuation)
                    return other
                }
                woken?.resume()
            }
        } onCancel: {
            wake(id)
        }
        timer?.cancel()
    }

    /// - Parameter id: wakes that sleeper only, and is forgotten where it is gone; nil: whoever it is.
    private func wake(_ id: UInt64?) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let sleeper = state.sleeper, id == nil || sleeper.id == id {
                state.sleeper = nil
                return sleeper.continuation
            }
            // A timer that fires before its sleeper lies down must not be lost either.
            if let id {
                if state.coming[id] != nil { state.coming[id] = true }
            } else {
                state.raised = true
            }
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
