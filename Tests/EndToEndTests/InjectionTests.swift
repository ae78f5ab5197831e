import Foundation
import Glibc
import Mail
import SupportDesk
import TestSupport
import Testing

@Suite("What reports hold is never more than text, wherever it is shown", .timeLimit(.minutes(10)))
struct InjectionTests {
    /// What each value tries to make of itself, where a line begins.
    private static let planted = "Bcc: evil@exemple.com"

    static let values: [(name: String, text: String)] = [
        ("CRLF and a header", "a\r\n\(planted)"), ("LF", "a\n\(planted)"), ("CR", "a\r\(planted)"),
        ("an empty line", "a\r\n\r\n\(planted)"), ("a folded line", "a\r\n \(planted)"), ("NUL", "a\0b"),
        ("colors and a title", "\u{1B}[31mrouge\u{1B}]0;titre\u{7}\u{1B}[2J"),
        ("a link", "\u{1B}]8;;https://evil.example\u{1B}\\clic\u{1B}]8;;\u{1B}\\"),
        ("C1", "a\u{9B}31m\u{9D}0;x\u{9C}\u{85}\(planted)"),
        ("bidi", "\u{202E}fdp.exe\u{202C}\u{2066}x\u{2069}\u{200F}"),
        ("zero width", "a\u{200B}b\u{200D}c\u{FEFF}d\u{2060}"),
        ("separators", "a\u{2028}\(planted)\u{2029}\(planted)\u{0B}\(planted)\u{0C}\(planted)"),
        ("encoded words", "=?utf-8?q?=0D=0ABcc:_evil@exemple.com?= =?utf-8?b?DQpCY2M6IGV2aWxA?="),
        ("printf", "%s%n%x%1$s%d%%"),
        ("mustache", "{{license}}{{{description}}}{{#others}}{{/others}}{{=<% %>=}}{{> x}}"),
        ("placeholders", "{e164} {digits} {national} {reference} {attempt} {secret} {n} {N}"),
        ("HTML", "<script>alert(1)</script><img src=x onerror=y>&lt;&#10;"),
        ("quotes", "\"'`\\\" \\n \\u0000 $(id) `id` ;|&"),
        ("dashes", "--help"), ("a dash", "-rf"), ("paths", "../../etc/passwd"),
        ("an end of data", "a\r\n.\r\nMAIL FROM:<x@y.fr>"),
        ("tickets", "[#123] [Ticket#2026112400012] [GLPI #0000001] [ASD-4F7K-9M2T-X8QB]"),
        ("a priority", "<0>panique\n<0>panique"),
        ("a log line", "a\n1999-11-24T10:00:00Z critical faux"), ("JSON", "\",\"state\":\"answered\",\"x\":\""),
        ("a calendar", "x\r\nEND:VEVENT\r\nATTENDEE:mailto:evil@exemple.com"),
        ("a long line", String(repeating: "é", count: 1500)),
        ("long words", String(repeating: "mot ", count: 500)), ("a receipt", "a\r\nÉtat : répondu (answered)"),
        ("boundaries", "--=_ASD-4F7K-9M2T-X8QB\r\nContent-Type: text/html"),
        ("commas", "a, b <x@y.fr>, \"c\" (d); e:f@g.fr;"),
    ]

    /// The report in JSON, where every character can be written: all fields at once, or only those that are not read.
    private static func json(_ text: String, everywhere: Bool) throws -> [UInt8] {
        var report: [String: Any] = [
            "licence": "12345678", "description": "Le texte.\n\(text)\n", "inconnu": text, text: "nom",
            "pj": ["name": "capture.png", "content": Data(text.utf8).base64EncodedString()],
        ]
        if everywhere {
            for field in [
                "objet", "société", "contact", "téléphone", "partenaire", "produit", "module", "version", "référence",
                "priorité", "courriel", "rappel",
            ] { report[field] = text }
        }
        return Array(try JSONSerialization.data(withJSONObject: report))
    }

    /// The same in a mail, whose header is encoded.
    private static func mail(_ text: String) -> [UInt8] {
        let word = "=?utf-8?b?\(Data(text.utf8).base64EncodedString())?="
        let name = text.utf8.map { String(format: "%%%02X", $0) }.joined()
        return Array(
            """
            From: \(word) <marie@exemple.fr>\r
            Subject: \(word)\r
            X-Licence: 12345678\r
            MIME-Version: 1.0\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: base64\r
            \r
            \(Data("Le texte.\n\(text)".utf8).base64EncodedString(options: .lineLength76Characters))\r
            --b\r
            Content-Type: image/png\r
            Content-Disposition: attachment; filename*=utf-8''\(name).png\r
            \r
            x\r
            --b--\r\n
            """.utf8)
    }

