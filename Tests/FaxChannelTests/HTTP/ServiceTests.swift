import FaxChannel
import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import Configuration

@Suite("The http gateway and other services", .timeLimit(.minutes(1)))
struct ServiceTests {
    private static let secret = #"s3c"r\et"#

    private func gateway(
        _ url: String?, profile: String?, username: String? = "key", secret: SecretSource? = .environment("FAX")
    ) throws -> HTTPGateway {
        var settings = Settings.Fax()
        settings.http.profile = profile
        settings.http.url = url
        settings.http.username = username
        settings.http.passwordFile = secret
        return try HTTPGateway(settings, environment: ["FAX": Self.secret])
    }

    @Test("Sinch: a form with the file; the name is in the answer's JSON")
    func sinch() async throws {
        let server = try WebServer { request in
            switch (request.method, request.target) {
            case ("POST", "/v3/projects/p/faxes"):
                .answer(200, body: #"{"id":"01HDFHACK1YN7CCDYRA6ZRMA8Z","status":"QUEUED"}"#)
            case ("GET", "/v3/projects/p/faxes/01HDFHACK1YN7CCDYRA6ZRMA8Z"):
                .answer(
                    200,
                    body: #"{"status":"FAILURE","errorType":"CALL_ERROR","errorCode":17,"errorMessage":"User busy"}"#)
            case ("GET", "/v3/projects/p/faxes?direction=OUTBOUND&pageSize=1"): .answer(200, body: #"{"faxes":[]}"#)
            default: .answer(404)
            }
        }
        defer { server.stop() }
        let gateway = try gateway(server.url + "/v3/projects/p", profile: "sinch")
        #expect(try await gateway.submit(FaxSample.job()) == .job("01HDFHACK1YN7CCDYRA6ZRMA8Z"))
        let request = try #require(server.requests.first)
        let type = try #require(request.headers["content-type"])
        #expect(type.hasPrefix("multipart/form-data; boundary="))
        let boundary = type.split(separator: "=", maxSplits: 1)[1].filter { $0 != "\"" }
        var expected: [UInt8] = Array(
            ("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(FaxSample.reference)-2.pdf\""
                + "\r\nContent-Type: application/pdf\r\n\r\n").utf8)
        expected += FaxSample.document
        for (name, value) in [("maxRetries", "2"), ("resolution", "FINE"), ("to", "+33130417781")] {
            expected += Array(
                "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)".utf8)
        }
        expected += Array("\r\n--\(boundary)--\r\n".utf8)
        #expect(request.body == expected)

        let outcome = try await gateway.standing(of: "01HDFHACK1YN7CCDYRA6ZRMA8Z").outcome
        #expect(outcome?.kind == .notSent(.busy))
        #expect(outcome?.text == "the line is busy; User busy; state FAILURE/CALL_ERROR/17")
        _ = try await gateway.examine()
        #expect(!gateway.findsByTag)
        await #expect(throws: ChannelFault.self) { try await gateway.find(FaxTag(FaxSample.reference, attempt: 1)) }
        #expect(try await gateway.callOff("1") == false)
        #expect(server.requests.count == 3)
    }

    @Test(
        "Sinch's states",
        arguments: [
            (#"{"status":"QUEUED"}"#, nil), (#"{"status":"IN_PROGRESS","errorType":""}"#, nil),
            (#"{"status":"COMPLETED","pagesSentSuccessfully":2}"#, FaxOutcome.Kind.delivered),
            (#"{"status":"FAILURE","errorType":"CALL_ERROR","errorCode":"19"}"#, .notSent(.noAnswer)),
            (#"{"status":"FAILURE","errorType":"CALL_ERROR","errorCode":171}"#, .uncertain(.unclear)),
            (#"{"status":"FAILURE","errorType":"DOCUMENT_CONVERSION_ERROR","errorCode":133}"#, .refused(.document)),
            (
                #"{"status":"FAILURE","errorType":"FAX_ERROR","errorCode":8,"pagesSentSuccessfully":1}"#,
                .uncertain(.brokeOff)
            ),
            (#"{"status":"FAILURE"}"#, .uncertain(.unclear)), (#"{"status":"PAUSED"}"#, nil),
        ])
    func sinchStates(body: String, kind: FaxOutcome.Kind?) async throws {
        let server = try WebServer { _ in .answer(200, body: body) }
        defer { server.stop() }
        #expect(try await gateway(server.url, profile: "sinch").standing(of: "1").outcome?.kind == kind)
    }

    @Test("A lost answer of a service that cannot be searched is a doubt", arguments: [true, false])
    func doubt(answers: Bool) async throws {
        let server = try WebServer { _ in answers ? .answer(200, body: #"{"id":"a/../b"}"#) : .nothing }
        defer { server.stop() }
        let outcome = try await gateway(server.url, profile: "sinch").submit(FaxSample.job()).outcome
        #expect(outcome?.kind == .uncertain(.handover))
        #expect(server.requests.count == 1)
    }

    @Test("A profile in a file: JSON with the document in base64, a token, the secret where it may be")
    func file() async throws {
        let folder = try TemporaryFolder()
        let text = """
            [service]
            authentication = "bearer"
            [submit]
            path = "/send/{national}"
            body = "json"
            json = '{"to": "{e164}", "ref": "{tag}", "key": "{secret}", "file": "{document_base64}"}'
            job = "faxes.0.id"
            headers = { X-Key = "{secret}" }
            """
        try folder.write(Array(text.utf8), to: "acme.toml")
        let server = try WebServer { _ in .answer(202, body: #"{"faxes":[{"id":12}]}"#) }
        defer { server.stop() }
        let gateway = try gateway(server.url, profile: folder("acme.toml"), username: nil)
        // There is nothing to ask afterwards.
        #expect(try await gateway.submit(FaxSample.job()).outcome?.kind == .relayed)
        #expect(gateway.endpoint == "http acme 127.0.0.1:\(server.port)")
        #expect(try await gateway.standing(of: "12") == .unknown)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/send/0130417781")
        #expect(request.headers["authorization"] == "Bearer \(Self.secret)")
        #expect(request.headers["x-key"] == Self.secret)
        #expect(request.headers["content-type"] == "application/json")
        let body = try JSONDecoder().decode([String: String].self, from: Data(request.body))
        #expect(body["to"] == "+33130417781")
        #expect(body["ref"] == "\(FaxSample.reference)/2")
        #expect(body["key"] == Self.secret)
        #expect(body["file"].flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } == FaxSample.document)
        _ = try await gateway.examine()
        #expect(server.requests.count == 1)
    }

    @Test("A job's name from elsewhere cannot lead a request astray")
    func hostileNames() async throws {
        let server = try WebServer { _ in .answer(200, body: #"{"status":"COMPLETED"}"#) }
        defer { server.stop() }
        let gateway = try gateway(server.url, profile: "sinch")
        for name in ["..", "a/b", "-1", "", "a b", "a?b", "é", "a\r\nX: y", String(repeating: "9", count: 300)] {
            #expect(try await gateway.standing(of: name) == .unknown)
        }
        #expect(server.requests.isEmpty)
        #expect(try await gateway.standing(of: "a+b=").outcome?.kind == .delivered)
        #expect(server.requests.map(\.target) == ["/faxes/a%2Bb%3D"])
    }

    @Test("Settings that cannot work are refused at once")
    func settings() throws {
        let rows: [(String?, String?, String?, SecretSource?, String)] = [
            (nil, "sinch", "key", .environment("FAX"), "fax.http.url"),
            ("https://x.example", nil, "key", .environment("FAX"), "interfax, sinch"),
            ("https://x.example", "acme", "key", .environment("FAX"), "interfax, sinch"),
            ("https://x.example", "/nonexistent/acme.toml", "key", .environment("FAX"), "/nonexistent/acme.toml"),
            ("https://x.example", "sinch", nil, .environment("FAX"), "fax.http.username"),
            ("https://x.example", "sinch", "key", nil, "fax.http.password_file"),
        ]
        for (url, profile, username, secret, words) in rows {
            let fault = #expect(throws: ChannelFault.self) {
                try gateway(url, profile: profile, username: username, secret: secret)
            }
            #expect(fault?.kind == .configuration)
            #expect(fault?.explanation.english.contains(words) == true)
        }
    }

    @Test("A secret that cannot be read is a fault, and nothing is sent")
    func noSecret() async throws {
        let server = try WebServer { _ in .answer(200) }
        defer { server.stop() }
        let gateway = try gateway(server.url, profile: "sinch", secret: .environment("MISSING"))
        let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(FaxSample.job()) }
        #expect(fault?.kind == .configuration)
        #expect(server.requests.isEmpty)
    }
}
