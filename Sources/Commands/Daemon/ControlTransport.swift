package import UnixSocketHTTP

/// Carries requests to the daemon; tests put one of their own here.
package protocol ControlTransport: Sendable {
    /// The path of the socket.
    var socket: String { get }

    /// - Parameter writer: given, the body of a success goes to it piece by piece.
    func send(
        _ request: UnixSocketRequest, writingTo writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)?
    ) throws(UnixSocketFailure) -> UnixSocketAnswer
}

extension UnixSocketClient: ControlTransport {}
