import Glibc
import Platform

/// Stands between a client and a server that talk in lines, and lets a test act at each of them: before a request goes
/// on, after it went, before an answer is passed on.
package final class LineProxy: Sendable {
    package enum Moment: Hashable, Sendable, CaseIterable {
        /// A request came and was not passed on.
        case heard
        /// It was passed on.
        case sent
        /// An answer came back and was not passed on.
        case answered
    }

    /// What the test makes of a moment.
    package enum Course: Sendable {
        case goOn
        /// Hangs up on both.
        case hangUp
    }

    package let port: Int
    private let listener: OpenSocket
    private let server: Int
    private let act: @Sendable (Moment, String) -> Course

    /// - Parameters:
    ///   - server: its port on 127.0.0.1.
    ///   - act: what to do at each moment, and of which line.
    package init(to server: Int, act: @escaping @Sendable (Moment, String) -> Course) throws {
        self.server = server
        self.act = act
        (listener, port) = try Loopback.listen()
        OwnThread.run("proxy") { self.accept() }
    }

    package func stop() { listener.shutDown() }

    private func accept() {
        while true {
            let client = Glibc.accept(listener.descriptor, nil, nil)
            guard client >= 0 else { break }
            // A program started meanwhile must not keep the conversation open.
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            guard let peer = connect() else {
                close(client)
                continue
            }
            let pair = Pair(client: client, server: peer)
            OwnThread.run("requests") {
                self.carry(from: pair.client, to: pair.server, pair, before: .heard, after: .sent)
            }
            OwnThread.run("answers") {
                self.carry(from: pair.server, to: pair.client, pair, before: .answered, after: nil)
            }
        }
        listener.close()
    }

    private func connect() -> Int32? {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(server)).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    private func carry(from source: Int32, to target: Int32, _ pair: Pair, before: Moment, after: Moment?) {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while recv(source, &byte, 1, 0) == 1 {
            line.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            let text = String(decoding: line.dropLast(line.count > 1 ? 2 : 1), as: UTF8.self)
            if case .hangUp = act(before, text) { break }
            guard send(target, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { break }
            line = []
            if let after, case .hangUp = act(after, text) { break }
        }
        pair.hangUp()
    }

    /// Two sockets that end together.
    private final class Pair: Sendable {
        let client: Int32
        let server: Int32

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        deinit {
            close(client)
            close(server)
        }

        func hangUp() {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }
}
