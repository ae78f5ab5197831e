import Platform
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Logins", .timeLimit(.minutes(1)))
struct LoginTests {
    private typealias Step = ScriptedSMTPServer.Step

    private static let password = "Sésame!"

    private func deliver(_ script: [Step]..., token: Bool = false) async throws -> (AttemptResult, [String]) {
        let server = try ScriptedSMTPServer(script)
        defer { server.stop() }
        let settings = try Trial.settings(
            server.url, username: "marie", password: token ? nil : Self.password, token: token ? "ya29.token" : nil)
        return (await Trial.deliver(settings), server.commands)
    }

    @Test("PLAIN is said with the command, and the session keeps the login")
    func plain() async throws {
        let script: [Step] =
            .hello("AUTH DIGEST-MD5 CRAM-MD5 NTLM PLAIN LOGIN") + [.expect("AUTH PLAIN "), .reply("235 2.7.0 Ok")]
            + .accepted + .accepted
        try await ScriptedSMTPServer.run(script) { server in
            let connection = try Trial.connection(server, username: "marie", password: Self.password)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(server.commands[1] == "AUTH PLAIN AG1hcmllAFPDqXNhbWUh")
            #expect(server.commands.count { $0.hasPrefix("AUTH") } == 1)
            await connection.close()
        }
    }

    @Test("LOGIN where PLAIN is not offered")
    func login() async throws {
        let (result, commands) = try await deliver(
            .hello("AUTH LOGIN") + [
                .expect("AUTH LOGIN"), .reply("334 UGFzc3dvcmQ6"), .line, .reply("235 2.7.0 Ok"),
            ] + .accepted)
        #expect(result.outcome == .accepted)
        #expect(commands[1...2] == ["AUTH LOGIN bWFyaWU=", "U8Opc2FtZSE="])
    }

    @Test("CRAM-MD5 where it is the only one, over a second connection")
    func cramMD5() async throws {
        let (result, commands) = try await deliver(
            .hello("AUTH CRAM-MD5"),
            .hello("AUTH CRAM-MD5") + [
                .expect("AUTH CRAM-MD5"), .reply("334 PDEyM0B0ZXN0Pg=="), .line, .reply("235 2.7.0 Ok"),
            ] + .accepted)
        #expect(result.outcome == .accepted)
        #expect(!commands.contains { $0.contains("PLAIN") })
    }

    @Test("A token goes by XOAUTH2 where both kinds are offered")
    func xoauth2() async throws {
        let (result, commands) = try await deliver(
            .hello("AUTH LOGIN PLAIN OAUTHBEARER XOAUTH2 NTLM") + [.expect("AUTH XOAUTH2 "), .reply("235 2.7.0 Ok")]
                + .accepted, token: true)
        #expect(result.outcome == .accepted)
        // user=marie^Aauth=Bearer ya29.token^A^A
        #expect(commands[1] == "AUTH XOAUTH2 dXNlcj1tYXJpZQFhdXRoPUJlYXJlciB5YTI5LnRva2VuAQE=")
    }

    @Test("A token goes by OAUTHBEARER where that alone is offered")
    func oauthBearer() async throws {
        let (result, commands) = try await deliver(
            .hello("AUTH PLAIN OAUTHBEARER"),
            .hello("AUTH PLAIN OAUTHBEARER") + [.expect("AUTH OAUTHBEARER "), .reply("235 2.7.0 Ok")] + .accepted,
            token: true)
        #expect(result.outcome == .accepted)
        #expect(!commands.contains { $0.contains("PLAIN") })
    }

    @Test("A token too long for the AUTH command follows it (RFC 4954, 4)")
    func longToken() async throws {
        let script: [Step] =
            .hello("AUTH XOAUTH2") + [.expect("AUTH XOAUTH2"), .reply("334 "), .line, .reply("235 2.7.0 Ok")]
            + .accepted
        try await ScriptedSMTPServer.run(script) { server in
            let token = String(repeating: "t", count: 2500)
            let result = await Trial.deliver(try Trial.settings(server.url, username: "marie", token: token))
            #expect(result.outcome == .accepted)
            #expect(server.commands.dropFirst().first == "AUTH XOAUTH2")
        }
    }

