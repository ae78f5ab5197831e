import Glibc
import Platform

/// A name server that is of no help, on a loopback address of its own. It needs root, for its port.
package final class NameServer: Sendable {
    package enum Manner: Sendable, CaseIterable {
        /// SERVFAIL.
        case failing
        /// NXDOMAIN.
        case unknowing
        /// No answer at all.
        case silent
    }

    /// As in `nameserver 127.77.0.3` of resolv.conf(5).
    package let address: String
    /// Every question.
    package let questions: AsyncStream<Void>
    private let socket: OpenSocket

    package static let isAvailable = getuid() == 0

    package init(_ manner: Manner) throws {
        let host = UInt32(0x7F00_0000) | UInt32.random(in: 0x0100_00...0xFFFF_FE)
        address = [24, 16, 8, 0].map { String(host >> $0 & 0xFF) }.joined(separator: ".")
        let descriptor = try systemCall("socket", on: "name server") {
            Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        }
        self.socket = OpenSocket(descriptor)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = host.bigEndian
        place.sin_port = in_port_t(53).bigEndian
        try systemCall("bind", on: "name server") {
            withUnsafePointer(to: &place) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        let (questions, asked) = AsyncStream.makeStream(of: Void.self)
        self.questions = questions
        OwnThread.run("name server") { [socket] in
            Self.serve(descriptor, manner, asked)
            asked.finish()
            socket.close()
        }
    }

    deinit { socket.shutDown() }

    private static func serve(_ descriptor: Int32, _ manner: Manner, _ asked: AsyncStream<Void>.Continuation) {
        var packet = [UInt8](repeating: 0, count: 4096)
        while true {
            var peer = sockaddr_storage()
            var size = socklen_t(MemoryLayout.size(ofValue: peer))
            withUnsafeMutablePointer(to: &peer) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                    let count = recvfrom(descriptor, &packet, packet.count, 0, peer, &size)
                    guard count > 12 else {
                        size = 0
                        return
                    }
                    asked.yield()
                    guard manner != .silent else { return }
                    // RFC 1035, 4.1.1: an answer, recursion available, and why there is none.
                    packet[2] |= 0x80
                    packet[3] = 0x80 | (manner == .failing ? 2 : 3)
                    sendto(descriptor, packet, count, 0, peer, size)
                }
            }
            if size == 0 { return }
        }
    }
}
