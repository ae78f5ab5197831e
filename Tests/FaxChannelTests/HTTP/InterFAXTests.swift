import FaxChannel
import SupportDesk
import TestSupport
import Testing

@testable import Configuration

@Suite("The http gateway and InterFAX", .timeLimit(.minutes(1)))
struct InterFAXTests {
    private func gateway(
        _ url: String, password: String = InterFAXDouble.password, timeout: Duration = .seconds(60)
    ) throws -> HTTPGateway {
        var settings = Settings.Fax()
        settings.stationID = "+33 1"
        settings.http.profile = "interfax"
        settings.http.url = url
        settings.http.username = "marie"
        settings.http.passwordFile = .environment("FAX")
        return try HTTPGateway(settings, environment: ["FAX": password], timeout: timeout)
    }

    private func run(_ body: (InterFAXDouble, HTTPGateway) async throws -> Void) async throws {
        let service = try InterFAXDouble()
        defer { service.server.stop() }
        try await body(service, gateway(service.server.url + "/"))
    }

    @Test("A fax is posted with its number, tag and retries; its name comes from the Location")
    func submits() async throws {
        try await run { service, gateway in
            #expect(try await gateway.submit(FaxSample.job(maximumCalls: 3)) == .job("854759652"))
            let request = try #require(service.server.requests.first)
            #expect(
                request.target
                    == "/outbound/faxes?csid=%2B33%201&faxNumber=%2B33130417781&pageSize=a4&reference="
                    + "\(FaxSample.reference)%2F2&rendering=bw&resolution=fine&retriesToPerform=2")
            #expect(request.body == FaxSample.document)
            #expect(gateway.endpoint == "http interfax 127.0.0.1:\(service.server.port) as marie")
            #expect(gateway.findsByTag)
            #expect(gateway.pollInterval == .seconds(60))
        }
    }

    @Test("Its states, as published")
    func states() async throws {
        try await run { service, gateway in
            guard case .job(let job) = try await gateway.submit(FaxSample.job()) else { return }
            for status in [-1, -2, -3, -11, -22, -99] {
                service.set(status)
                let progress = try await gateway.standing(of: job).progress
                #expect(progress?.text.contains("state \(status)") == true)
                #expect(progress?.calls == 1)
            }
            service.set(0, pages: 2)
            #expect(
                try await gateway.standing(of: job).outcome
                    == FaxOutcome(.delivered, code: 0, text: "state 0", calls: 1, pages: 2, totalPages: 2))
            let rows: [(Int, Int, FaxOutcome.Kind)] = [
                (263, 0, .notSent(.busy)), (263, 1, .uncertain(.brokeOff)), (205_000, 0, .refused(.credit)),
                (3931, 0, .uncertain(.unclear)), (3931, 1, .uncertain(.brokeOff)), (1, 0, .uncertain(.unclear)),
            ]
            for (status, pages, kind) in rows {
                service.set(status, pages: pages)
                let outcome = try await gateway.standing(of: job).outcome
                #expect(outcome?.kind == kind)
                #expect(outcome?.code == status)
                #expect(outcome?.pages == pages)
            }
            #expect(try await gateway.standing(of: "1") == .unknown)
        }
    }

    @Test("A lost answer is cleared up by the tag", arguments: [0, 1, 2, 3])
    func lost(way: Int) async throws {
        let replies: [WebServer.Reply] = [
            .nothing, .answer(502, body: "<html>Bad gateway"), .answer(201, headers: ["Location": "/x/../-1"]),
            .raw("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\nhalf"),
        ]
        try await run { service, gateway in
            service.next(replies[way], isTaken: true)
            #expect(try await gateway.submit(FaxSample.job()) == .job("854759652"))
            service.next(replies[way], isTaken: false)
            let other = try await gateway.submit(FaxSample.job(attempt: 3)).outcome
            #expect(other?.kind == .uncertain(.handover))
        }
    }

    @Test("A service that never answers leaves a doubt when the time is up")
    func hangs() async throws {
        let server = try WebServer { request in request.method == "POST" ? .hang : .answer(200, body: "[]") }
        defer { server.stop() }
        let outcome = try await gateway(server.url, timeout: .seconds(3)).submit(FaxSample.job()).outcome
        #expect(outcome?.kind == .uncertain(.handover))
        #expect(server.requests.count == 2)
    }

    @Test("Only an entry with the very tag is found; others' faxes mean that the search does not work")
    func find() async throws {
        try await run { service, gateway in
            let tag = FaxTag(FaxSample.reference, attempt: 2)
            #expect(try await gateway.find(tag) == nil)
            _ = try await gateway.submit(FaxSample.job())
            #expect(try await gateway.find(tag) == "854759652")
            #expect(try await gateway.find(FaxTag(FaxSample.reference, attempt: 3)) == nil)
        }
        for body in [#"[{"id":5,"subject":"x"}]"#, #"[{"id":5}]"#, "{}", "", "[1]", "null"] {
            let server = try WebServer { _ in .answer(200, body: body) }
            defer { server.stop() }
            let fault = await #expect(throws: ChannelFault.self, "\(body)") {
                try await gateway(server.url).find(FaxTag(FaxSample.reference, attempt: 2))
            }
            #expect(fault?.kind == .unreachable)
        }
    }

    @Test(
        "What the service says against a hand-over",
        arguments: [
            (401, ChannelFault.Kind.authentication), (403, .authentication), (429, .busy), (503, .busy), (402, .busy),
            (408, .busy), (404, .configuration),
        ])
    func faults(status: Int, kind: ChannelFault.Kind) async throws {
        try await run { service, gateway in
            service.next(.answer(status, body: "sorry \u{1b}[31m \(InterFAXDouble.password)\n\nlater"))
            let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
            #expect(fault?.kind == kind)
            #expect(fault?.explanation.english.contains("HTTP \(status): sorry \u{FFFD}[31m ••• later") == true)
            #expect(service.server.requests.count == 1)
        }
    }

    @Test("What it says against this fax refuses it")
    func refusals() async throws {
        try await run { service, gateway in
            service.next(.answer(400, body: #"{"code":-1,"message":"bad"}"#))
            let outcome = try await gateway.submit(FaxSample.job()).outcome
            #expect(
                outcome == FaxOutcome(.refused(.job), code: 400, text: #"HTTP 400: {"code":-1,"message":"bad"}"#))
            service.next(.answer(413, body: String(repeating: "x", count: 100_000)))
            let large = try await gateway.submit(FaxSample.job()).outcome
            #expect(large?.kind == .refused(.document))
            #expect((large?.text.count ?? 0) < 300)
        }
    }

    @Test("A wrong password is a fault of the login, everywhere")
    func wrongPassword() async throws {
        let service = try InterFAXDouble()
        defer { service.server.stop() }
        let gateway = try gateway(service.server.url, password: "wr0ng")
        let calls: [() async throws -> Void] = [
            { _ = try await gateway.submit(FaxSample.job()) }, { _ = try await gateway.standing(of: "1") },
            { _ = try await gateway.find(FaxTag(FaxSample.reference, attempt: 1)) },
            { _ = try await gateway.callOff("1") }, { _ = try await gateway.examine() },
        ]
        for call in calls {
            let fault = await #expect(throws: ChannelFault.self) { try await call() }
            #expect(fault?.kind == .authentication)
            #expect(fault?.explanation.english.contains("wr0ng") == false)
        }
    }

    @Test("No connection and no TLS are faults, and nothing was sent")
    func unreachable() async throws {
        try await ScriptedSMTPServer.run([.reply("This is no TLS"), .close]) { server in
            let plain = try gateway("https://127.0.0.1:\(server.port)")
            let tls = await #expect(throws: ChannelFault.self) { try await plain.submit(FaxSample.job()) }
            #expect(tls?.kind == .tls)
        }
        let nowhere = await #expect(throws: ChannelFault.self) {
            try await gateway("https://fax.invalid").submit(FaxSample.job())
        }
        #expect(nowhere?.kind == .unreachable)
    }

    @Test("Polls that fail say nothing of the fax")
    func pollFaults() async throws {
        let rows: [(WebServer.Reply, ChannelFault.Kind)] = [
            (.answer(429), .busy), (.answer(500), .unreachable), (.nothing, .unreachable),
            (.answer(200, body: "<html>"), .unreachable), (.answer(200, body: "{}"), .unreachable),
            (.answer(200, body: #"{"status":{}}"#), .unreachable),
            (.answer(200, body: #"{"status":null}"#), .unreachable),
            (.answer(302, headers: ["Location": "/elsewhere"]), .unreachable),
            (.answer(200, body: String(repeating: "[", count: 100_000)), .unreachable),
            (
                .answer(200, body: #"{"status":0,"x":""# + String(repeating: "y", count: 1_100_000) + #""}"#),
                .unreachable
            ),
        ]
        for (reply, kind) in rows {
            let server = try WebServer { _ in reply }
            defer { server.stop() }
            let fault = await #expect(throws: ChannelFault.self) { try await gateway(server.url).standing(of: "12") }
            #expect(fault?.kind == kind)
            #expect(server.requests.count == 1)
        }
        for status in [404, 410] {
            let server = try WebServer { _ in .answer(status) }
            defer { server.stop() }
            #expect(try await gateway(server.url).standing(of: "12") == .unknown)
        }
    }

    @Test("An answer without end is cut off and said to be too long")
    func flood() async throws {
        let body = #"{"status":0,"x":""# + String(repeating: "y", count: 1_100_000) + #""}"#
        let server = try WebServer { _ in .answer(200, body: body) }
        defer { server.stop() }
        let fault = await #expect(throws: ChannelFault.self) { try await gateway(server.url).standing(of: "12") }
        #expect(fault?.explanation.english.contains("longer than 1 MB") == true)
    }

    @Test("A state that nobody described keeps waiting, and hostile words are harmless")
    func strange() async throws {
        let server = try WebServer { _ in
            .answer(200, body: #"{"status":"\u001b[31m0","pagesSent":-5,"attemptsMade":-1}"#)
        }
        defer { server.stop() }
        let progress = try await gateway(server.url).standing(of: "12").progress
        #expect(progress == FaxProgress(text: "not understood: state \u{FFFD}[31m0"))
    }

    @Test("A fax that waits can be called off, another cannot")
    func callsOff() async throws {
        try await run { service, gateway in
            guard case .job(let job) = try await gateway.submit(FaxSample.job()) else { return }
            #expect(try await gateway.callOff(job))
            service.set(0)
            #expect(try await gateway.callOff(job) == false)
            #expect(try await gateway.callOff("../x") == false)
            #expect(service.server.requests.allSatisfy { !$0.target.contains("..") })
        }
    }

    @Test("A trial asks for what costs nothing")
    func examines() async throws {
        try await run { service, gateway in
            let words = try await gateway.examine()
            #expect(words.english.contains("10.0000"))
            #expect(service.server.requests.map(\.target) == ["/accounts/self/ppcards/balance"])
        }
    }

    @Test(
        "Addresses that would carry the login in clear or elsewhere are refused",
        arguments: [
            "http://fax.example.com", "ftp://127.0.0.1", "https://", "https://marie:x@fax.example.com",
            "https://fax.example.com?x=1", "http://127.0.0.1.example.com", "https://fax.example.com/\r\nx",
            "http://localhost@example.com",
        ])
    func addresses(url: String) throws {
        let fault = #expect(throws: ChannelFault.self) { try gateway(url) }
        #expect(fault?.kind == .configuration)
    }
}
