@preconcurrency import Dispatch
import Glibc
import Platform

/// An HTTP/1.1 server on a loopback port that answers as it is told; one request for each connection.
package final class WebServer: Sendable {
    package struct Request: Sendable {
        package var method = ""
        /// As it came, with its query.
        package var target = ""
        /// By their names in small letters.
        package var headers: [String: String] = [:]
        package var body: [UInt8] = []

        package var path: String { String(target.prefix { $0 != "?" }) }
    }

    package enum Reply: Sendable {
        case answer(Int, headers: [String: String] = [:], body: String = "")
        /// Bytes as they are, then the end.
        case raw(String)
        /// Hangs up without a word.
        case nothing
        /// Says nothing until the server stops.
        case hang
    }

    package let port: Int
    private let listener: OpenSocket
    private let received = Locked<[Request]>([])
    private let open = Locked<Set<Int32>>([])
    private let stopped = DispatchSemaphore(value: 0)

    package init(_ reply: @escaping @Sendable (Request) -> Reply) throws {
        (listener, port) = try Loopback.listen()
        OwnThread.run("web server") { self.serve(reply) }
    }

    package var url: String { "http://127.0.0.1:\(port)" }
    package var requests: [Request] { received.current }

    package func stop() {
        listener.shutDown()
        open.withLock { for descriptor in $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
        for _ in 0..<32 { stopped.signal() }
    }

    private func serve(_ reply: @escaping @Sendable (Request) -> Reply) {
        while true {
            var ready = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, -1)
            let client = Programs.start {
                let client = accept(listener.descriptor, nil, nil)
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                return client
            }
            if client < 0 { break }
            _ = open.withLock { $0.insert(client) }
            OwnThread.run("web session") {
                self.talk(client, reply)
                self.open.withLock {
                    $0.remove(client)
                    close(client)
                }
            }
        }
        listener.close()
    }

    private func talk(_ client: Int32, _ reply: (Request) -> Reply) {
        guard let request = Self.request(from: client) else { return }
        received.withLock { $0.append(request) }
        switch reply(request) {
        case .answer(let status, let headers, let body):
            var text = "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
            for (name, value) in headers { text += "\(name): \(value)\r\n" }
            Self.send(client, text + "\r\n" + body)
        case .raw(let text): Self.send(client, text)
        case .nothing: break
        case .hang: stopped.wait()
        }
    }

    private static func send(_ client: Int32, _ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func request(from client: Int32) -> Request? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        var request: Request?
        var start = 0
        while true {
            if request == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                request = head(String(decoding: bytes[..<end.lowerBound], as: UTF8.self))
                start = end.upperBound
            }
            if var request, bytes.count - start >= Int(request.headers["content-length"] ?? "0") ?? 0 {
                request.body = Array(bytes[start...])
                return request
            }
            let count = recv(client, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
    }

    private static func head(_ text: String) -> Request {
        var request = Request()
        let lines = text.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        if words.count == 3 { (request.method, request.target) = (String(words[0]), String(words[1])) }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            request.headers[line[..<colon].lowercased()] = String(value)
        }
        return request
    }
}
