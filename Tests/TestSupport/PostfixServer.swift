import Glibc
import Platform

/// A real Postfix with a private Dovecot for its logins, in a temporary folder and on loopback ports of its own. What
/// it accepts it relays, byte for byte, to a sink in this process.
///
/// It needs root, and the packages postfix, dovecot-core and openssl. It goes away with the process that started it,
/// however that ends.
package final class PostfixServer: Sendable {
    /// Wants neither TLS nor a login, and offers STARTTLS.
    package let relay: String
    /// STARTTLS, then a login.
    package let submission: String
    /// TLS from the start, then a login.
    package let submissions: String
    /// The authority of its certificate, which is for `localhost` alone.
    package let caFile: String
    package let username = "marie"
    package let password = "S\u{e9}same!"
    package let ports: [Int]
    /// Bytes a message may have.
    package let sizeLimit = 2_000_000

    private let sink: ScriptedSMTPServer
    private let inbox = Locked(Inbox())
    private let servers: ServerScript

    /// Servers nobody should trust: they want no login and offer STARTTLS, with something wrong about it.
    package enum Stranger: Int, Sendable, CaseIterable {
        case expired, notYetValid, selfSigned, obsolete
    }

    package func url(_ stranger: Stranger) -> String { "smtp://localhost:\(ports[3 + stranger.rawValue])" }

    /// Ends it as a restart does, whoever is talking to it; blocks until it is gone.
    package func stop() {
        servers.stop()
        sink.stop()
    }

    /// Why there can be none here; nil where there can.
    package static let obstacle: String? = {
        guard getuid() == 0 else { return "only root can start Postfix" }
        let programs = ["/usr/sbin/postconf", "/usr/sbin/dovecot", "/usr/bin/openssl"]
        return programs.first { access($0, X_OK) != 0 }.map { "\($0) is not installed" }
    }()

    package static var isAvailable: Bool { obstacle == nil }

    /// The one of this process, started when it is first asked for.
    package static var shared: PostfixServer {
        get async throws { try await starting.value }
    }

    private static let starting = Task.detached { try PostfixServer() }

    /// One that may be stopped; blocks until it is up.
    ///
    /// - Parameter ports: those of one that was stopped; free ones without.
    package init(_ ports: [Int]? = nil) throws {
        sink = try ScriptedSMTPServer([Self.sinkScript])
        var failure: any Error = ServerScript.Failure(description: Self.obstacle ?? "")
        for _ in 0..<3 where Self.obstacle == nil {
            // Free now; should somebody else take one meanwhile, there is another try.
            let ports = try ports ?? Self.freePorts(3 + Stranger.allCases.count)
            do {
                servers = try ServerScript.start(Self.script, name: "Postfix", ([sink.port] + ports).map(String.init))
            } catch {
                failure = error
                continue
            }
            self.ports = ports
            caFile = servers.answer + "/ca.pem"
            relay = "smtp://localhost:\(ports[0])"
            submission = "smtp://localhost:\(ports[1])"
            submissions = "smtps://localhost:\(ports[2])"
            Task.detached { [self] in
                for await event in sink.events {
                    if case .message(let bytes) = event { inbox.withLock { $0.take(bytes) } }
                }
            }
            return
        }
        throw failure
    }

    /// The message with this text in it, as soon as it is here. Postfix adds header lines in front.
    package func message(containing text: String) async -> [UInt8] {
        await withCheckedContinuation { waiting in
            inbox.withLock { $0.wait(for: text, waiting) }
        }
    }

    private struct Inbox {
        var messages: [[UInt8]] = []
        var waiting: [(text: String, continuation: CheckedContinuation<[UInt8], Never>)] = []

        mutating func take(_ message: [UInt8]) {
            messages.append(message)
            let text = String(decoding: message, as: UTF8.self)
            for index in waiting.indices.reversed() where text.contains(waiting[index].text) {
                waiting.remove(at: index).continuation.resume(returning: message)
            }
        }

        mutating func wait(for text: String, _ continuation: CheckedContinuation<[UInt8], Never>) {
            if let message = messages.first(where: { String(decoding: $0, as: UTF8.self).contains(text) }) {
                continuation.resume(returning: message)
            } else {
                waiting.append((text, continuation))
            }
        }
    }

    private static let sinkScript: [ScriptedSMTPServer.Step] = [
        .reply("220 sink ESMTP"), .expect("EHLO"), .reply("250-sink\n250-8BITMIME\n250 SMTPUTF8"), .expect("MAIL"),
        .reply("250 Ok"), .expect("RCPT"), .reply("250 Ok"), .expect("DATA"), .reply("354 Go on"), .message,
        .reply("250 Ok"), .expect("QUIT"), .reply("221 Bye"),
    ]

    /// Loopback ports that nobody had a moment ago.
    static func freePorts(_ count: Int) throws -> [Int] {
        let holders = try (0..<count).map { _ in try ScriptedSMTPServer([[]]) }
        defer { for holder in holders { holder.stop() } }
        return holders.map(\.port)
    }
}
