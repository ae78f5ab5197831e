import Platform
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite(
    "Against a real Postfix",
    .enabled(if: PostfixServer.isAvailable, "\(PostfixServer.obstacle ?? "Postfix is here")"),
    .timeLimit(.minutes(2)))
struct PostfixTests {
    private func settings(
        _ url: String, _ server: PostfixServer, tls: SMTPSettings.TLS = .required, password: String? = nil,
        caFile: String? = nil
    ) throws -> SMTPSettings {
        try SMTPSettings(
            url: url, tls: tls, username: password == nil ? nil : server.username,
            password: password.map { text in Secret(place: "test") { text } }, from: "assistd@example.fr",
            to: "desk@example.com", caFile: caFile ?? server.caFile, hello: "poste.example.fr")
    }

    private func letter(_ body: String) -> (marker: String, bytes: [UInt8]) {
        let marker = "trial-\(UInt64.random(in: .min ... .max))"
        return (marker, Array("Subject: \(marker)\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\n\r\n\(body)".utf8))
    }

    /// Delivers one message and compares what Postfix relays with what was handed in.
    private func carry(_ body: String, _ settings: SMTPSettings, _ server: PostfixServer) async {
        let (marker, bytes) = letter(body)
        let result = await Trial.deliver(settings, Trial.parcel(bytes))
        #expect(result.outcome == .accepted)
        #expect(result.code == 250)
        #expect(result.enhancedCode == "2.0.0")
        #expect(result.text.hasPrefix("Ok: queued as"))
        guard result.outcome == .accepted else { return }
        let relayed = await server.message(containing: marker)
        #expect(relayed.suffix(bytes.count).elementsEqual(bytes))
        #expect(relayed.starts(with: "Received: from poste.example.fr".utf8))
    }

    @Test("STARTTLS and PLAIN")
    func submission() async throws {
        let server = try await PostfixServer.shared
        await carry("Bonjour\r\n", try settings(server.submission, server, password: server.password), server)
    }

    @Test("TLS from the start")
    func submissions() async throws {
        let server = try await PostfixServer.shared
        await carry("Bonjour\r\n", try settings(server.submissions, server, password: server.password), server)
    }

    @Test("A plain relay without login, in clear and with STARTTLS", arguments: [SMTPSettings.TLS.none, .required])
    func relay(tls: SMTPSettings.TLS) async throws {
        let server = try await PostfixServer.shared
        await carry("Bonjour\r\n", try settings(server.relay, server, tls: tls), server)
    }

    @Test(
        "Bytes arrive intact",
        arguments: [
            (".\r\n..\r\n.x\r\n\r\n.\r\n", 1), ("x", 20_000), ("é € 漢\r\n", 1), ("0123456789\r\n.\r\n", 60_000),
            ("\r\n", 3),
        ])
    func intact(piece: String, count: Int) async throws {
        let server = try await PostfixServer.shared
        let body = String(repeating: piece, count: count) + (piece.hasSuffix("\n") ? "" : "\r\n")
        await carry(body, try settings(server.submission, server, password: server.password), server)
    }

    @Test("Many messages go over one connection, whose password is read once")
    func keptSession() async throws {
        let server = try await PostfixServer.shared
        let reads = Locked(0)
        var settings = try settings(server.submission, server)
        let password = server.password
        settings.login = .password(
            username: server.username,
            Secret(place: "counted") {
                reads.withLock { $0 += 1 }
                return password
            })
        let fixed = settings
        let connection = SMTPConnection { fixed }
        var markers: [(String, [UInt8])] = []
        for number in 0..<20 {
            let (marker, bytes) = letter("number \(number)\r\n")
            #expect(await connection.deliver(Trial.parcel(bytes)).outcome == .accepted)
            markers.append((marker, bytes))
        }
        await connection.close()
        #expect(reads.current == 1)
        for (marker, bytes) in markers {
            #expect(await server.message(containing: marker).suffix(bytes.count).elementsEqual(bytes))
        }
    }

    @Test("A wrong password is a fault of the login, in Postfix's words")
    func wrongPassword() async throws {
        let server = try await PostfixServer.shared
        let result = await Trial.deliver(try settings(server.submission, server, password: "wrong"))
        #expect(result.outcome == .deferred)
        #expect(result.code == 535)
        #expect(result.enhancedCode == "5.7.8")
        #expect(result.fault?.kind == .authentication)
        #expect(!String(describing: result).contains("wrong"))
    }

