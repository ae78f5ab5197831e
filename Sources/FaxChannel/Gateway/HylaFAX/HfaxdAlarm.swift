import NIOCore
import Platform

/// Closes connections when a step takes too long: whoever waits on them then learns that they are closed.
final class HfaxdAlarm: Sendable {
    private struct State {
        var channels: [any NIOCore.Channel] = []
        var rang = false
    }

    private let sleeper: Sleeper
    private let state = Locked(State())

    init(_ sleeper: Sleeper) { self.sleeper = sleeper }

    var rang: Bool { state.withLock(\.rang) }

    /// Has a connection closed with the others from now on.
    func watch(_ channel: any NIOCore.Channel) {
        let isLate = state.withLock { state in
            state.channels.append(channel)
            return state.rang
        }
        if isLate { channel.close(promise: nil) }
    }

    /// Waits for so long, or until the step is over and its task cancelled.
    func ring(after limit: Duration) async {
        guard await sleeper.sleep(limit) else { return }
        let channels = state.withLock { state in
            state.rang = true
            return state.channels
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
