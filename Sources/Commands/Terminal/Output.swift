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
    /// Whether a pipe that nobody reads any more ends the process, as it was when it began: SwiftNIO ignores the signal
    /// from its first socket on.
    private let diesOfPipes: Bool

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var action = sigaction()
        sigaction(SIGPIPE, nil, &action)
        diesOfPipes = action.__sigaction_handler.sa_handler == nil
    }

    package var isBroken: Bool { failed.current }

    package func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                if errno == EPIPE, diesOfPipes {
                    signal(SIGPIPE, SIG_DFL)
                    raise(SIGPIPE)
                }
                return failed.withLock { $0 = true }
            }
        }
    }
}
