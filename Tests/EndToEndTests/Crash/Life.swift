import Glibc
import Platform
import TestSupport
import Testing

/// One life of the daemon, from its start to its end, whatever that is.
final class Life: Sendable {
    private let readiness: AsyncStream<Bool>
    private let exit: Task<Int32, any Error>
    private let notify: NotifySocket
    private let it: Installation
    private let hasEnded = Locked(false)

    /// - Parameters:
    ///   - number: which life of this installation's it is.
    ///   - wrapper: a command that makes itself the daemon in the end.
    init(_ it: Installation, number: Int, faults: Faults? = nil, through wrapper: [String] = []) throws {
        let notify = try NotifySocket(it.folder("notify-\(number)"))
        self.notify = notify
        self.it = it
        try it.launch(faults: faults, notify: notify, through: wrapper)
        let (readiness, told) = AsyncStream.makeStream(of: Bool.self)
        self.readiness = readiness
        let exit = Task { [hasEnded] in
            defer { hasEnded.withLock { $0 = true } }
            return try await it.ends()
        }
        self.exit = exit
        // Not the socket itself: it listens, on a thread of its own, as long as somebody has it.
        Task { [messages = notify.messages] in
            for await line in messages where line == "READY=1" { told.yield(true) }
        }
        Task {
            _ = await exit.result
            told.yield(false)
        }
    }

    deinit {
        // A test that was broken off: waiting for the daemon's end would keep its installation, and so the daemon.
        if !hasEnded.current { it.send(SIGKILL) }
    }

    /// Waits until it is ready, or at its end; whether it came as far as being ready.
    func isReady() async -> Bool {
        for await isReady in readiness { return isReady }
        return false
    }

    /// Waits for its end; the exit status, or minus the signal.
    func end() async throws -> Int32 { try await exit.value }
}
