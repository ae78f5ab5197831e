import Curl
import Platform

/// Lets another thread break off what a connection is doing, and only that: one raised while nothing is under way
/// has no effect on what comes later.
final class Interruption: Sendable {
    private struct State {
        var underWay = 0
        var raised = false
        var sockets: SocketSet?
    }

    private let state = Locked(State())

    init() {}

    var isRaised: Bool { state.withLock { $0.raised } }

    func begin() { state.withLock { $0.underWay += 1 } }

    func end() {
        state.withLock {
            $0.underWay -= 1
            if $0.underWay == 0 { $0.raised = false }
        }
    }

    /// The sockets that `raise` cuts.
    func watch(_ sockets: SocketSet?) { state.withLock { $0.sockets = sockets } }

    func raise() {
        let sockets = state.withLock { state in
            state.raised = state.underWay > 0
            return state.raised ? state.sockets : nil
        }
        sockets?.sever()
    }

    /// Cuts what is open, whether or not it is in use.
    func sever() { state.current.sockets?.sever() }
}
