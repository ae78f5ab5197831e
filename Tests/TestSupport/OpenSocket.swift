import Glibc
import Platform

/// A socket that one thread uses and closes, and others may shut down: never once it is closed, when its number may be
/// another's already.
package final class OpenSocket: Sendable {
    package let descriptor: Int32
    private let isOpen = Locked(true)

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Wakes the thread that waits at it, which then closes it.
    package func shutDown() {
        isOpen.withLock { if $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    package func close() {
        isOpen.withLock { isOpen in
            if isOpen { _ = Glibc.close(descriptor) }
            isOpen = false
        }
    }
}
