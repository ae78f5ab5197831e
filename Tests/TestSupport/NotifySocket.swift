import Glibc
import Platform

/// Plays the service manager's end of sd_notify: says what the service tells it.
package final class NotifySocket: Sendable {
    package let path: String
    /// Every message, as in `READY=1`, one line each.
    package let messages: AsyncStream<String>
    private let socket: OpenSocket

    /// - Throws: `SystemError` where the socket cannot be made.
    package init(_ path: String) throws {
        self.path = path
        let (messages, said) = AsyncStream.makeStream(of: String.self)
        self.messages = messages
        unlink(path)
        let descriptor = try systemCall("socket", on: path) {
            Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        }
        self.socket = OpenSocket(descriptor)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try systemCall("bind", on: path) {
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
        OwnThread.run("notify-socket") { [socket] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                for line in String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n") {
                    said.yield(String(line))
                }
            }
            said.finish()
            socket.close()
        }
    }

    deinit {
        socket.shutDown()
    }
}
