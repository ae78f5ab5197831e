import Glibc
import Platform

/// The sockets an easy handle has open. Other threads may cut them, which wakes a transfer that waits for a peer.
package final class SocketSet: Sendable {
    private let descriptors = Locked<Set<Int32>>([])

    package var isEmpty: Bool { descriptors.withLock { $0.isEmpty } }

    /// Ends the conversation over every socket; whoever waits for the peer is told that it hung up.
    package func sever() {
        // Under the lock, so that no descriptor is closed and given to somebody else meanwhile.
        descriptors.withLock { for descriptor in $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    /// - Returns: a new socket that is not inherited by other programs, -1 where there is none (see `errno`).
    func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        if descriptor >= 0 { _ = descriptors.withLock { $0.insert(descriptor) } }
        return descriptor
    }

    func close(_ descriptor: Int32) -> Int32 {
        descriptors.withLock {
            $0.remove(descriptor)
            return Glibc.close(descriptor)
        }
    }
}
