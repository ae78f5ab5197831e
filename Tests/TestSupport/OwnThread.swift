import Foundation

/// A thread for what blocks, as long as it blocks.
package enum OwnThread {
    /// Runs something on it. Not a queue of Dispatch's: those share 255 threads, and what comes after waits, without a
    /// word, until one of them is free.
    package static func run(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}
