import ServiceLifecycle
import UnixSignals

/// Does something at each SIGHUP.
struct Reload: Service {
    let action: @Sendable () async -> Void
    /// Called once the signal no longer ends the process.
    let trapped: @Sendable () -> Void

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        trapped()
        for await _ in signals.cancelOnGracefulShutdown() { await action() }
    }
}
