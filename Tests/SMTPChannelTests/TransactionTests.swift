import Glibc
import SMTPChannel
import SupportDesk
import TestSupport
import Testing

@Suite("A transaction over libcurl")
struct TransactionTests {
    @Test("An accepted message arrives byte for byte, with the server's words as the result")
    func accepted() async throws {
        try await ScriptedSMTPServer.run(.hello("SIZE 10000000") + .accepted + .goodbye) { server in
            let result = try await Trial.deliver(Trial.settings(server.url))
            #expect(
                result
                    == AttemptResult(
                        .accepted, code: 250, enhancedCode: "2.0.0", text: "Ok: queued as 4711",
                        endpoint: server.endpoint))
            #expect(server.messages == [Array(Trial.letter.utf8)])
            #expect(
                server.commands == [
                    "EHLO poste.example.fr", "MAIL FROM:<assistd@example.fr> SIZE=\(Trial.letter.utf8.count)",
                    "RCPT TO:<desk@example.com>", "DATA", "QUIT",
                ])
        }
    }

    @Test("Lines that begin with a dot arrive as they are")
    func dots() async throws {
        let text = ".\r\n..\r\n.first\r\n\r\n.\r\nend.\r\n.\r\n"
        try await ScriptedSMTPServer.run(.hello("SIZE") + .accepted) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), Trial.parcel(text))
            #expect(result.outcome == .accepted)
            #expect(server.messages == [Array(text.utf8)])
        }
    }

    // libcurl ends an upload as soon as it has sent as many bytes as it was told, doubled dots included: told the
    // plain size, it would drop the last byte of these.
    @Test(
        "A message whose doubled dots fill a buffer keeps its end",
        arguments: [16_384, 32_768, 65_536], [1, 2, 3, 700])
    func dotsAtTheBuffersEnd(buffer: Int, dots: Int) async throws {
        let dotted = String(repeating: ".\r\n", count: dots)
        let text = dotted + String(repeating: "x", count: buffer - dotted.utf8.count + dots - 2) + "\r\n"
        try await ScriptedSMTPServer.run(.hello() + .accepted) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), Trial.parcel(text))
            #expect(result.outcome == .accepted)
            #expect(server.messages.first?.count == text.utf8.count)
            #expect(server.messages == [Array(text.utf8)])
        }
    }

    @Test("A message in a file is streamed whole")
    func file() async throws {
        let line = String(repeating: "0123456789", count: 99) + "\r\n.\r\n"
        let text = String(repeating: line, count: 3000)
        let path = "/tmp/assistd-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).eml"
        let file = try #require(fopen(path, "w"))
        fwrite(text, 1, text.utf8.count, file)
        fclose(file)
        defer { unlink(path) }
        let parcel = Parcel(
            reference: Reference(number: 1), attempt: 1, content: .file(path: path, size: text.utf8.count))
        try await ScriptedSMTPServer.run(.hello() + .accepted) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), parcel)
            #expect(result.outcome == .accepted)
            #expect(server.messages == [Array(text.utf8)])
        }
    }

    @Test("A file that cannot be read puts the message off, in words, and says nothing to the server")
    func unreadableFile() async throws {
        let parcel = Parcel(
            reference: Reference(number: 1), attempt: 1, content: .file(path: "/nonexistent/letter", size: 9))
        try await ScriptedSMTPServer.run(.hello()) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), parcel)
            #expect(result.outcome == .deferred)
            #expect(result.fault == nil)
            #expect(result.text.contains("/nonexistent/letter"))
            #expect(server.connections == 0)
        }
    }

    @Test("A dot after a bare line end, where a forged message could begin, is never sent", arguments: ["\n", "\r"])
    func smuggling(lineEnd: String) async throws {
        let text = "a\r\n\r\nb\(lineEnd).\(lineEnd)MAIL FROM:<forged@example.fr>\r\n"
        try await ScriptedSMTPServer.run(.hello()) { server in
            let result = try await Trial.deliver(Trial.settings(server.url), Trial.parcel(text))
            #expect(result.outcome == .refused)
            #expect(result.reason == .malformed)
            #expect(server.connections == 0)
        }
    }

    @Test("Messages go one after the other over one connection")
    func keptSession() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted + .accepted + .accepted + .goodbye) { server in
            let connection = try Trial.connection(server)
            for _ in 0..<3 { #expect(await connection.deliver(Trial.parcel()).outcome == .accepted) }
            await connection.close()
            #expect(server.connections == 1)
            #expect(server.commands.last == "QUIT")
        }
    }

    @Test("A message too large for the server is refused before a byte of it is sent, in a new session and a kept one")
    func tooLarge() async throws {
        try await ScriptedSMTPServer.run(.hello("SIZE 100") + .accepted, .hello("SIZE 100")) { server in
            let connection = try Trial.connection(server)
            #expect(await connection.deliver(Trial.parcel()).outcome == .accepted)
            let large = Trial.parcel(Trial.letter + String(repeating: "x", count: 100) + "\r\n")
            for _ in 0..<2 {
                let result = await connection.deliver(large)
                #expect(result.outcome == .refused)
                #expect(result.reason == .tooLarge)
                #expect(result.text.contains("\(large.content.size)") && result.text.contains("100"))
                #expect(result.fault == nil)
                #expect(result.endpoint == server.endpoint)
            }
            await connection.close()
            #expect(await connection.deliver(large).reason == .tooLarge)
            #expect(server.messages.count == 1)
            #expect(server.commands.count { $0.hasPrefix("MAIL") } == 1)
        }
    }

    @Test("With tls none a server that offers STARTTLS is spoken to in plain text")
    func plain() async throws {
        try await ScriptedSMTPServer.run(.hello("STARTTLS") + .accepted) { server in
            let result = try await Trial.deliver(Trial.settings(server.url))
            #expect(result.outcome == .accepted)
            #expect(!server.commands.contains("STARTTLS"))
        }
    }

    @Test("The name said in EHLO may be an address between brackets")
    func addressInHello() async throws {
        try await ScriptedSMTPServer.run(.hello() + .accepted) { server in
            let result = try await Trial.deliver(Trial.settings(server.url, hello: "[192.0.2.1]"))
            #expect(result.outcome == .accepted)
            #expect(server.commands.first == "EHLO [192.0.2.1]")
        }
    }

    @Test("A mailbox name in UTF-8 goes out only where SMTPUTF8 is offered")
    func utf8() async throws {
        try await ScriptedSMTPServer.run(.hello("SMTPUTF8") + .accepted, .hello("SIZE")) { server in
            let settings = try Trial.settings(server.url, from: "élodie@example.fr")
            #expect(await Trial.deliver(settings).outcome == .accepted)
            #expect(server.commands.contains("MAIL FROM:<élodie@example.fr> SMTPUTF8"))
            let result = await Trial.deliver(settings)
            #expect(result.fault?.kind == .configuration)
            #expect(server.commands.count { $0.hasPrefix("MAIL") } == 1)
        }
    }
}
