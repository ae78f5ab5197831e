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
