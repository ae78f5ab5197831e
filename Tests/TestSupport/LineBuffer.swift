import Glibc

/// Reads a socket line by line.
struct LineBuffer {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Without its line end; nil at the end of the conversation.
    mutating func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = buffer[..<end].filter { $0 != 0x0D }
                buffer.removeSubrange(...end)
                return String(decoding: line, as: UTF8.self)
            }
            guard more() else { return nil }
        }
    }

    mutating func message() -> [UInt8]? {
        // As if a line had just ended, so that a message of nothing but its end is found too.
        var message: [UInt8] = [0x0D, 0x0A]
        while true {
            while let end = buffer.firstIndex(of: 0x0A) {
                var line = Array(buffer[...end])
                buffer.removeSubrange(...end)
                let startsLine = message.suffix(2).elementsEqual([0x0D, 0x0A])
                if startsLine, line == Array(".\r\n".utf8) { return Array(message.dropFirst(2)) }
                if startsLine, line.first == UInt8(ascii: ".") { line.removeFirst() }
                message += line
            }
            guard more() else { return nil }
        }
    }

    mutating func bytes(_ count: Int) -> Bool {
        while buffer.count < count { guard more() else { return false } }
        buffer.removeFirst(count)
        return true
    }

    /// Takes one byte and throws it away.
    mutating func sip() -> Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) == 1
    }

    /// From now on the kernel throws away whatever comes, unacknowledged.
    func deafen() {
        // A socket filter of one instruction, "return 0": no byte of any packet is let in (struct sock_fprog).
        var filter: UInt64 = 0x06
        withUnsafePointer(to: &filter) { filter in
            var program = (count: UInt16(1), filter: filter)
            setsockopt(
                descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, socklen_t(MemoryLayout.size(ofValue: program)))
        }
    }

    /// Whether the client hangs up within so many milliseconds.
    static func ends(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        // POLLRDHUP, which only GNU's headers show.
        var state = pollfd(fd: descriptor, events: 0x2000, revents: 0)
        return poll(&state, 1, milliseconds) > 0
    }

    private mutating func more() -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        buffer += piece[..<count]
        return true
    }
}
