import Glibc

/// Where a command reads what a person or another program hands it.
package struct Input: Sendable {
    /// A person types.
    package var isTerminal: Bool
    private let readBytes: @Sendable (Int) -> [UInt8]?

    /// - Parameter read: up to so many bytes; empty at the end, nil on an error.
    package init(isTerminal: Bool, read: @escaping @Sendable (Int) -> [UInt8]?) {
        self.isTerminal = isTerminal
        readBytes = read
    }

    package static let standard = Input(isTerminal: isatty(STDIN_FILENO) == 1) { count in
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = 0
            repeat { got = read(STDIN_FILENO, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            failed = got < 0
            filled = max(0, got)
        }
        return failed ? nil : bytes
    }

    /// Everything up to the end, or one byte more than `limit` where there is more.
    package func all(limit: Int) throws(CommandFailure) -> [UInt8] {
        var content: [UInt8] = []
        while content.count <= limit {
            guard let piece = readBytes(min(64 * 1024, limit + 1 - content.count)) else {
                throw CommandFailure(
                    .badInput, code: "unreadable", fr: "L'entrée standard est illisible.",
                    en: "Standard input cannot be read.")
            }
            if piece.isEmpty { break }
            content += piece
        }
        return content
    }

    /// One line as a person answers a question; empty at the end.
    package func line() -> String {
        var line: [UInt8] = []
        while line.count < 1000, let byte = readBytes(1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
