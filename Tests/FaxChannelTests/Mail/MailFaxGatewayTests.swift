import FaxChannel
import Foundation
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@testable import Configuration

@Suite("The mail gateway", .timeLimit(.minutes(1)))
struct MailFaxGatewayTests {
    private static let secret = "s3cr=et"
    private typealias Step = ScriptedSMTPServer.Step
    private static let hello: [Step] = [.reply("220 a"), .expect("EHLO"), .reply("250 a")]
    private static let mail: [Step] = hello + [.expect("MAIL"), .reply("250 Ok")]
    private static let sent: [Step] =
        mail + [
            .expect("RCPT"), .reply("250 Ok"), .expect("DATA"), .reply("354 Go on"), .message,
        ]
    private static let quit: [Step] = [.expect("QUIT"), .reply("221 Bye")]

    private func gateway(
        _ url: String, tls: SMTPSettings.TLS = .none, _ change: (inout Settings.Fax.Mail) -> Void = { _ in }
    ) throws -> MailFaxGateway {
        var settings = Settings.Fax()
        settings.mail.body = "p:{secret}"
        settings.mail.secretFile = .environment("ECOFAX")
        settings.mail.subject = "0987654321"
        change(&settings.mail)
        let relay = try SMTPSettings(url: url, tls: tls, from: "assistd@example.fr", to: "desk@example.com")
        return try MailFaxGateway(
            settings, environment: ["ECOFAX": Self.secret],
            clock: WallClock { Timestamp(milliseconds: 1_795_000_000_000) }
        ) { relay }
    }

    private func submit(
        _ script: [Step], _ change: (inout Settings.Fax.Mail) -> Void = { _ in }
    ) async throws -> FaxOutcome? {
        try await ScriptedSMTPServer.run(script) { server in
            try await gateway(server.url, change).submit(FaxSample.job()).outcome
        }
    }