    @Test(
        "A refused token is the channel's fault, whether or not the server takes the goodbye for an answer",
        arguments: [
            ("XOAUTH2", "535 5.7.3 Authentication unsuccessful"), ("XOAUTH2", "221 2.0.0 Bye"),
            ("OAUTHBEARER", "535 5.7.3 Authentication unsuccessful"),
        ])
    func refusedToken(mechanism: String, answer: String) async throws {
        let refusal: [Step] =
            .hello("AUTH \(mechanism)") + [
                .expect("AUTH \(mechanism) "), .reply("334 eyJzdGF0dXMiOiI0MDEifQ=="), .line, .reply(answer),
            ]
        let (result, _) = try await deliver(refusal, token: true)
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == .authentication)
    }

    @Test(
        "Where the login that is set up cannot be made, nothing of the message is sent",
        arguments: [[], ["SIZE 1000"], ["AUTH"], ["AUTH NTLM GSSAPI"]])
    func notOffered(offers: [String]) async throws {
        let lines = ["test"] + offers
        let reply = lines.indices.map { "250\($0 == lines.count - 1 ? " " : "-")\(lines[$0])" }
        for token in [false, true] {
            let (result, commands) = try await deliver(
                [.reply("220 test"), .expect("EHLO"), .reply(reply.joined(separator: "\n"))] + .accepted, token: token)
            #expect(result.outcome == .deferred)
            #expect(result.fault?.kind == .authentication)
            #expect(result.text.contains("AUTH"))
            #expect(!commands.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test("Offers in lower case, which libcurl does not read: nothing is sent without the login")
    func lowerCase() async throws {
        let (result, commands) = try await deliver(.hello("auth plain") + .accepted)
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == .authentication)
        #expect(!commands.contains { $0.hasPrefix("RCPT") || $0.hasPrefix("DATA") })
    }

    @Test("A server that knows only HELO is not handed anything without the login")
    func notOfferedByHELO() async throws {
        let (result, commands) = try await deliver(
            [.reply("220 test"), .expect("EHLO"), .reply("502 No"), .expect("HELO"), .reply("250 test")] + .accepted)
        #expect(result.fault?.kind == .authentication)
        #expect(!commands.contains { $0.hasPrefix("MAIL") })
    }

    @Test(
        "How the login is refused decides how soon it is tried again",
        arguments: [
            ("535 5.7.8 Bad credentials", ChannelFault.Kind.authentication), ("534 5.7.9 Too weak", .authentication),
            ("550 5.7.30 Basic authentication is not supported", .authentication),
            ("454 4.7.0 Temporary authentication failure", .busy), ("421 4.7.0 Too many logins", .busy),
        ])
    func refused(reply: String, kind: ChannelFault.Kind) async throws {
        let (result, commands) = try await deliver(.hello("AUTH PLAIN") + [.expect("AUTH"), .reply(reply)] + .goodbye)
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == kind)
        #expect(result.fault?.explanation.french.contains(reply.prefix(9)) == true)
        #expect(!commands.contains { $0.hasPrefix("MAIL") })
    }

    @Test("Lost during the login: the channel's fault")
    func lost() async throws {
        let (result, _) = try await deliver(.hello("AUTH PLAIN") + [.expect("AUTH"), .reset])
        #expect(result.fault?.kind == .unreachable)
    }

    @Test("No secret comes back, even where the server repeats it")
    func secrets() async throws {
        let echo = "535 5.7.8 no: \(Self.password) AG1hcmllAFPDqXNhbWUh U8Opc2FtZSE="
        let (result, _) = try await deliver(.hello("AUTH PLAIN") + [.expect("AUTH"), .reply(echo)])
        #expect(result.text == "no: ••• ••• •••")
        let everything = String(describing: result)
        #expect(!everything.contains(Self.password))
        #expect(!everything.contains("AG1hcmllAFPDqXNhbWUh"))
        #expect(!everything.contains("U8Opc2FtZSE="))
    }

    @Test(
        "No secret comes back once the login is behind, whatever the message is told", arguments: ["250", "450", "550"])
    func secretsLater(_ code: String) async throws {
        let login: [Step] =
            .hello("AUTH PLAIN") + [.expect("AUTH"), .reply("235 Ok"), .expect("MAIL"), .reply("250 Ok")]
        let told: [Step] = [
            .expect("RCPT"), .reply("250 Ok"), .expect("DATA"), .reply("354 Go"), .message,
            .reply("\(code) 2.0.0 with \(Self.password)"),
        ]
        let (result, _) = try await deliver(login + told)
        #expect(result.text.hasSuffix("with •••"))
    }

    @Test("A changed password is used with the next connection, not with each message")
    func changedPassword() async throws {
        let first: [Step] = .hello("AUTH PLAIN") + [.expect("AUTH"), .reply("535 5.7.8 No")]
        let second: [Step] =
            .hello("AUTH PLAIN") + [.expect("AUTH"), .reply("235 Ok")] + .accepted + .accepted
        try await ScriptedSMTPServer.run(first, second) { server in
            let password = Locked("old")
            let reads = Locked(0)
            var settings = try Trial.settings(server.url)
            settings.login = .password(
                username: "marie",
                Secret(place: "test") {
                    reads.withLock { $0 += 1 }
                    return password.current
                })
            let fixed = settings
            let connection = SMTPConnection { fixed }
            #expect(await connection.deliver(Trial.parcel()).fault?.kind == .authentication)
            password.withLock { $0 = "new" }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(reads.current == 2)
            // \0marie\0old and \0marie\0new
            #expect(
                server.commands.filter { $0.hasPrefix("AUTH") }
                    == ["AUTH PLAIN AG1hcmllAG9sZA==", "AUTH PLAIN AG1hcmllAG5ldw=="])
            await connection.close()
        }
    }

    @Test("A session that died while it was kept is replaced with the password as it stands now")
    func changedWhileKept() async throws {
        let session: [Step] = .hello("AUTH PLAIN") + [.expect("AUTH"), .reply("235 Ok")] + .accepted
        try await ScriptedSMTPServer.run(session + [.close], session) { server in
            let password = Locked("old")
            var settings = try Trial.settings(server.url)
            settings.login = .password(username: "marie", Secret(place: "test") { password.current })
            let fixed = settings
            let connection = SMTPConnection { fixed }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            await server.waits(for: .disconnected(1))
            password.withLock { $0 = "new" }
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            #expect(
                server.commands.filter { $0.hasPrefix("AUTH") }
                    == ["AUTH PLAIN AG1hcmllAG9sZA==", "AUTH PLAIN AG1hcmllAG5ldw=="])
            await connection.close()
        }
    }

    @Test("A password file that is missing, empty or of several lines is a fault of the configuration")
    func passwordFile() async throws {
        let (result, commands) = try await {
            let server = try ScriptedSMTPServer([.hello("AUTH PLAIN")])
            defer { server.stop() }
            var settings = try Trial.settings(server.url)
            settings.login = .password(username: "marie", Secret(file: "/nonexistent/password"))
            return (await Trial.deliver(settings), server.commands)
        }()
        #expect(result.fault?.kind == .configuration)
        #expect(result.text.contains("/nonexistent/password"))
        #expect(commands.isEmpty)
        for text in ["", "a\nb", "a\0b"] {
            let fault = #expect(throws: ChannelFault.self) { try Secret(place: "here") { text }.read() }
            #expect(fault?.kind == .configuration)
        }
    }
}
