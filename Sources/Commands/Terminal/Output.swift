import Glibc
import Platform

/// Where a command writes.
package protocol Output: Sendable {
    func write(_ bytes: UnsafeRawBufferPointer)
    /// Something could not be written, so that success must not be claimed.
    var isBroken: Bool { get }
}

extension Output {
    package func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    package func line(_ text: String = "") {
        write(text + "\n")
    }
}

/// A file descriptor, written to at once: what was said is never lost in a buffer.
package final class DescriptorOutput: Output {
    private let descriptor: Int32
    private let failed = Locked(false)

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    package var isBroken: Bool { failed.current }

    package func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return failed.withLock { $0 = true }
            }
        }
    }
}
