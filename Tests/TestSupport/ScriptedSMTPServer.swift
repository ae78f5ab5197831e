@preconcurrency import Dispatch
import Glibc
import Platform

/// A mail server on a loopback port that does what its script says, however bad its manners, and tells what it
/// heard: nobody has to ask again and again.
///
/// Each connection takes the next script; the last one serves all that follow.
package final class ScriptedSMTPServer: Sendable {
    package enum Step: Sendable {
        /// Sends lines; `\n` stands for CRLF, and one is added at the end.
        case reply(String)
        /// Sends bytes as they are.
        case raw([UInt8])
        /// Waits for a command that begins so, in any case; hangs up on any other.
        case expect(String)
        /// Waits for any line.
        case line
        /// Takes a message up to its last dot.
        case message
        /// Converses as a mail server in good order does, in whatever order it is asked, and replies to messages what
        /// is returned.
        case converse(@Sendable ([UInt8]) -> String)
        /// Takes so many bytes of a message.
        case part(Int)
        /// Waits for a command that begins so, and goes on as the line deserves.
        case hear(String, @Sendable (String) -> [Step])
        /// Takes a message up to its last dot, and goes on as it deserves.
        case judge(@Sendable ([UInt8]) -> [Step])
        /// Sends the bytes one at a time with a pause after each, again and again, until the client has enough.
        case drip(String)
        /// Takes bytes one at a time with a pause after each, until the client has enough.
        case sip
        /// Does nothing until `release` or the end.
        case stall
        /// As if its machine were switched off: from now on nothing is acknowledged, not even that bytes arrived.
        case vanish
        /// Hangs up properly.
        case close
        /// Hangs up with a reset.
        case reset
    }

    package enum Event: Hashable, Sendable {
        case connected(Int)
        /// A line from the client.
        case command(String)
        /// A message, its doubled dots single again.
        case message([UInt8])
        case stalled
        case disconnected(Int)
    }

    /// Everything that happens, in order.
    package let events: AsyncStream<Event>
    package let port: Int

    private let continuation: AsyncStream<Event>.Continuation
    private let listener: OpenSocket
    private let scripts: [[Step]]
    private let log = Locked<[Event]>([])
    private let open = Locked<Set<Int32>>([])
    private let released = DispatchSemaphore(value: 0)
    private let listening = AsyncStream<Never>.makeStream()

    /// - Throws: `SystemError` where no port can be had.
    package init(_ scripts: [[Step]]) throws {
        self.scripts = scripts
        (events, continuation) = AsyncStream.makeStream()
        (listener, port) = try Loopback.listen()
        OwnThread.run("scripted server") { self.accept() }
    }

    /// Runs one for the length of the body.
    package static func run<Result>(
        _ scripts: [Step]..., body: (ScriptedSMTPServer) async throws -> Result
    ) async throws -> Result {
        let server = try ScriptedSMTPServer(scripts)
        defer { server.stop() }
        return try await body(server)
    }

    package var url: String { "smtp://127.0.0.1:\(port)" }
    package var endpoint: String { "127.0.0.1:\(port)" }

    /// What was heard so far.
    package var commands: [String] {
        log.current.compactMap { if case .command(let line) = $0 { line } else { nil } }
    }

    package var messages: [[UInt8]] {
        log.current.compactMap { if case .message(let bytes) = $0 { bytes } else { nil } }
    }

    package var connections: Int {
        log.current.count { if case .connected = $0 { true } else { false } }
    }

    /// Waits for something to happen.
    package func waits(for event: Event) async {
        for await happened in events where happened == event { return }
    }

    /// Lets one stalled session go on.
    package func release() { released.signal() }

    package func stop() {
        listener.shutDown()
        open.withLock { for descriptor in $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
        // As many as there could be.
        for _ in 0..<32 { released.signal() }
        continuation.finish()
    }

    /// Waits until the port is nobody's any more.
    package func waitsForEnd() async {
        for await _ in listening.stream {}
    }

    // MARK: Serving

    private func tell(_ event: Event) {
        log.withLock { $0.append(event) }
        continuation.yield(event)
    }

    private func accept() {
        var number = 0
        while true {
            var ready = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, -1)
            // In another program's hands it would not close when it is closed here.
            let descriptor = Programs.start {
                let descriptor = Glibc.accept(listener.descriptor, nil, nil)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                return descriptor
            }
            if descriptor < 0 { break }
            let script = scripts[min(number, scripts.count - 1)]
            number += 1
            let ordinal = number
            _ = open.withLock { $0.insert(descriptor) }
            tell(.connected(ordinal))
            OwnThread.run("scripted session") {
                self.serve(descriptor, script)
                self.tell(.disconnected(ordinal))
            }
        }
        listener.close()
        listening.continuation.finish()
    }

    private func serve(_ descriptor: Int32, _ script: [Step]) {
        defer {
            open.withLock {
                $0.remove(descriptor)
                Glibc.close(descriptor)
            }
        }
        var input = LineBuffer(descriptor: descriptor)
        _ = play(script, descriptor, &input)
    }

    /// - Returns: false where the session is over.
    private func play(_ script: [Step], _ descriptor: Int32, _ input: inout LineBuffer) -> Bool {
        for step in script {
            switch step {
            case .reply(let text):
                guard say(text, descriptor) else { return false }
            case .raw(let bytes):
                guard send(descriptor, bytes) else { return false }
            case .expect(let verb):
                guard hear(verb, &input) != nil else { return false }
            case .hear(let verb, let reaction):
                guard let line = hear(verb, &input), play(reaction(line), descriptor, &input) else { return false }
            case .line:
                guard let line = input.line() else { return false }
                tell(.command(line))
            case .message:
                guard let message = input.message() else { return false }
                tell(.message(message))
            case .judge(let reaction):
                guard let message = input.message() else { return false }
                tell(.message(message))
                guard play(reaction(message), descriptor, &input) else { return false }
            case .converse(let judge):
                converse(&input, descriptor, judge)
                return false
            case .part(let count):
                guard input.bytes(count) else { return false }
            case .drip(let text):
                let bytes = Array(text.utf8)
                var next = 0
                while !LineBuffer.ends(descriptor, within: 30), send(descriptor, [bytes[next % bytes.count]]) {
                    next += 1
                }
                return false
            case .sip:
                while !LineBuffer.ends(descriptor, within: 30), input.sip() {}
                return false
            case .stall:
                tell(.stalled)
                released.wait()
            case .vanish: input.deafen()
            case .close: return false
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
                return false
            }
        }
        return true
    }

    private func hear(_ verb: String, _ input: inout LineBuffer) -> String? {
        guard let line = input.line() else { return nil }
        tell(.command(line))
        return line.uppercased().hasPrefix(verb.uppercased()) ? line : nil
    }

    private func converse(_ input: inout LineBuffer, _ descriptor: Int32, _ judge: ([UInt8]) -> String) {
        while let line = input.line() {
            tell(.command(line))
            var reply = "250 2.0.0 Ok"
            switch line.prefix(4).uppercased() {
            case "EHLO": reply = "250-desk\n250 SIZE 50000000"
            case "DATA":
                guard say("354 Go on", descriptor), let message = input.message() else { return }
                tell(.message(message))
                reply = judge(message)
            case "QUIT": reply = "221 2.0.0 Bye"
            default: break
            }
            guard say(reply, descriptor) else { return }
        }
    }

    private func say(_ text: String, _ descriptor: Int32) -> Bool {
        let wire = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        return send(descriptor, Array((wire + "\r\n").utf8))
    }

    private func send(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
