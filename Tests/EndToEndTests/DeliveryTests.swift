import Foundation
import Glibc
import Mail
import SupportDesk
import TestSupport
import Testing

@Suite("The real daemon, from drop to desk", .timeLimit(.minutes(3)))
struct DeliveryTests {
    @Test("five formats reach the desk, one wrong licence does not, and every file tells what became of it")
    func formats() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings)
            try await it.start()
            let incoming = "spool/incoming"
            let windows = "Licence : 12345678\r\nObjet : Caisse bloqu\u{E9}e\r\n\r\nCo\u{FB}t : 300 \u{80}\r\n"
            try it.folder.drop(windows.unicodeScalars.map { UInt8($0.value) }, to: "\(incoming)/caisse.txt")
            try it.folder.drop("Licence : 12345678\n\nDéjà vu œuvre €\n".utf8, to: "\(incoming)/b.rapport")
            try it.folder.drop(
                #"{"licence": "12345678", "objet": "JSON", "description": "Étiquettes"}"#.utf8,
                to: "\(incoming)/c.json")
            try it.folder.drop(
                "Subject: =?utf-8?Q?Cl=C3=B4ture?=\nX-Licence: 12345678\n\nLe courriel.\n".utf8,
                to: "\(incoming)/d.eml")
            try it.folder.folder("e.report")
            try it.folder.write("Licence : 12345678\nObjet : Capture\n\nVoir.\n".utf8, to: "e.report/report.txt")
            try it.folder.write([0x89, 0x50, 0x00, 0xFF], to: "e.report/écran.png")
            #expect(rename(it.folder("e.report"), it.folder("\(incoming)/e.report")) == 0)
            try it.folder.drop("Licence : ?\n\nx".utf8, to: "\(incoming)/faux.txt")

            let relayed = try await it.submissions(in: "relayed", reach: 5)
            let rejected = try await it.submissions(in: "rejected", reach: 1)

            let mails = try server.messages.map { try MessageReader.read($0) }
            let texts = Dictionary(uniqueKeysWithValues: mails.map { ($0.header("Subject") ?? "", $0) })
            func text(_ subject: String) -> String {
                (texts.first { $0.key.hasSuffix(subject) }?.value.text ?? "").replacing("\r\n", with: "\n")
            }
            #expect(text("12345678 — Caisse bloquée").hasSuffix("\n\nCoût : 300 €\n\n"))
            #expect(text("Déjà vu œuvre €").hasSuffix("\n\nDéjà vu œuvre €\n\n"))
            #expect(text("JSON").contains("Étiquettes"))
            #expect(text("Clôture").contains("Le courriel.\n"))
            let capture = texts.first { $0.key.hasSuffix("Capture") }?.value
            #expect(capture?.attachments == [Attachment(name: "écran.png", content: [0x89, 0x50, 0x00, 0xFF])])

            #expect(try await it.end() == 0)
            #expect(try it.folder.names(in: incoming) == [])
            #expect(try it.folder.names(in: "spool/rejected") == ["faux.txt", "faux.txt.reason.txt"])
            for reference in relayed {
                #expect(try it.folder.text(of: "spool/receipts/\(reference).txt").contains("(relayed)"))
            }
            for reference in rejected {
                #expect(try it.folder.text(of: "spool/receipts/\(reference).txt").contains("(rejected)"))
            }
            #expect(try it.folder.names(in: "spool/receipts").count == 6)
        }
    }

    @Test("a thousand reports dropped at once arrive once each, to the byte")
    func thousand() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings + "\nconnections = 4")
            try await it.start()
            var expected: [String: String] = [:]
            for number in 0..<1000 {
                let body = "Rapport n° \(number) — déjà là, çà et là\n.\n..\nFrom ici\n=3D \t\nœ€ fin \(number)\n"
                expected["Essai \(number)"] = body
                try it.folder.drop(
                    "Licence : 12345678\nObjet : Essai \(number)\n\n\(body)".utf8,
                    to: "spool/incoming/r\(number).txt")
            }
            _ = try await it.submissions(in: "relayed", reach: 1000)
            let messages = server.messages
            #expect(messages.count == 1000)
            for bytes in messages {
                let mail = try MessageReader.read(bytes)
                let subject = try #require(mail.header("Subject")?.split(separator: " — ").last)
                let taken = expected.removeValue(forKey: String(subject))
                let body = try #require(taken, "twice, or never dropped")
                #expect(mail.text?.replacing("\r\n", with: "\n").hasSuffix("\n\n" + body + "\n") == true)
            }
            #expect(expected.isEmpty, "lost")
            #expect(try await it.end() == 0)
        }
    }

    @Test("kill -9 with a full queue: after the next start each is sent once")
    func killed() async throws {
        let it = try Installation(smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"")
        try await it.start()
        for number in 0..<100 {
            try it.folder.drop(
                "Licence : 12345678\nObjet : Essai \(number)\n\nx".utf8, to: "spool/incoming/r\(number).txt")
        }
        try await it.submissions(in: "queued", reach: 100)
        #expect(try await it.end(with: SIGKILL) == -SIGKILL)
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            try it.configure(smtp: server.plainSettings)
            try await it.start()
            _ = try await it.submissions(in: "relayed", reach: 100)
            let subjects = try server.messages.map { try MessageReader.read($0).header("Subject") ?? "" }
            #expect(Set(subjects).count == 100)
            #expect(subjects.count == 100)
            try await it.end()
        }
    }

    @Test(
        "STARTTLS and login at a real Postfix; a wrong password fails nothing and heals without a restart",
        .enabled(if: PostfixServer.isAvailable, "\(PostfixServer.obstacle ?? "Postfix is here")"))
    func postfix() async throws {
        let server = try await PostfixServer.shared
        let secrets = try TemporaryFolder()
        try secrets.write("faux".utf8, to: "password")
        let smtp = """
            url = "\(server.submission)"
            username = "\(server.username)"
            password_file = "\(secrets("password"))"
            ca_file = "\(server.caFile)"
            """
        let it = try Installation(smtp: smtp)
        try await it.start()
        let marker = "marque-\(UInt64.random(in: .min ... .max))"
        try it.folder.drop("Licence : 12345678\nObjet : \(marker)\n\nÇa va ?\n".utf8, to: "spool/incoming/a.txt")
        // Taken in, tried, and put back by the channel's fault.
        try await it.submissions(in: "sending", reach: 1)
        #expect(try await it.assistctl("doctor", "--json").status == 1)
        let waiting = try #require(try await it.assistctl("list", "--json").jsonLines.first)
        #expect(waiting["state"] as? String == "queued")
        #expect(!it.log.contains("faux"))

        try secrets.write(server.password.utf8, to: "password")
        it.send(SIGHUP)
        let reference = try #require(waiting["reference"] as? String)
        let done = try await it.assistctl("wait", reference, "--until", "relayed", "--timeout", "60s")
        #expect(done.status == 0)
        let mail = try MessageReader.read(await server.message(containing: marker))
        #expect(mail.text?.contains("Ça va ?") == true)
        #expect(try await it.assistctl("doctor", "--json").status == 0)
        #expect(!it.log.contains(server.password))
        #expect(try await it.end() == 0)
    }
}
