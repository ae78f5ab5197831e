import SMTPChannel
import SupportDesk
import TestSupport
import Testing

/// What a server does, and what must become of the message.
struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var script: [ScriptedSMTPServer.Step]
    var outcome: AttemptResult.Outcome
    var code: Int?
    var enhanced: String?
    var reason: Reason.Code?
    var fault: ChannelFault.Kind?

    init(
        _ name: String, _ script: [ScriptedSMTPServer.Step], _ outcome: AttemptResult.Outcome, _ code: Int? = nil,
        _ enhanced: String? = nil, reason: Reason.Code? = nil, fault: ChannelFault.Kind? = nil
    ) {
        testDescription = name
        self.script = script
        self.outcome = outcome
        self.code = code
        self.enhanced = enhanced
        self.reason = reason
        self.fault = fault
    }

    typealias Step = ScriptedSMTPServer.Step
    static let mail: [Step] = .hello() + [.expect("MAIL"), .reply("250 Ok")]
    static let rcpt: [Step] = mail + [.expect("RCPT"), .reply("250 Ok")]
    static let sent: [Step] = .hello() + .envelope + [.message]

    static let all: [Case] = [
        // Before the message is spoken of: the channel's fault.
        Case("greeting 421", [.reply("421 4.3.2 Shutting down")], .deferred, 421, "4.3.2", fault: .busy),
        Case("greeting 450", [.reply("450 Too many")], .deferred, 450, fault: .busy),
        Case("greeting 554", [.reply("554 5.7.1 Go away")], .deferred, 554, "5.7.1", fault: .unreachable),
        Case("no greeting", [.close], .deferred, fault: .unreachable),
        Case("reset before the greeting", [.reset], .deferred, fault: .unreachable),
        Case("another protocol", [.reply("SSH-2.0-OpenSSH_9.2"), .stall], .deferred, fault: .unreachable),
        Case("lost after EHLO", [.reply("220 a"), .expect("EHLO")], .deferred, fault: .unreachable),
        Case("EHLO 421", [.reply("220 a"), .expect("EHLO"), .reply("421 Busy")], .deferred, 421, fault: .busy),
        Case(
            "EHLO and HELO refused",
            [.reply("220 a"), .expect("EHLO"), .reply("502 No"), .expect("HELO"), .reply("501 Bad name")], .deferred,
            501, fault: .configuration),
        Case(
            "HELO alone",
            [.reply("220 a"), .expect("EHLO"), .reply("502 No"), .expect("HELO"), .reply("250 a")]
                + .accepted, .accepted, 250, "2.0.0"),

        // MAIL.
        Case(
            "MAIL 450", .hello() + [.expect("MAIL"), .reply("450 4.1.8 Not now")] + .goodbye, .deferred, 450, "4.1.8"),
        Case(
            "MAIL 421", .hello() + [.expect("MAIL"), .reply("421 4.7.0 Too fast")], .deferred, 421, "4.7.0",
            fault: .busy),
        Case(
            "MAIL 550", .hello() + [.expect("MAIL"), .reply("550 5.1.8 No such domain")] + .goodbye, .refused, 550,
            "5.1.8", reason: .messageRefused),
        Case(
            "MAIL 552", .hello() + [.expect("MAIL"), .reply("552 Too large")], .refused, 552, reason: .tooLarge),
        Case(
            "MAIL 530", .hello() + [.expect("MAIL"), .reply("530 5.7.0 Authentication required")], .deferred, 530,
            "5.7.0", fault: .authentication),
        Case(
            "MAIL 530 for want of TLS",
            .hello() + [.expect("MAIL"), .reply("530 5.7.0 Must issue a STARTTLS command first")], .deferred, 530,
            "5.7.0", fault: .tls),
        Case(
            "MAIL 550 5.7.30",
            .hello() + [.expect("MAIL"), .reply("550 5.7.30 Basic authentication is not supported")],
            .deferred, 550, "5.7.30", fault: .authentication),
        Case("lost at MAIL", .hello() + [.expect("MAIL"), .reset], .deferred),

        // RCPT.
        Case(
            "RCPT 450, and QUIT answered with 221",
            mail + [.expect("RCPT"), .reply("450 4.2.0 Greylisted")] + .goodbye,
            .deferred, 450, "4.2.0"),
        Case(
            "RCPT 550", mail + [.expect("RCPT"), .reply("550 5.1.1 No such user")] + .goodbye, .refused, 550, "5.1.1",
            reason: .recipientRefused),
        Case(
            "RCPT 552 5.2.2", mail + [.expect("RCPT"), .reply("552 5.2.2 Mailbox full")], .refused, 552, "5.2.2",
            reason: .recipientRefused),
        Case(
            "RCPT 535", mail + [.expect("RCPT"), .reply("535 5.7.8 Log in")], .deferred, 535, "5.7.8",
            fault: .authentication),
        Case("RCPT 421", mail + [.expect("RCPT"), .reply("421 Later")], .deferred, 421, fault: .busy),
        Case(
            "RCPT 251", mail + [.expect("RCPT"), .reply("251 Forwarded")] + Array([Step].accepted.dropFirst(4)),
            .accepted, 250, "2.0.0"),
        Case("lost at RCPT", mail + [.expect("RCPT"), .close], .deferred),

        // DATA.
        Case("DATA 451", rcpt + [.expect("DATA"), .reply("451 4.3.0 Later")] + .goodbye, .deferred, 451, "4.3.0"),
        Case(
            "DATA 554", rcpt + [.expect("DATA"), .reply("554 5.5.1 No valid recipients")], .refused, 554, "5.5.1",
            reason: .messageRefused),
        Case("DATA 250", rcpt + [.expect("DATA"), .reply("250 What?")], .deferred, 250),
        Case("lost at DATA", rcpt + [.expect("DATA"), .close], .deferred),

        // The last reply.
        Case("accepted", sent + [.reply("250 2.6.0 Ok")], .accepted, 250, "2.6.0"),
        Case("accepted with 251", sent + [.reply("251 Forwarded")], .accepted, 251),
        Case("accepted, code alone", sent + [.raw(Array("250\r\n".utf8))], .accepted, 250),
        Case("accepted, then reset", sent + [.reply("250 Ok"), .reset], .accepted, 250),
        Case("451 at last", sent + [.reply("451 4.3.0 Filter is down")], .deferred, 451, "4.3.0"),
        Case(
            "421 at last, which may be about this message alone", sent + [.reply("421 4.3.0 Milter")], .deferred, 421,
            "4.3.0"),
        Case(
            "554 at last", sent + [.reply("554 5.7.1 Spam")], .refused, 554, "5.7.1", reason: .messageRefused),
        Case("552 at last", sent + [.reply("552 5.3.4 Too big")], .refused, 552, "5.3.4", reason: .tooLarge),
        Case(
            "552 at last, full mailbox", sent + [.reply("552 5.2.2 Full")], .refused, 552, "5.2.2",
            reason: .messageRefused),
        // A login is no matter any more once the message is weighed.
        Case(
            "535 at last", sent + [.reply("535 5.7.0 Policy")], .refused, 535, "5.7.0", reason: .messageRefused),

        // The answer is lost.
        Case("lost after the message", sent + [.close], .uncertain, 354),
        Case("reset after the message", sent + [.reset], .uncertain, 354),
        Case("lost within the last reply", sent + [.reply("250-Ok"), .close], .uncertain, 354),
        Case("lost within the last line", sent + [.raw(Array("250 Ok".utf8)), .close], .uncertain, 354),
    ]
}

