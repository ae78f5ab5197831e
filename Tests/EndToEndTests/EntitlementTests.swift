import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Who is entitled, from the register to the desk", .timeLimit(.minutes(3)))
struct EntitlementTests {
    private static let header = "licence;societe;partenaire;contrat;fin_contrat;version\n"
    /// Under contract, ended long ago, about to end, and a kind that covers no call-backs.
    private static var lines: String {
        """
        1111;Œuvre;Négoce;G-TEL;2099-12-31;9.5
        2222;Béraud;Négoce;G-TEL;2020-01-31;9.5
        3333;Çelik;;G-TEL;\(day(in: 5));9.5
        4444;Müller;;G-MAIL;2099-12-31;9.5

        """
    }

    /// As the register writes it, in Paris.
    private static func day(in days: Int) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Europe/Paris")
        formatter.dateFormat = "yyyy-MM-dd"
        return formatter.string(from: Date(timeIntervalSinceNow: Double(days) * 86_400))
    }

    /// A service that is running, its register written beforehand.
    private func whileRunning(
        _ licenses: String = "", more: String = "", smtp: String? = nil,
        _ body: (Installation, ScriptedSMTPServer) async throws -> Void
    ) async throws {
        let scripts = smtp == nil ? [ScriptedSMTPServer.desk()] : [ScriptedSMTPServer.probe, ScriptedSMTPServer.desk()]
        let server = try ScriptedSMTPServer(scripts)
        defer { server.stop() }
        let it = try Installation(smtp: "")
        try it.folder.write((Self.header + Self.lines).utf8, to: "register.csv")
        let section = "[licenses]\nregister = \"\(it.folder("register.csv"))\"\n" + licenses + "\n" + more
        try it.configure(smtp: smtp ?? server.plainSettings, more: section)
        try await it.start()
        try await body(it, server)
        #expect(try await it.end() == 0)
    }

    private func submit(_ it: Installation, _ license: String, _ more: String...) async throws -> Installation.Run {
        try await it.assistctl("submit", "--license", license, input: "Ça ne marche pas.\n")
    }

    @Test("an ended contract is held, and let go by an administrator alone")
    func held() async throws {
        try await whileRunning { it, server in
            #expect(try await submit(it, "1111").status == 0)
            try await it.submissions(in: "relayed", reach: 1)
            let run = try await submit(it, "2222")
            #expect(run.status == 0)
            let reference = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let shown = try await it.assistctl("show", reference, "--json").json
            #expect(shown["state"] as? String == "held")
            #expect((shown["reason"] as? [String: Any])?["code"] as? String == "contract_expired")
            let receipt = try it.folder.text(of: "spool/receipts/\(reference).txt")
            #expect(receipt.contains("2020-01-31") || receipt.contains("31/01/2020"))
            #expect(try await it.assistctl("license", "check", "1111").status == 0)
            let check = try await it.assistctl("license", "check", "2222", language: "fr_FR.UTF-8")
            #expect(check.status == 1 && check.output.contains("31/01/2020"))
            #expect(try await it.assistctl("release", reference).status == 0)
            try await it.submissions(in: "relayed", reach: 2)
            #expect(
                try await it.assistctl("show", reference, "--json").json["due_at"] is NSNull, "nothing was promised")
        }
    }

    @Test("by policy it is refused: reason in both languages, exit 65, nothing sent")
    func refused() async throws {
        try await whileRunning("expired = \"reject\"") { it, server in
            #expect(try await submit(it, "2222").status == 65)
            try it.folder.drop("Licence : 2222\n\nDéposé.\n".utf8, to: "spool/incoming/b.txt")
            try await it.submissions(in: "rejected", reach: 2)
            #expect(try await submit(it, "1111").status == 0)
            try await it.submissions(in: "relayed", reach: 1)
            #expect(try await it.end() == 0)
            let reason = try it.folder.text(of: "spool/rejected/b.txt.reason.txt")
            #expect(reason.contains("contract_expired"))
            #expect(reason.contains("31/01/2020") && reason.contains("2020-01-31"))
            #expect(server.messages.count == 1)
            try await it.start()
        }
    }

    @Test("a contract that ends within two weeks is told in list, receipt and once in the log")
    func endsSoon() async throws {
        try await whileRunning { it, _ in
            let end = Self.day(in: 5).split(separator: "-").reversed().joined(separator: "/")
            let run = try await submit(it, "3333")
            let reference = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            try await it.submissions(in: "relayed", reach: 1)
            let list = try await it.assistctl("license", "list", language: "fr_FR.UTF-8")
            #expect(list.output.contains("\(end) (J-5)"), "\(list.output)")
            #expect(try await it.assistctl("show", reference, language: "fr_FR.UTF-8").output.contains(end))
            #expect(try await it.end() == 0)
            try await it.start()
            #expect(try await it.end() == 0)
            #expect(it.log.components(separatedBy: Self.day(in: 5)).count == 2, "once, also over a restart: \(it.log)")
            try await it.start()
        }
    }

    @Test("what waited is judged again: a contract that ended meanwhile is not sent, until a person says so")
    func again() async throws {
        let away = "url = \"smtp://127.0.0.1:1\"\ntls = \"none\""
        try await whileRunning(smtp: away) { it, server in
            let run = try await submit(it, "1111")
            let reference = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
            let other = try await submit(it, "4444").output.trimmingCharacters(in: .whitespacesAndNewlines)
            // Both have met the server that is away, or wait behind the one that has.
            let ended =
                Self.header
                + Self.lines.replacingOccurrences(
                    of: "1111;Œuvre;Négoce;G-TEL;2099", with: "1111;Œuvre;Négoce;G-TEL;2021")
            try it.folder.write(ended.utf8, to: "new.csv")
            #expect(try await it.assistctl("license", "import", it.folder("new.csv")).status == 0)
            // A changed register counts once it has kept still.
            while try await it.assistctl("license", "check", "1111").status == 0 {}
            let section = "[licenses]\nregister = \"\(it.folder("register.csv"))\"\n"
            try it.configure(smtp: server.plainSettings, more: section)
            it.send(SIGHUP)
            #expect(try await it.submissions(in: "relayed", reach: 1) == [other])
            try await it.submissions(in: "held", reach: 1)
            let held = try await it.assistctl("show", reference, "--json").json
            #expect((held["reason"] as? [String: Any])?["code"] as? String == "contract_expired")
            #expect(held["state"] as? String == "held")
            #expect(server.messages.count == 1)
            #expect(try await it.assistctl("release", reference).status == 0)
            try await it.submissions(in: "relayed", reach: 2)
            #expect(server.messages.count == 2)
        }
    }

    @Test("an older version is told of the update, in mail and receipt, with the partner who delivers it")
    func update() async throws {
        let it = try Installation(smtp: "")
        try it.folder.write("9.5 build 1155 (19/06/2023)\n".utf8, to: "versions.txt")
        try it.folder.write(
            "[Partenaire]\r\nRaisonSociale.Ligne1=Négoce\r\n[Assistance]\r\nTelephone=01 99 00 12 34\r\n".utf8,
            to: "Gestimum.Partenaire")
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            try it.configure(
                smtp: server.plainSettings, more: "[licenses]\nversions = \"\(it.folder("versions.txt"))\"")
            try await it.start()
            for (name, version) in [("ancien", "9.4 build 1124"), ("actuel", "9.5 build 1155")] {
                try it.folder.drop(
                    "Licence : 1111\nObjet : \(name)\nVersion : \(version)\n\nÇa ne marche pas.\n".utf8,
                    to: "spool/incoming/\(name).txt")
            }
            try await it.submissions(in: "relayed", reach: 2)
            #expect(try await it.end() == 0)
            let advice = "9.5 build 1155 (19/06/2023). Elle est livrée par le partenaire Négoce (+33 1 99 00 12 34)."
            for name in try it.folder.names(in: "spool/receipts") {
                let text = try it.folder.text(of: "spool/receipts/\(name)")
                #expect(text.contains(advice) == text.contains("ancien"), "\(text)")
            }
        }
    }

    @Test("contract holders go first, and the most urgent first among each")
    func precedence() async throws {
        let away = "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"\nconnections = 1"
        try await whileRunning("unknown = \"forward\"", smtp: away) { it, server in
            var expected: [String] = []
            for license in ["9999", "1111"] {
                for priority in ["low", "normal", "high", "blocking"] {
                    let run = try await it.assistctl(
                        "submit", "--license", license, "--subject", "\(license) \(priority)", "--priority", priority,
                        input: "Ça ne marche pas.\n")
                    #expect(run.status == 0)
                    expected.insert("\(license) \(priority)", at: 0)
                }
            }
            let section = "[licenses]\nregister = \"\(it.folder("register.csv"))\"\nunknown = \"forward\"\n"
            try it.configure(smtp: server.plainSettings + "\nconnections = 1", more: section)
            it.send(SIGHUP)
            try await it.submissions(in: "relayed", reach: 8)
            let subjects = server.messages.map { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                return expected.first { text.contains($0) } ?? "?"
            }
            #expect(subjects == expected)
        }
    }
}
