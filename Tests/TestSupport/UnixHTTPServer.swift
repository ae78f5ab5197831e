import Glibc
package import Platform

/// A server on a Unix socket that answers each connection with canned bytes; gone with the value.
package final class UnixHTTPServer: Sendable {
    package let path: String
    private let listener: Int32
    private let received = Locked<[[UInt8]]>([])

    /// - Parameters:
    ///   - readsBody: whether it takes the whole request before it answers, and not its head alone.
    ///   - answer: what to send for a request; nil closes the connection without a word.
    package init(
        path: String, readsBody: Bool = true, answer: @escaping @Sendable (_ request: [UInt8]) -> String?
    ) throws(SystemError) {
        self.path = path
        listener = try Self.bound(to: path)
        let listener = listener
        let received = received
        try systemCall("listen", on: path) { listen(listener, 16) }
        let serve = Work {
            while case let client = accept(listener, nil, nil), client >= 0 {
                let request = Self.request(from: client, whole: readsBody)
                received.withLock { $0.append(request) }
                if let answer = answer(request) {
                    _ = answer.withCString { send(client, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
                }
                close(client)
            }
            // Here and not in deinit: a number that is free again may be another server's while accept still has it.
            close(listener)
        }
        serve.start()
    }

    deinit {
        // Wakes the thread that accepts, which then ends.
        shutdown(listener, Int32(SHUT_RDWR))
        unlink(path)
    }

    /// Every request so far, head and body.
    package var requests: [String] { received.current.map { String(decoding: $0, as: UTF8.self) } }

    /// Binds a socket that nobody listens on.
    package static func bound(to path: String) throws(SystemError) -> Int32 {
        let descriptor = try systemCall("socket", on: path) { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }
        try systemCall("bind", on: path) { withAddress(of: path) { bind(descriptor, $0, $1) } }
        return descriptor
    }

    /// - Returns: whether it was let in, or may wait for it.
    package static func connect(_ descriptor: Int32, to path: String) -> Bool {
        withAddress(of: path) { Glibc.connect(descriptor, $0, $1) } == 0
    }

    private static func withAddress<Result>(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func request(from client: Int32, whole: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !isComplete(bytes, whole: whole) {
            let count = recv(client, &buffer, buffer.count, 0)
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static func isComplete(_ bytes: [UInt8], whole: Bool) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        if !whole { return true }
        let length = text[..<end.lowerBound].split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}

/// Something a thread of its own does.
private final class Work: Sendable {
    private let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, context)
        if code == 0 { pthread_detach(thread) }
    }
}