@Suite("Outcomes, with libcurl against a scripted server", .timeLimit(.minutes(1)))
struct OutcomeTests {
    @Test("What the server does decides what becomes of the message", arguments: Case.all + Case.hostile)
    func outcome(_ row: Case) async throws {
        try await ScriptedSMTPServer.run(row.script) { server in
            let result = try await Trial.deliver(Trial.settings(server.url))
            #expect(result.outcome == row.outcome)
            #expect(result.code == row.code)
            #expect(result.enhancedCode == row.enhanced)
            #expect(result.reason == row.reason)
            #expect(result.fault?.kind == row.fault)
            #expect(result.endpoint == server.endpoint)
            if let fault = result.fault { #expect(fault.explanation.french.contains(server.endpoint)) }
        }
    }

    @Test("All lines of a reply are in the text, without what could harm a terminal")
    func words() async throws {
        let bytes = Array("550-5.7.1 Refus\u{e9} \u{1b}[31mrouge\r\n550-5.7.1 \u{202e}voir\r\n550 5.7.1 ".utf8)
        let script: [ScriptedSMTPServer.Step] =
            .hello() + .envelope + [.message, .raw(bytes + [0xFF, 0x80] + Array("fin\r\n".utf8))]
        try await ScriptedSMTPServer.run(script) { server in
            let result = try await Trial.deliver(Trial.settings(server.url))
            #expect(result.enhancedCode == "5.7.1")
            #expect(result.text == "Refus\u{e9}  [31mrouge voir \u{FFFD}\u{FFFD}fin")
        }
    }

    @Test("A reply without end is of bounded length in the result")
    func flood() async throws {
        let line = "550-" + String(repeating: "x", count: 900)
        let flood = Array(repeating: line, count: 200).joined(separator: "\n")
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.message, .reply(flood + "\n550 end")]) { server in
            let result = try await Trial.deliver(Trial.settings(server.url))
            #expect(result.outcome == .refused)
            #expect(result.text.count == 500)
        }
    }

    @Test("A connection lost within the message leaves it undelivered for sure")
    func lostWithin() async throws {
        let text = Trial.letter + String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 400_000)
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.part(100_000), .reset]) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), Trial.parcel(text))
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil)
            #expect(result.code == nil)
        }
    }

    @Test("A server that takes no more of a message is given up, and the message is undelivered")
    func stalled() async throws {
        let text = Trial.letter + String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 400_000)
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.part(100_000), .stall]) { server in
            var settings = try Trial.settings(server.url)
            settings.timeouts.stall = .milliseconds(200)
            let result = await Trial.deliver(settings, Trial.parcel(text))
            #expect(result.outcome == .deferred)
            #expect(result.text.contains("took nothing more"))
        }
    }

    @Test("No reply in time: uncertain after the message, deferred before it")
    func timeout() async throws {
        try await ScriptedSMTPServer.run(.hello() + .envelope + [.message, .stall]) { server in
            let result = try await Trial.deliver(Trial.settings(server.url, reply: .seconds(1)))
            #expect(result.outcome == .uncertain)
            #expect(result.fault == nil)
        }
        try await ScriptedSMTPServer.run(.hello() + [.expect("MAIL"), .stall]) { server in
            let result = try await Trial.deliver(Trial.settings(server.url, reply: .seconds(1)))
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil)
        }
        try await ScriptedSMTPServer.run([.stall]) { server in
            let result = try await Trial.deliver(Trial.settings(server.url, reply: .seconds(1)))
            #expect(result.fault?.kind == .unreachable)
        }
    }

    @Test("A refusal is known although the server never answers QUIT")
    func hangingGoodbye() async throws {
        let script: [ScriptedSMTPServer.Step] =
            .hello() + [.expect("MAIL"), .reply("550 5.1.8 No"), .expect("QUIT"), .stall]
        try await ScriptedSMTPServer.run(script) { server in
            let result = try await Trial.deliver(Trial.settings(server.url, reply: .seconds(3600)))
            #expect(result.outcome == .refused)
            #expect(result.code == 550)
        }
    }

    @Test("Nobody listens there: the fault names host and port and says how to mend it")
    func refusedConnection() async throws {
        let server = try ScriptedSMTPServer([[]])
        let (url, endpoint) = (server.url, server.endpoint)
        server.stop()
        await server.waitsForEnd()
        let result = try await Trial.deliver(Trial.settings(url))
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == .unreachable)
        #expect(
            result.text
                == "\(endpoint) refuses the connection; check the port in smtp.url, and that the server is running")
    }

    @Test("Without the TLS that is required nothing is sent, whatever the server does")
    func withoutTLS() async throws {
        let offer: [ScriptedSMTPServer.Step] = .hello("STARTTLS") + [.expect("STARTTLS")]
        let rows: [([ScriptedSMTPServer.Step], ChannelFault.Kind)] = [
            (.hello("SIZE 1000") + .accepted, .tls),
            // libcurl reads it in upper case only.
            (.hello("starttls") + .accepted, .tls),
            (offer + [.reply("454 4.7.0 TLS not available")], .tls),
            (offer + [.reply("220 Go"), .line, .reply("This is no TLS")], .tls),
            (offer + [.reply("220 Go"), .close], .tls),
            // CVE-2021-22947: what comes with the 220, in clear, must not pass for an answer under TLS.
            (offer + [.reply("220 Go\n250 injected"), .stall], .tls),
        ]
        for (script, kind) in rows {
            try await ScriptedSMTPServer.run(script) { server in
                let result = try await Trial.deliver(Trial.settings(server.url, tls: .required, reply: .seconds(5)))
                #expect(result.outcome == .deferred)
                #expect(result.fault?.kind == kind)
                #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
            }
        }
    }

    @Test("A name that does not resolve is the channel's fault")
    func unresolved() async throws {
        let result = try await Trial.deliver(Trial.settings("smtp://desk.invalid:25"))
        #expect(result.fault?.kind == .unreachable)
        #expect(result.text.contains("desk.invalid:25"))
        #expect(result.text.contains("DNS"))
    }
}
