import Foundation
import Mail
import TestSupport
import Testing

@Suite("One report or channel in trouble delays no other, with the real daemon", .timeLimit(.minutes(3)))
struct HeadOfLineTests {
    private typealias Step = ScriptedSMTPServer.Step

    /// A server that takes everything but has something against certain words.
    private static let script: [Step] = {
        let transaction: [Step] = [
            .expect("MAIL"), .reply("250 Ok"), .expect("RCPT"), .reply("250 Ok"), .expect("DATA"), .reply("354 Go on"),
            .judge { message in
                let text = String(decoding: message, as: UTF8.self)
                if text.contains("POISON-RESET") { return [.reset] }
                if text.contains("POISON-LATER") { return [.reply("451 4.7.1 Later")] }
                if text.contains("POISON-SILENT") { return [.stall, .reply("250 2.0.0 Ok")] }
                return [.reply("250 2.0.0 Ok")]
            },
        ]
        return [.reply("220 desk"), .expect("EHLO"), .reply("250 desk")]
            + Array(repeating: transaction, count: 2000).flatMap(\.self)
    }()

    @Test(
        "Poisoned reports that hang, break off or come back each time, and a gateway that says nothing, hold up nobody")
    func poison() async throws {
        try await ScriptedSMTPServer.run([.stall]) { gateway in
            try await ScriptedSMTPServer.run(Self.script) { server in
                let it = try Installation(
                    smtp: server.plainSettings + "\nconnections = 2",
                    more: """
                        [retry]
                        first = "200ms"
                        ceiling = "400ms"
                        [fax]
                        gateway = "hylafax"
                        own_number = "+33139000000"
                        [fax.hylafax]
                        host = "127.0.0.1"
                        port = \(gateway.port)
                        """)
                try await it.start()
                try it.drop("Licence : 12345678\nCanal : fax\n\nFAX", as: "fax.txt")
                await gateway.waits(for: .stalled)
                for word in ["SILENT", "RESET", "LATER"] {
                    try it.drop("Licence : 12345678\nPriorité : bloquante\n\nPOISON-\(word)", as: "\(word).txt")
                }
                // One of two connections hangs from now on.
                await server.waits(for: .stalled)
                for number in 0..<60 { try it.drop("Licence : 12345678\n\nSain \(number)", as: "\(number).txt") }
                let relayed = try await it.submissions(in: "relayed", reach: 60)

                let waiting = try await it.assistctl("list", "--state", "queued", "--state", "sending", "--json")
                    .jsonLines
                #expect(waiting.count == 4)
                #expect(waiting.allSatisfy { !relayed.contains($0["reference"] as? String ?? "") })
                // What was cut off after its last byte goes again, the same to the byte.
                let copies = server.messages.filter { String(decoding: $0, as: UTF8.self).contains("POISON-RESET") }
                #expect(Set(copies).count == 1)
                server.release()
                #expect(try await it.submissions(in: "relayed", reach: 61).count == 61)
                // A stop would give it ten seconds to take the fax.
                gateway.stop()
                #expect(try await it.end() == 0)
            }
        }
    }

    @Test("A report over the server's limit fails by itself, and its receipt says both sizes; others go")
    func tooLarge() async throws {
        let limit = 4000
        let hello: [Step] = [.reply("220 desk"), .expect("EHLO"), .reply("250-desk\n250 SIZE \(limit)")]
        try await ScriptedSMTPServer.run(hello + ScriptedSMTPServer.desk(messages: 2).dropFirst(3)) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            let large = String(repeating: "Long. ", count: 1000)
            try it.drop("Licence : 12345678\nPriorité : bloquante\n\n\(large)", as: "large.txt")
            let failed = try await it.submissions(in: "failed", reach: 1)[0]
            try it.drop("Licence : 12345678\n\nCourt", as: "small.txt")
            try await it.submissions(in: "relayed", reach: 1)
            let shown = try await it.assistctl("show", failed, "--json").json
            #expect((shown["reason"] as? [String: Any])?["code"] as? String == "too_large")
            #expect(server.messages.count == 1)
            #expect(server.commands.count { $0.hasPrefix("MAIL") } == 1)
            #expect(try await it.end() == 0)
            let receipt = try it.folder.text(of: "spool/receipts/\(failed).txt")
            #expect(receipt.contains("(failed)") && receipt.contains(" \(limit) "), "\(receipt)")
        }
    }
}
