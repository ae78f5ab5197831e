import Glibc
import Platform

/// The sockets an easy handle has open. Other threads may cut them, which wakes a transfer that waits for a peer.
package final class SocketSet: Sendable {
    private let descriptors = Locked<Set<Int32>>([])
    private let silence = Locked<Duration?>(nil)

    package var isEmpty: Bool { descriptors.withLock { $0.isEmpty } }

    /// Ends the conversation over every socket; whoever waits for the peer is told that it hung up.
    package func sever() {
        // Under the lock, so that no descriptor is closed and given to somebody else meanwhile.
        descriptors.withLock { for descriptor in $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    /// How long the other machine may leave bytes, or the question whether it is still there, unacknowledged; after that
    /// the connection is lost. For sockets opened from now on.
    package func limitSilence(to limit: Duration) { silence.withLock { $0 = limit } }

    /// - Returns: a new socket that is not inherited by other programs, -1 where there is none (see `errno`).
    func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        if descriptor >= 0 {
            _ = descriptors.withLock { $0.insert(descriptor) }
            if let limit = silence.current { Self.limitSilence(of: descriptor, to: limit) }
        }
        return descriptor
    }

    private static func limitSilence(of descriptor: Int32, to limit: Duration) {
        let milliseconds = Int32(clamping: Int(limit / .milliseconds(1)))
        let settings = [
            (SOL_SOCKET, SO_KEEPALIVE, 1), (Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, milliseconds),
            (Int32(IPPROTO_TCP), TCP_KEEPIDLE, max(1, milliseconds / 2000)),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, max(1, milliseconds / 4000)),
        ]
        for (level, name, value) in settings {
            withUnsafeBytes(of: value) { _ = setsockopt(descriptor, level, name, $0.baseAddress, socklen_t($0.count)) }
        }
    }

    func close(_ descriptor: Int32) -> Int32 {
        descriptors.withLock {
            $0.remove(descriptor)
            return Glibc.close(descriptor)
        }
    }
}
