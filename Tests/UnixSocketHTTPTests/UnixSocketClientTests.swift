import Foundation
import Glibc
import Platform
import TestSupport
import Testing
import UnixSocketHTTP

/// Over real sockets.
struct UnixSocketClientTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func answer(_ body: String, _ status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("A GET brings status and body, its target untouched")
    func get() throws {
        let server = try UnixHTTPServer(path: folder("s")) { _ in "HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nbody" }
        let client = UnixSocketClient(socket: folder("s"))
        let found = try client.send(UnixSocketRequest("/v1/licenses/../x?a=%C3%A9", timeout: .seconds(10)))
        #expect(found == UnixSocketAnswer(status: 404, body: Array("body".utf8)))
        #expect(server.requests[0].hasPrefix("GET /v1/licenses/../x?a=%C3%A9 HTTP/1.1\r\n"))
    }

    @Test("JSON is posted as JSON, empty too", arguments: ["{}", ""])
    func json(_ body: String) throws {
        let answer = answer("ok")
        let server = try UnixHTTPServer(path: folder("s")) { _ in answer }
        let request = UnixSocketRequest("/v1/x", body: .json(Array(body.utf8)), timeout: .seconds(10))
        #expect(try UnixSocketClient(socket: folder("s")).send(request).status == 200)
        #expect(server.requests[0].hasPrefix("POST /v1/x HTTP/1.1\r\n"))
        #expect(server.requests[0].contains("Content-Type: application/json"))
        #expect(server.requests[0].contains("Content-Length: \(body.utf8.count)\r\n"))
        #expect(server.requests[0].hasSuffix("\r\n\r\n\(body)"))
    }

    @Test("A form carries each part with its file name, NUL bytes and empty files too")
    func form() throws {
        let answer = answer("", "201 Created")
        let server = try UnixHTTPServer(path: folder("s")) { _ in answer }
        let parts = [
            UnixSocketRequest.Part(name: "report", fileName: "é \"q\".txt", content: Array("a\0b".utf8)),
            UnixSocketRequest.Part(name: "attachment", fileName: "empty", content: []),
            UnixSocketRequest.Part(name: "attachment", fileName: "a\r\nX: y", content: [13, 10]),
        ]
        let request = UnixSocketRequest("/v1/submissions", body: .form(parts), timeout: .seconds(10))
        #expect(try UnixSocketClient(socket: folder("s")).send(request).status == 201)
        let sent = server.requests[0]
        #expect(sent.contains("name=\"report\"; filename=\"é %22q%22.txt\""))
        #expect(sent.contains("\r\n\r\na\0b\r\n--"))
        #expect(sent.contains("name=\"attachment\"; filename=\"empty\"\r\n"))
        #expect(sent.contains("filename=\"a%0D%0AX: y\"\r\n"))
        let body = try #require(sent.range(of: "\r\n\r\n"))
        #expect(sent.contains("Content-Length: \(sent[body.upperBound...].utf8.count)\r\n"))
    }

    @Test("A success is streamed to the writer; a refusal is not")
    func streaming() throws {
        let body = String(repeating: "0123456789", count: 100_000)
        let whole = answer(body)
        let server = try UnixHTTPServer(path: folder("s")) { request in
            String(decoding: request, as: UTF8.self).contains("/good")
                ? whole : "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno"
        }
        let client = UnixSocketClient(socket: server.path)
        let written = Locked(0)
        let good = try client.send(UnixSocketRequest("/good", timeout: .seconds(10))) { piece in
            written.withLock { $0 += piece.count }
            return true
        }
        #expect(written.current == body.utf8.count)
        #expect(good.body.isEmpty)
        let bad = try client.send(UnixSocketRequest("/bad", timeout: .seconds(10))) { _ in
            Issue.record("a refusal reached the writer")
            return true
        }
        #expect(bad.body == Array("no".utf8))
        let failure = #expect(throws: UnixSocketFailure.self) {
            try client.send(UnixSocketRequest("/good", timeout: .seconds(10))) { _ in false }
        }
        #expect(failure?.kind == .stopped)
        #expect(server.requests.count == 3)
    }

    @Test("An answer that comes before the request was taken whole counts")
    func early() throws {
        let server = try UnixHTTPServer(path: folder("s"), readsBody: false) { _ in
            "HTTP/1.1 413 No\r\nContent-Length: 3\r\n\r\nbig"
        }
        let part = UnixSocketRequest.Part(
            name: "report", fileName: "big", content: Array(repeating: 120, count: 8_000_000))
        let request = UnixSocketRequest("/v1/submissions", body: .form([part]), timeout: .seconds(60))
        #expect(
            try UnixSocketClient(socket: server.path).send(request)
                == UnixSocketAnswer(status: 413, body: Array("big".utf8)))
    }

    @Test(
        "Half an answer is none",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-", "SSH-2.0\r\n\r\n",
        ])
    func half(_ answer: String) throws {
        let server = try UnixHTTPServer(path: folder("s")) { _ in answer }
        let takesAll: @Sendable (UnsafeRawBufferPointer) -> Bool = { _ in true }
        for writer in [nil, takesAll] {
            let failure = #expect(throws: UnixSocketFailure.self) {
                try UnixSocketClient(socket: server.path).send(
                    UnixSocketRequest("/", timeout: .seconds(60)), writingTo: writer)
            }
            #expect(failure?.kind == .broken)
        }
    }

    @Test("Where too many wait to be let in, that is not the same as nobody there")
    func crowded() throws {
        let listener = try UnixHTTPServer.bound(to: folder("s"))
        defer { close(listener) }
        listen(listener, 0)
        // Clients that nobody lets in, until the queue takes no more.
        var waiting: [Int32] = []
        defer { waiting.forEach { _ = close($0) } }
        var isLetIn = true
        while isLetIn {
            let client = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            _ = fcntl(client, F_SETFL, O_NONBLOCK)
            waiting.append(client)
            isLetIn = UnixHTTPServer.connect(client, to: folder("s"))
        }
        let failure = #expect(throws: UnixSocketFailure.self) {
            try UnixSocketClient(socket: folder("s")).send(UnixSocketRequest("/", timeout: .seconds(60)))
        }
        #expect(failure?.kind == .timedOut)
        #expect(failure?.detail == String(cString: strerror(EAGAIN)))
    }

    @Test("An answer that stops half way is waited for no longer than meant")
    func stalled() throws {
        let listener = try UnixHTTPServer.bound(to: folder("s"))
        defer { close(listener) }
        listen(listener, 1)
        OwnThread.run("half an answer") {
            let client = accept(listener, nil, nil)
            let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
            _ = half.withCString { send(client, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
            // Until the other side has gone.
            var octet = [UInt8](repeating: 0, count: 4096)
            while recv(client, &octet, octet.count, 0) > 0 {}
            close(client)
        }
        let failure = #expect(throws: UnixSocketFailure.self) {
            try UnixSocketClient(socket: folder("s")).send(UnixSocketRequest("/", timeout: .milliseconds(200)))
        }
        #expect(failure?.kind == .timedOut)
    }

    @Test("Without a socket, a listener or an answer there is a failure of its own")
    func failures() throws {
        func kind(_ path: String, _ timeout: Duration = .seconds(10)) -> UnixSocketFailure.Kind? {
            let client = UnixSocketClient(socket: path)
            return #expect(throws: UnixSocketFailure.self) {
                try client.send(UnixSocketRequest("/", timeout: timeout))
            }?.kind
        }
        #expect(kind(folder("absent")) == .absent)
        #expect(kind(folder(String(repeating: "long", count: 40))) == .absent)
        let deaf = try UnixHTTPServer.bound(to: folder("deaf"))
        defer { close(deaf) }
        #expect(kind(folder("deaf")) == .refused)
        let server = try UnixHTTPServer(path: folder("rude")) { _ in nil }
        #expect(kind(server.path) == .broken)
        #expect(server.requests.count == 1)
        listen(deaf, 1)
        #expect(kind(folder("deaf"), .milliseconds(50)) == .timedOut)
    }
}
