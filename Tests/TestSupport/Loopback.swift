import Glibc
import Platform

/// Sockets for servers of the tests' own.
enum Loopback {
    /// A port of 127.0.0.1 that nobody else has.
    static func listen() throws -> (socket: OpenSocket, port: Int) {
        let descriptor = try systemCall("socket", on: "loopback") {
            socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout.size(ofValue: address))
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                try systemCall("bind", on: "loopback") { bind(descriptor, generic, size) }
                try systemCall("listen", on: "loopback") { Glibc.listen(descriptor, 64) }
                try systemCall("getsockname", on: "loopback") { getsockname(descriptor, generic, &size) }
            }
        }
        return (OpenSocket(descriptor), Int(UInt16(bigEndian: address.sin_port)))
    }
}
