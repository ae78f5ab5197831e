import ServiceLifecycle
import UnixSignals

/// Does something at each SIGHUP.
struct Reload: Service {
    let action: @Sendable () async -> Void

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() { await action() }
    }
}