    @Test("A login set up for a relay that offers none: nothing is sent")
    func loginNotOffered() async throws {
        let server = try await PostfixServer.shared
        let result = await Trial.deliver(try settings(server.relay, server, password: server.password))
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == .authentication)
    }

    @Test("A submission server used without a login refuses the recipient: the report's own end")
    func relayDenied() async throws {
        let server = try await PostfixServer.shared
        let result = await Trial.deliver(try settings(server.submission, server))
        #expect(result.outcome == .refused)
        #expect(result.reason == .recipientRefused)
    }

    @Test("An authority that is not known, and another name than the certificate's: faults of TLS, in words")
    func certificates() async throws {
        let server = try await PostfixServer.shared
        for url in [server.submission, server.submissions] {
            var unknown = try settings(url, server)
            unknown.caFile = nil
            let stranger = await Trial.deliver(unknown)
            #expect(stranger.outcome == .deferred)
            #expect(stranger.fault?.kind == .tls)
            #expect(stranger.text.contains("smtp.ca_file"))

            let address = url.replacing("localhost", with: "127.0.0.1")
            let misnamed = await Trial.deliver(try settings(address, server))
            #expect(misnamed.fault?.kind == .tls)
            #expect(misnamed.text.contains("another name"))
        }
        let broken = await Trial.deliver(try settings(server.submission, server, caFile: "/nonexistent/ca.pem"))
        #expect(broken.fault?.kind == .configuration)
        #expect(broken.text.contains("smtp.ca_file"))
    }

    @Test(
        "No report is sent to a server with a certificate that does not hold, and the words say why",
        arguments: [
            (PostfixServer.Stranger.expired, "clock"), (.notYetValid, "clock"), (.selfSigned, "smtp.ca_file"),
            (.obsolete, "1.2"),
        ])
    func strangers(_ stranger: PostfixServer.Stranger, words: String) async throws {
        let server = try await PostfixServer.shared
        let result = await Trial.deliver(try settings(server.url(stranger), server))
        #expect(result.outcome == .deferred)
        #expect(result.fault?.kind == .tls)
        #expect(result.text.contains(words), "\(result.text)")
        // The same server is fit for those who ask for no TLS: it is that alone which keeps mail from it.
        let plain = await Trial.deliver(try settings(server.url(stranger), server, tls: .none))
        #expect(plain.outcome == .accepted)
    }

    @Test("A server that is restarted within a message, and then before its last answer, gets it in the end")
    func restart() async throws {
        let first = try await Programs.blocking { try PostfixServer() }
        let (marker, bytes) = letter(String(repeating: "0123456789\r\n", count: 2000))
        /// The line at which to stop the server, and the server.
        let plan = Locked<(line: String, server: PostfixServer)?>(("0123456789", first))
        let proxy = try LineProxy(to: first.ports[0]) { moment, line in
            let victim = plan.withLock { plan -> PostfixServer? in
                guard let (text, server) = plan, moment != .sent, line.hasPrefix(text) else { return nil }
                plan = nil
                return server
            }
            guard let victim else { return .goOn }
            victim.stop()
            return .hangUp
        }
        defer { proxy.stop() }
        let fixed = try settings("smtp://127.0.0.1:\(proxy.port)", first, tls: .none)
        let connection = SMTPConnection { fixed }
        // All of it is with this machine's kernel by then: nobody knows how much the server has.
        let within = await connection.deliver(Trial.parcel(bytes))
        #expect(within.outcome == .uncertain && within.fault == nil)
        #expect(await connection.deliver(Trial.parcel(bytes)).fault?.kind == .unreachable)

        let second = try await Programs.blocking { try PostfixServer(first.ports) }
        plan.withLock { $0 = ("250 2.0.0 Ok: queued", second) }
        let answerLost = await connection.deliver(Trial.parcel(bytes))
        #expect(answerLost.outcome == .uncertain && answerLost.fault == nil)

        let third = try await Programs.blocking { try PostfixServer(first.ports) }
        #expect(await connection.deliver(Trial.parcel(bytes)).outcome == .accepted)
        #expect(await third.message(containing: marker).suffix(bytes.count).elementsEqual(bytes))
        await connection.close()
        try await Programs.blocking { third.stop() }
    }

    @Test("smtps:// on a port that begins in clear is a fault of TLS that says so")
    func wrongScheme() async throws {
        let server = try await PostfixServer.shared
        let url = server.relay.replacing("smtp://", with: "smtps://")
        let result = await Trial.deliver(try settings(url, server))
        #expect(result.fault?.kind == .tls)
        #expect(result.text.contains("smtp:// instead of smtps://"))
    }

    @Test("A message over the limit is refused without being sent")
    func tooLarge() async throws {
        let server = try await PostfixServer.shared
        let body = String(repeating: String(repeating: "x", count: 98) + "\r\n", count: 20_001)
        let result = await Trial.deliver(
            try settings(server.submission, server, password: server.password), Trial.parcel(body))
        #expect(result.outcome == .refused)
        #expect(result.reason == .tooLarge)
        #expect(result.code == nil)
    }

    @Test("A trial goes as far as the login and tells what it found")
    func examine() async throws {
        let server = try await PostfixServer.shared
        let fixed = try settings(server.submission, server, password: server.password)
        let probe = await SMTPChannel { fixed }.examine()
        #expect(probe.fault == nil)
        #expect(probe.endpoint == server.submission.dropFirst("smtp://".count))
        #expect(probe.cipher?.hasPrefix("TLSv1.3 / ") == true)
        #expect(probe.session?.encrypted == true)
        #expect(probe.session?.authenticated == true)
        #expect(probe.session?.offers.name == "postfix.test")
        #expect(probe.session?.offers.sizeLimit == server.sizeLimit)
        #expect(probe.session?.offers.mechanisms == ["PLAIN", "LOGIN"])

        let wrong = try settings(server.submissions, server, password: "wrong")
        let connection = SMTPConnection { wrong }
        #expect(await connection.probe()?.kind == .authentication)
        await connection.close()
    }
}
