import ControlAPI
import ControlServer
import Glibc
import Logging
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

/// A control server at work on a real socket and a real journal; what it asks of the rest of the daemon is played.
struct ServerBench {
    let folder: TemporaryFolder
    let journal: SQLiteJournal
    var limits = ControlServer.Limits()
    var submit: @Sendable (Upload) async throws -> Submission = { _ in Sample.admission(1).submission }

    init() async throws {
        folder = try TemporaryFolder()
        journal = try await SQLiteJournal.open(path: folder("journal/journal.sqlite"))
    }

    var socket: String { folder("control.sock") }

    func whileRunning(_ body: () async throws -> Void) async throws {
        let (listening, ready) = AsyncStream.makeStream(of: Void.self)
        let services = ControlServices(
            journal: journal, clock: WallClock { Sample.start }, submit: submit,
            mayRepeat: { _, _ in true }, didNotRepeat: { _, _ in },
            callBack: { _ in throw CancellationError() }, lookAgain: {},
            license: { LicenseView(license: $0, known: false, entitled: false, policy: "hold") },
            licenses: { LicensePage(licenses: []) }, register: { nil }, channels: { [] }, intakeStopped: { nil },
            doctor: { DoctorView(checks: []) }, warnAfter: { .seconds(3600) }, channelsInService: { [.smtp] },
            version: "test", startedAt: Sample.start)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = ControlServer(
            path: socket, adminGroup: "nobody's group", services: services, limits: limits, logger: quiet,
            listening: { ready.yield() })
        let running = Task { try await server.run() }
        for await _ in listening { break }
        try await body()
        running.cancel()
        try await running.value
        try await journal.close()
    }

    /// Sends bytes as they are; what comes back until the server hangs up, or until it is enough.
    func exchange(_ pieces: [[UInt8]], until isEnough: @escaping @Sendable (String) -> Bool = { _ in false })
        async throws
        -> String
    {
        let socket = socket
        return try await Programs.blocking {
            let line = try RawLine(socket)
            for piece in pieces { line.send(piece) }
            var received: [UInt8] = []
            while !isEnough(String(decoding: received, as: UTF8.self)), let piece = line.receive() { received += piece }
            return String(decoding: received, as: UTF8.self)
        }
    }

    func exchange(_ text: String, until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async throws
        -> String
    {
        try await exchange([Array(text.utf8)], until: isEnough)
    }
}

/// A connected local socket, without a word of HTTP.
final class RawLine: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(connected == 0, "\(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    /// What the other side no longer takes is lost.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// nil where the other side hung up.
    func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}
