import Glibc
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Servers that take their time, or vanish", .timeLimit(.minutes(2)))
struct SlowServerTests {
    private typealias Step = ScriptedSMTPServer.Step

    /// Where a server begins to drip, and what is known then.
    struct Tarpit: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var script: [ScriptedSMTPServer.Step]
        var outcome = AttemptResult.Outcome.deferred
        var fault: ChannelFault.Kind?
    }

    private static let mail: [Step] = .hello() + [.expect("MAIL")]
    private static let rcpt: [Step] = mail + [.reply("250 Ok"), .expect("RCPT")]
    private static let data: [Step] = rcpt + [.reply("250 Ok"), .expect("DATA")]
    private static let large = String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 200_000)

    @Test(
        "A server that drips its answers has no longer than one that says nothing",
        arguments: [
            Tarpit(testDescription: "greeting", script: [.drip("2")], fault: .unreachable),
            Tarpit(testDescription: "greeting, line by line", script: [.drip("220-a\r\n")], fault: .unreachable),
            Tarpit(
                testDescription: "EHLO", script: [.reply("220 a"), .expect("EHLO"), .drip("250-a\r\n")],
                fault: .unreachable),
            Tarpit(
                testDescription: "login", script: .hello("AUTH PLAIN") + [.expect("AUTH"), .drip("235-a\r\n")],
                fault: .unreachable),
            Tarpit(testDescription: "MAIL", script: mail + [.drip("250-a\r\n")]),
            Tarpit(testDescription: "RCPT", script: rcpt + [.drip("250-a\r\n")]),
            Tarpit(testDescription: "RCPT, without a line end", script: rcpt + [.drip("250 a")]),
            Tarpit(testDescription: "DATA", script: data + [.drip("354-a\r\n")]),
            Tarpit(
                testDescription: "the last reply", script: .hello() + .envelope + [.message, .drip("250-a\r\n")],
                outcome: .uncertain),
            Tarpit(
                testDescription: "the last reply, without a line end",
                script: .hello() + .envelope + [.message, .drip("250 a")], outcome: .uncertain),
        ])
    func drips(_ tarpit: Tarpit) async throws {
        try await ScriptedSMTPServer.run(tarpit.script) { server in
            let login = tarpit.testDescription == "login"
            var settings = try Trial.settings(
                server.url, username: login ? "marie" : nil, password: login ? "secret" : nil, reply: .seconds(1))
            // The one that is too short is the one that is meant.
            settings.timeouts.connect = tarpit.fault == nil ? .seconds(600) : .seconds(1)
            if tarpit.fault != nil { settings.timeouts.reply = .seconds(600) }
            let result = await Trial.deliver(settings)
            #expect(result.outcome == tarpit.outcome)
            #expect(result.fault?.kind == tarpit.fault)
            #expect(result.code == (tarpit.outcome == .uncertain ? 354 : nil))
        }
    }

    @Test("A captive portal that waits for a question has no longer than any server to greet")
    func portal() async throws {
        try await ScriptedSMTPServer.run([.line, .reply("HTTP/1.1 400 Bad Request")]) { server in
            var settings = try Trial.settings(server.url)
            settings.timeouts.connect = .milliseconds(500)
            let result = await Trial.deliver(settings)
            #expect(result.fault?.kind == .unreachable)
            #expect(server.commands.isEmpty)
        }
    }

    @Test("A probe whose NOOP is dripped an answer ends like any other reply")
    func probe() async throws {
        try await ScriptedSMTPServer.run(.hello() + [.expect("NOOP"), .drip("250-a\r\n")]) { server in
            let settings = try Trial.settings(server.url, reply: .seconds(1))
            let connection = SMTPConnection { settings }
            #expect(await connection.probe()?.kind == .unreachable)
            await connection.close()
        }
    }

    @Test("A probe goes no further than NOOP: 421 there is a busy server, and any other answer is good enough")
    func noop() async throws {
        let rows: [(String, ChannelFault.Kind?)] = [
            ("421 4.3.2 Going down", .busy), ("250 Ok", nil), ("502 5.5.1 What?", nil), ("450 4.2.0 Not now", nil),
        ]
        for (reply, fault) in rows {
            try await ScriptedSMTPServer.run(.hello() + [.expect("NOOP"), .reply(reply)]) { server in
                let settings = try Trial.settings(server.url)
                let connection = SMTPConnection { settings }
                #expect(await connection.probe()?.kind == fault)
                await connection.close()
                #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
            }
        }
    }

    @Test("One message has so long in all, however much headway it makes; it is undelivered for sure")
    func total() async throws {
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.sip]) { server in
            var settings = try Trial.settings(server.url, reply: .seconds(600))
            settings.timeouts.total = .seconds(1)
            let result = await Trial.deliver(settings, Trial.parcel(Trial.letter + Self.large))
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil && result.code == nil)
        }
    }

    @Test("While a server weighs a whole message it has as long as for any reply, not as long as for headway")
    func weighing() async throws {
        let slowly: Step = .judge { _ in
            poll(nil, 0, 2500)
            return [.reply("250 2.0.0 Ok")]
        }
        try await ScriptedSMTPServer.run(.hello() + .envelope + [slowly]) { server in
            var settings = try Trial.settings(server.url)
            settings.timeouts.stall = .milliseconds(100)
            let result = await Trial.deliver(settings)
            #expect(result.outcome == .accepted)
        }
    }

    // MARK: Half-open connections

    private func settings(_ server: ScriptedSMTPServer) throws -> SMTPSettings {
        // Nothing but the silence of its machine may end it.
        var settings = try Trial.settings(server.url, reply: .seconds(3600))
        settings.timeouts.stall = .seconds(3600)
        settings.timeouts.vanished = .milliseconds(1500)
        return settings
    }

    @Test("A server whose machine vanished is known to be gone long before its time is up")
    func vanished() async throws {
        let rows: [([Step], AttemptResult.Outcome, ChannelFault.Kind?)] = [
            ([.reply("220 a"), .vanish, .stall], .deferred, .unreachable),
            (.hello() + [.vanish, .stall], .deferred, nil),
            (Self.mail + [.reply("250 Ok"), .vanish, .stall], .deferred, nil),
            (.hello() + .envelope + [.message, .vanish, .stall], .uncertain, nil),
        ]
        for (script, outcome, fault) in rows {
            try await ScriptedSMTPServer.run(script) { server in
                let result = await Trial.deliver(try settings(server))
                #expect(result.outcome == outcome)
                #expect(result.fault?.kind == fault)
            }
        }
    }

    @Test("A machine that vanishes within a message leaves it undelivered for sure")
    func vanishedWithin() async throws {
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.part(100_000), .vanish, .stall]) { server in
            let result = await Trial.deliver(try settings(server), Trial.parcel(Trial.letter + Self.large))
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil && result.code == nil)
        }
    }

    @Test("A kept session that a firewall forgot is replaced without counting as an attempt")
    func forgotten() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + [.vanish, .stall], .hello() + .accepted) { server in
            let settings = try settings(server)
            let connection = SMTPConnection { settings }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            await server.waits(for: .stalled)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.connections == 2)
            #expect(server.messages.count == 2)
            await connection.close()
        }
    }

    // MARK: Welcome

    @Test("It is told that a message is welcome once the server waits for it, and not before")
    func welcome() async throws {
        let (welcomes, told) = AsyncStream.makeStream(of: Void.self)
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.message, .stall, .reply("250 Ok")]) { server in
            let connection = try Trial.connection(server)
            async let result = connection.deliver(Trial.parcel()) { told.yield() }
            for await _ in welcomes { break }
            server.release()
            #expect(await result.outcome == .accepted)
            await connection.close()
        }
        try await ScriptedSMTPServer.run(Self.data + [.reply("451 4.3.0 Later")] + .goodbye) { server in
            let connection = try Trial.connection(server)
            #expect(
                await connection.deliver(Trial.parcel()) { Issue.record("nobody waits for it") }.outcome == .deferred)
            await connection.close()
        }
    }
}