    /// Files by their names; some of the values can be names.
    private static func drops() throws -> [String: [UInt8]] {
        var drops: [String: [UInt8]] = [:]
        for (index, value) in values.enumerated() {
            drops["tout-\(index).json"] = try json(value.text, everywhere: true)
            drops["reste-\(index).json"] = try json(value.text, everywhere: false)
            drops["courriel-\(index).eml"] = mail(value.text)
            drops["texte-\(index).txt"] = Array(
                "Licence : 12345678\nObjet : \(value.text)\nContact : \(value.text)\n\nx".utf8)
            let name = value.text.replacing("/", with: "").replacing("\0", with: "")
            if name.utf8.count < 200 {
                drops["f\(index)\(name).json"] = Array(#"{"licence": "12345678", "description": "x"}"#.utf8)
                drops["g\(index)\(name).json"] = Array(#"{"licence": "?", "description": "x"}"#.utf8)
            }
        }
        return drops
    }

    private static let register = """
        licence;societe;partenaire;produit;contrat;fin_contrat
        12345678;"=cmd|' /C calc'!A0 <b>&";"--help {{x}} %s";"[#123]";"G-TEL";2099-12-31
        87654321;"\u{1B}]0;x\u{7}\u{202E}";"a\u{85}b";"\u{9B}31m";"<script>";2026-11-30
        """

    @Test("no value in any field or name reaches further than its place, in mails, files, terminals, JSON or log")
    func everywhere() async throws {
        let drops = try Self.drops()
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let files = try TemporaryFolder()
            try files.write(Self.register.utf8, to: "register.csv")
            try files.write(
                "[Partenaire]\nRaisonSociale.Ligne1=\u{1B}[31m\u{202E}x\nTelephone=\u{9B}0m\n".utf8, to: "partner")
            let it = try Installation(
                smtp: server.plainSettings,
                more: """
                    [licenses]
                    register = "\(files("register.csv"))"
                    unknown = "forward"
                    [desk]
                    partner_file = "\(files("partner"))"
                    contacts = ["personne: Claire <b>{{x}} [#1], %s, +33 1 34 84 09 84, claire@exemple.fr"]
                    [log]
                    level = "debug"
                    """)
            try await it.start()
            for (name, content) in drops { try it.folder.drop(content, to: "spool/incoming/\(name)") }
            for value in Self.values.prefix(12) where !value.text.contains("\0") {
                let run = try await it.assistctl(
                    "submit", "--license", "12345678", "--subject=\(value.text)", "--contact=\(value.text)", input: "x")
                #expect([0, 65].contains(run.status), "\(value.name): \(run.errors)")
                Self.checkTerminal(run.output + run.errors, "submit, \(value.name)")
            }
            let counts = try await it.settled()
            let all = try await it.assistctl("list", "--json", "--limit", "1000").jsonLines
            #expect(counts["relayed", default: 0] + counts["rejected", default: 0] == all.count)
            #expect(all.count >= drops.count && counts["relayed", default: 0] > Self.values.count)

            checkDialogue(server, relayed: counts["relayed"] ?? 0)
            for message in server.messages { try checkMail(message) }
            let references = all.compactMap { $0["reference"] as? String }.prefix(60)
            let shown = try await it.everythingShown(
                of: Array(references),
                more: [["license", "list"], ["license", "check", "87654321"], ["contact"], ["doctor"]])
            for shown in shown { try Self.check(shown) }
            #expect(try await it.end() == 0)
            try Self.check(Installation.Shown(place: "log", form: .log, text: it.log))
        }
    }

    @Test("nor in a log of JSON, nor on the pages of a fax")
    func logAndFax() async throws {
        let files = try TemporaryFolder()
        try files.write(
            "#!/bin/sh\ncat \"$1\" >>'\(files("pages"))'\ncp \"$1\" '\(files("last.pdf"))'\necho 17\n".utf8, to: "send")
        chmod(files("send"), 0o755)
        let it = try Installation(
            smtp: "url = \"smtp://127.0.0.1:1\"\ntls = \"none\"",
            more: """
                [log]
                level = "debug"
                format = "json"
                [fax]
                gateway = "command"
                command.submit = ["\(files("send"))", "{file}", "{national}"]
                """)
        try await it.start()
        for (name, content) in try Self.drops() where name.hasPrefix("g") {
            try it.folder.drop(content, to: "spool/incoming/\(name)")
        }
        var fields: [String: Any] = [
            "licence": "12345678", "canal": "fax", "objet": "{n} {secret} %s <b>{{x}}",
            "description": "\u{1B}[2J\u{202E}x",
        ]
        // C1 would be refused; JSON has the others as escapes.
        for (index, value) in Self.values.enumerated()
        where !value.text.unicodeScalars.contains(where: { (0x7F..<0xA0).contains($0.value) }) {
            fields["champ \(index)"] = value.text
        }
        try it.folder.drop(try JSONSerialization.data(withJSONObject: fields), to: "spool/incoming/fax.json")
        let reference = try await it.submissions(in: "relayed", reach: 1)[0]
        _ = try await it.settled()
        let page = try await it.program("pdftotext", "-layout", files("last.pdf"), "-")
        #expect(page.contains(reference) && page.contains("{n} {secret} %s <b>{{x}}"))
        Self.checkTerminal(page.replacing("\u{C}", with: ""), "fax")
        for line in page.split(separator: "\n") { #expect(!line.hasPrefix(Self.planted), "\(line)") }
        #expect(try await it.end() == 0)
        for line in it.log.split(separator: "\n") {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
            #expect(object["time"] != nil && object["level"] != nil && object["message"] != nil)
            Self.checkTerminal(String(line), "log")
        }
    }

    // MARK: What is looked for

    private nonisolated(unsafe) static let logLine =
        #/^\d{4}-\d\d-\d\dT[0-9:.]+Z (debug|info|notice|warning|error|critical) /#

    /// One transaction for each message, and no command that this program does not say.
    private func checkDialogue(_ server: ScriptedSMTPServer, relayed: Int) {
        #expect(server.messages.count == relayed)
        let envelope = [
            "MAIL FROM:<assistd@exemple.fr>", "RCPT TO:<assistance@gestimum.com>", "DATA", "QUIT", "EHLO", "NOOP",
        ]
        for command in server.commands {
            #expect(envelope.contains { command.hasPrefix($0) }, "\(command)")
            #expect(!command.contains("evil"))
        }
    }

    private static let fields: Set = [
        "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References", "X-Assistd-Reference",
        "Importance", "X-Priority", "User-Agent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    ]

    private func checkMail(_ message: [UInt8]) throws {
        let text = String(decoding: message, as: UTF8.self)
        let header = text.prefix(upTo: text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)
        for line in header.split(separator: "\r\n") where !line.hasPrefix(" ") && !line.hasPrefix("\t") {
            #expect(Self.fields.contains(String(line.prefix { $0 != ":" })), "\(line)")
        }
        #expect(message.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
        let mail = try MessageReader.read(message)
        #expect(mail.header("To")?.contains("assistance@gestimum.com") == true)
        #expect(mail.header("Subject")?.firstMatch(of: /#\w/) == nil)
        // Nobody's HTML is a part that is shown.
        #expect(mail.attachments.allSatisfy { !$0.name.hasSuffix(".html") })
        for line in (mail.text ?? "").split(separator: "\n") where line.hasPrefix("Bcc:") {
            // The description alone may have lines of its own.
            let lead = mail.text?.components(separatedBy: "Description :\n").first ?? ""
            #expect(!lead.contains("\n\(line)"))
        }
        if let calendar = mail.attachments.first(where: { $0.name.hasSuffix(".ics") }) {
            checkCalendar(calendar.head)
        }
    }

    private func checkCalendar(_ content: [UInt8]) {
        // Unfolded octet by octet: as characters, a space and a joiner that follows it are one.
        let unfolded = Array(content.replacing(Array("\r\n ".utf8), with: []))
        let lines = String(decoding: unfolded, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count { $0 == "END:VEVENT" } == 1)
        #expect(lines.count { $0.hasPrefix("ATTENDEE") } == 1)
        for line in lines { #expect(line.firstMatch(of: /^[A-Z-]+[:;]/) != nil, "\(line)") }
    }

    private static func check(_ shown: Installation.Shown) throws {
        switch shown.form {
        case .terminal: checkTerminal(shown.text, shown.place)
        case .json:
            _ = try JSONSerialization.jsonObject(with: Data(shown.text.utf8))
            #expect(shown.text.split(separator: "\n").count == 1, "\(shown.place)")
        case .jsonLines:
            for line in shown.text.split(separator: "\n") {
                _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
            }
        case .file:
            checkTerminal(shown.text.replacing("\r\n", with: "\n"), shown.place)
            for line in shown.text.split(separator: "\r\n") {
                #expect(!line.hasPrefix(planted) && !line.hasPrefix("État : répondu"), "\(shown.place)")
            }
        case .log:
            checkTerminal(shown.text, shown.place)
            for line in shown.text.split(separator: "\n") {
                #expect(line.firstMatch(of: Self.logLine) != nil, "\(line)")
                #expect(!line.hasPrefix("1999-"), "\(line)")
            }
        }
    }

    /// No sign in it moves the cursor, colors, rings, or turns the direction of writing.
    private static func checkTerminal(_ text: String, _ place: String) {
        let harmful = text.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x0A: false
            case ..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
        #expect(harmful == nil, "\(place): \(harmful.map { String($0.value, radix: 16) } ?? "")")
    }
}
