import Platform

/// Lets a wait end before what is waited for: that goes on by itself, and nobody hears what it came to.
final class Interruption: Sendable {
    private struct State {
        var isRaised = false
        var waiting: [Int: @Sendable () -> Void] = [:]
        var next = 0
    }

    private let state = Locked(State())

    /// Ends every wait, now and from now on.
    func raise() {
        let waiting = state.withLock { state in
            state.isRaised = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for end in waiting { end() }
    }

    /// What a body comes to; nil where this was raised first, and `grace` is over.
    func unless<Value: Sendable>(
        grace: Duration = .zero, sleeper: Sleeper = .system, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let (results, write) = AsyncStream.makeStream(of: Result<Value?, any Error>.self)
        Task {
            do { write.yield(.success(try await body())) } catch { write.yield(.failure(error)) }
        }
        let id = register {
            guard grace > .zero else {
                write.yield(.success(nil))
                return
            }
            Task {
                _ = await sleeper.sleep(grace)
                write.yield(.success(nil))
            }
        }
        defer { forget(id) }
        for await result in results { return try result.get() }
        return nil
    }

    /// The same of a body that cannot fail.
    func unless<Value: Sendable>(
        grace: Duration = .zero, sleeper: Sleeper = .system, _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let throwing: @Sendable () async throws -> Value = { await body() }
        return try? await unless(grace: grace, sleeper: sleeper, throwing)
    }

    private func register(_ end: @escaping @Sendable () -> Void) -> Int {
        let (id, isRaised) = state.withLock { state in
            state.next += 1
            if !state.isRaised { state.waiting[state.next] = end }
            return (state.next, state.isRaised)
        }
        if isRaised { end() }
        return id
    }

    private func forget(_ id: Int) { state.withLock { $0.waiting[id] = nil } }
}