    @Test("The mail is what the service wants: number, subject, body and nothing else, and the pages")
    func letter() async throws {
        try await ScriptedSMTPServer.run(Self.sent + [.reply("250 2.0.0 queued")] + Self.quit) { server in
            let gateway = try gateway(server.url)
            let handover = try await gateway.submit(FaxSample.job())
            #expect(handover.outcome == FaxOutcome(.relayed, code: 250, text: "queued"))
            #expect(server.commands.contains { $0.hasPrefix("MAIL FROM:<assistd@example.fr>") })
            #expect(server.commands.contains { $0.hasPrefix("RCPT TO:<0130417781@ecofax.fr>") })
            #expect(gateway.endpoint == "mail ecofax.fr through \(server.endpoint)")

            let message = String(decoding: try #require(server.messages.first), as: UTF8.self)
            let id = FaxSample.reference.description
            let parts = message.components(separatedBy: "--=_\(id)-2")
            #expect(parts.count == 4)
            let header = parts[0]
            #expect(header.contains("\r\nTo: 0130417781@ecofax.fr\r\n"))
            #expect(header.contains("\r\nSubject: 0987654321\r\n"))
            #expect(header.contains("\r\nMessage-ID: <\(id.lowercased())-fax-2@example.fr>\r\n"))
            #expect(header.contains("\r\nX-Assistd-Reference: \(id)\r\n"))
            #expect(!header.contains("Auto-Submitted"))
            #expect(parts[1].contains("Content-Type: text/plain; charset=utf-8\r\n"))
            #expect(parts[1].hasSuffix("\r\n\r\np:s3cr=3Det\r\n\r\n"))
            #expect(parts[2].contains("Content-Type: application/pdf"))
            #expect(parts[2].contains("filename=\(id)-2.pdf\r\n"))
            let content = parts[2].components(separatedBy: "\r\n\r\n").dropFirst().joined()
            let bytes = Data(base64Encoded: content, options: .ignoreUnknownCharacters)
            #expect(bytes.map { [UInt8]($0) } == FaxSample.document)
        }
    }

    @Test("Another sender and subject, with their placeholders")
    func templates() async throws {
        try await ScriptedSMTPServer.run(Self.sent + [.reply("250 Ok")] + Self.quit) { server in
            let gateway = try gateway(server.url) { mail in
                mail.from = "fax@example.fr"
                mail.to = "FAX={e164}@gw.example.com"
                mail.subject = "{secret} \u{e9} {attempt}"
                mail.body = nil
                mail.attachment = "fax {digits}.PDF"
            }
            #expect(try await gateway.submit(FaxSample.job()).outcome?.kind == .relayed)
            #expect(server.commands.contains { $0.hasPrefix("MAIL FROM:<fax@example.fr>") })
            #expect(server.commands.contains { $0.hasPrefix("RCPT TO:<FAX=+33130417781@gw.example.com>") })
            let message = String(decoding: try #require(server.messages.first), as: UTF8.self)
            #expect(message.contains("\r\nSubject: s3cr=et =?"))
            #expect(message.contains("filename=\"fax 33130417781.PDF\""))
            #expect(message.contains("-fax-2@example.fr>"))
        }
    }

    @Test("Without an answer to the message it may have been taken")
    func uncertain() async throws {
        for end: [Step] in [[.close], [.reset], [.raw(Array("250-Ok\r\n".utf8)), .close]] {
            #expect(try await submit(Self.sent + end)?.kind == .uncertain(.handover))
        }
    }

    @Test("What the relay refuses is refused, in its words and without the secret")
    func refused() async throws {
        let number = try await submit(Self.mail + [.expect("RCPT"), .reply("550 5.1.1 No such user")] + Self.quit)
        #expect(number == FaxOutcome(.refused(.number), code: 550, text: "No such user"))
        let job = try await submit(Self.sent + [.reply("554 5.7.1 Wrong \(Self.secret) !")])
        #expect(job == FaxOutcome(.refused(.job), code: 554, text: "Wrong ••• !"))
        let large = try await submit(Self.sent + [.reply("552 5.3.4 Too big")])
        #expect(large?.kind == .refused(.document))
    }

    @Test("What is wrong with the relay is a fault, and so is a refusal for now")
    func faults() async throws {
        let rows: [([Step], ChannelFault.Kind, String)] = [
            ([.reply("421 \(Self.secret) busy")], .busy, "busy"), ([.close], .unreachable, "127.0.0.1"),
            (Self.mail + [.expect("RCPT"), .reply("450 4.2.0 Greylisted")] + Self.quit, .busy, "Greylisted"),
            (Self.mail + [.expect("RCPT"), .reset], .busy, "RCPT"),
            (Self.sent + [.reply("451 4.3.0 \(Self.secret) down")], .busy, "••• down"),
        ]
        for (script, kind, words) in rows {
            let fault = await #expect(throws: ChannelFault.self) { try await submit(script) }
            #expect(fault?.kind == kind)
            #expect(fault?.explanation.english.contains(words) == true)
            #expect(fault?.explanation.french.contains(Self.secret) == false)
            #expect(fault?.explanation.english.contains(Self.secret) == false)
        }
    }

    @Test("A filled-in address or subject that could do harm is a fault of the settings, and nothing is sent")
    func harmful() async throws {
        let changes: [@Sendable (inout Settings.Fax.Mail) -> Void] = [
            { $0.to = "{national} x@ecofax.fr" }, { $0.to = "{national}" }, { $0.to = "a@b\r\nRCPT TO:<c@d>" },
            { $0.to = "é@ecofax.fr" }, { $0.subject = "a\r\nBcc: x@example.com" }, { $0.from = "\u{e9}@example.fr" },
        ]
        for change in changes {
            try await ScriptedSMTPServer.run(Self.sent) { server in
                let gateway = try gateway(server.url, change)
                let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
                #expect(fault?.kind == .configuration)
                #expect(server.connections == 0)
            }
        }
    }

    @Test("Settings that cannot work are refused at once")
    func settings() throws {
        let changes: [(String, (inout Settings.Fax.Mail) -> Void)] = [
            ("secret_file", { $0.secretFile = nil }), ("fax.mail.to", { $0.to = "{secret}@ecofax.fr" }),
            ("fax.mail.attachment", { $0.attachment = "{secret}.pdf" }),
            ("fax.mail.attachment", { $0.attachment = "{reference}" }), ("fax.mail.from", { $0.from = "nobody" }),
        ]
        for (key, change) in changes {
            let fault = #expect(throws: ChannelFault.self) { try gateway("smtp://127.0.0.1:9", change) }
            #expect(fault?.kind == .configuration)
            #expect(fault?.explanation.english.contains(key) == true)
        }
        _ = try gateway("smtp://127.0.0.1:9") { $0 = Settings.Fax.Mail() }
    }

    @Test("A secret that cannot be read is a fault before anything is sent")
    func noSecret() async throws {
        let gateway = try gateway("smtp://127.0.0.1:9") { $0.secretFile = .environment("MISSING") }
        let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
        #expect(fault?.kind == .configuration)
        let examined = await #expect(throws: ChannelFault.self) { try await gateway.examine() }
        #expect(examined?.kind == .configuration)
    }

    @Test("It tells nothing afterwards and cannot be searched")
    func limits() async throws {
        let gateway = try gateway("smtp://127.0.0.1:9")
        #expect(!gateway.findsByTag)
        await #expect(throws: ChannelFault.self) { try await gateway.find(FaxTag(FaxSample.reference, attempt: 1)) }
        #expect(try await gateway.callOff("12") == false)
        #expect(try await gateway.standing(of: "12") == .unknown)
    }

    @Test("A trial goes as far as the login and sends nothing")
    func examines() async throws {
        try await ScriptedSMTPServer.run(Self.hello + [.expect("NOOP"), .reply("250 Ok")] + Self.quit) { server in
            let words = try await gateway(server.url).examine()
            #expect(words.english.contains(server.endpoint) && words.english.contains("ecofax.fr"))
            #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
        }
        try await ScriptedSMTPServer.run([.reply("554 Go away")]) { server in
            let fault = await #expect(throws: ChannelFault.self) { try await gateway(server.url).examine() }
            #expect(fault?.kind == .unreachable)
        }
    }
}

@Suite(
    "The mail gateway against a real Postfix",
    .enabled(if: PostfixServer.isAvailable, "\(PostfixServer.obstacle ?? "Postfix is here")"),
    .timeLimit(.minutes(2)))
struct MailFaxPostfixTests {
    @Test("With STARTTLS and a login, the mail arrives as it was composed")
    func carries() async throws {
        let server = try await PostfixServer.shared
        let password = server.password
        let relay = try SMTPSettings(
            url: server.submission, username: server.username, password: Secret(place: "test") { password },
            from: "assistd@example.fr", to: "desk@example.com", caFile: server.caFile)
        var settings = Settings.Fax()
        settings.mail.body = "p:{secret}"
        settings.mail.secretFile = .environment("ECOFAX")
        let gateway = try MailFaxGateway(
            settings, environment: ["ECOFAX": "hush"], clock: WallClock { Timestamp(milliseconds: 0) }
        ) { relay }
        #expect(try await gateway.examine().english.contains("would take a mail"))
        let attempt = Int.random(in: 1000...1_000_000)
        let outcome = try await gateway.submit(FaxSample.job(attempt: attempt)).outcome
        #expect(outcome?.kind == .relayed)
        let id = "\(FaxSample.reference.description.lowercased())-fax-\(attempt)@example.fr"
        let message = String(decoding: await server.message(containing: id), as: UTF8.self)
        #expect(message.contains("\r\np:hush\r\n"))
        #expect(message.contains("\r\nSubject: \(FaxSample.reference)/\(attempt)\r\n"))
    }
}
