import Platform
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Sessions: kept, lost, changed, interrupted", .timeLimit(.minutes(1)))
struct SessionTests {
    private typealias Step = ScriptedSMTPServer.Step

    /// How a server leaves a session it keeps open.
    enum Leaving: String, CaseIterable {
        case close, reset, goodbye, goodbyeAtMail, resetAtMail

        var script: [ScriptedSMTPServer.Step] {
            switch self {
            case .close: [.close]
            case .reset: [.reset]
            case .goodbye: [.reply("421 4.4.2 Idle for too long"), .close]
            case .goodbyeAtMail: [.expect("MAIL"), .reply("421 4.7.0 Enough messages"), .close]
            case .resetAtMail: [.expect("MAIL"), .reset]
            }
        }
    }

    @Test("A session that died while it was kept is replaced without anybody noticing", arguments: Leaving.allCases)
    func deadSession(_ leaving: Leaving) async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + leaving.script, .hello() + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            if [.close, .reset, .goodbye].contains(leaving) { await server.waits(for: .disconnected(1)) }
            let result = await connection.deliver(Trial.parcel())
            #expect(result.outcome == .accepted)
            #expect(result.fault == nil)
            #expect(server.connections == 2)
            #expect(server.messages.count == 2)
            await connection.close()
        }
    }

    @Test("A session lost later than MAIL is not tried again: the attempt is over")
    func lostAfterMail() async throws {
        let second: [Step] = [.expect("MAIL"), .reply("250 Ok"), .expect("RCPT"), .reset]
        try await ScriptedSMTPServer.run(.hello() + .accepted + second, .hello() + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            let result = await connection.deliver(Trial.parcel())
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil)
            #expect(server.connections == 1)
            await connection.close()
        }
    }

    @Test("A kept session whose answer is lost is uncertain, and is not sent a second time")
    func uncertainInKept() async throws {
        let second: [Step] = .envelope + [.message, .close]
        try await ScriptedSMTPServer.run(.hello() + .accepted + second, .hello() + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(await connection.deliver(Trial.parcel()).outcome == .uncertain)
            #expect(server.connections == 1)
            await connection.close()
        }
    }

    @Test("A late answer to one message is never taken for the answer to the next")
    func lateAnswer() async throws {
        let late: [Step] = .envelope + [.message, .expect("MAIL"), .reply("550 5.7.1 Not the first one")]
        try await ScriptedSMTPServer.run(.hello() + late, .hello() + .accepted) { server in
            let settings = try Trial.settings(server.url, reply: .seconds(1))
            let connection = SMTPConnection { settings }
            #expect(await connection.deliver(Trial.parcel()).outcome == .uncertain)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.connections == 2)
            await connection.close()
        }
    }

    @Test("A session goes on after a message was put off at its end")
    func deferredAndKept() async throws {
        let first: [Step] = .envelope + [.message, .reply("451 4.3.0 Later")]
        try await ScriptedSMTPServer.run(.hello() + first + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .deferred)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.connections == 1)
            await connection.close()
        }
    }

    @Test("A session out of step never has a message accepted that was not, and the next one is whole")
    func outOfStep() async throws {
        let ahead: [Step] = .envelope + [.message, .reply("250 2.0.0 Ok\n250 2.0.0 Ok")]
        try await ScriptedSMTPServer.run(.hello() + ahead + .accepted, .hello() + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            let shifted = await connection.deliver(Trial.parcel())
            #expect(shifted.outcome == .deferred && shifted.fault == nil)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.connections == 2)
            #expect(server.messages.count == 2)
            await connection.close()
        }
    }

    @Test("A session ends after a refusal, and the next message has a new one")
    func newAfterRefusal() async throws {
        let refusal: [Step] = .hello() + [.expect("MAIL"), .reply("550 No"), .expect("QUIT"), .reply("221 Bye")]
        try await ScriptedSMTPServer.run(refusal, .hello() + .accepted) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .refused)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            await connection.close()
        }
    }

    @Test("Changed settings take effect with the next message, over a new connection")
    func changedSettings() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + .goodbye, .hello() + .accepted) { server in
            let settings = Locked(try Trial.settings(server.url, hello: "old.example.fr"))
            let connection = SMTPConnection { settings.current }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            settings.withLock { $0.hello = "new.example.fr" }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.commands.filter { $0.hasPrefix("EHLO") } == ["EHLO old.example.fr", "EHLO new.example.fr"])
            #expect(server.commands.contains("QUIT"))
            await connection.close()
        }
    }

    @Test("A goodbye that is not answered holds nobody up")
    func hangingGoodbye() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + [.expect("QUIT"), .stall]) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            await connection.close()
            #expect(server.commands.last == "QUIT")
        }
    }

    // MARK: Interruption

    /// Interrupts once the server has fallen silent.
    private func interrupted(_ script: [Step]) async throws -> AttemptResult {
        try await ScriptedSMTPServer.run(script) { server in
            let connection = try Trial.connection(server)
            async let result = connection.deliver(Trial.parcel())
            await server.waits(for: .stalled)
            connection.interrupt()
            let known = await result
            await connection.close()
            return known
        }
    }

    @Test("Interrupted after the message: it may have arrived")
    func interruptedAfterBody() async throws {
        let result = try await interrupted(.hello() + .envelope + [.message, .stall])
        #expect(result.outcome == .uncertain)
        #expect(result.fault == nil)
    }

    @Test("Interrupted before the message was sent: put off, and nobody's fault", arguments: [0, 1, 3, 5, 7])
    func interruptedBefore(steps: Int) async throws {
        let result = try await interrupted(Array((.hello() + .envelope).prefix(steps)) + [.stall])
        #expect(result.outcome == .deferred)
        #expect(result.fault == nil)
        #expect(result.code == nil)
        #expect(result.text.contains("interrupted"))
    }

    @Test("Interrupted while nothing was under way: the next message goes out")
    func interruptedIdle() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + .accepted) { server in
            let connection = try Trial.connection(server)
            connection.interrupt()
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            connection.interrupt()
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            await connection.close()
        }
    }

    @Test("A connection that is dropped without a goodbye leaves its server")
    func dropped() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + [.line, .stall]) { server in
            var connection: SMTPConnection? = try Trial.connection(server)
            #expect(await connection?.deliver(Trial.parcel()).outcome == .accepted)
            connection = nil
            await server.waits(for: .disconnected(1))
        }
    }
}
