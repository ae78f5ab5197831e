import Foundation
import Glibc
import Mail
import TestSupport
import Testing

@Suite("Secrets that people write into reports", .timeLimit(.minutes(5)))
struct SecretsInReportsTests {
    /// One of each kind; so much of each that nobody else could have written it.
    private static let canaries = [
        "A1B2C3D4E5F60718", "a9b8c7d6e5f40312", "AB12-CD34-EF56-GH78", "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
        "Soleil!92x",
        "FR7630006000011234567890189", "4242424242424242", "123 456 789",
    ]
    private static let said =
        "clé de débridage a9b8c7d6e5f40312, clé A1B2C3D4E5F60718, code AB12-CD34-EF56-GH78, série "
        + "3F2504E0-4F89-11D3-9A0C-0305E82C3301, mdp : Soleil!92x, IBAN FR7630006000011234567890189, CB 4242424242424242, "
        + "TeamViewer 123 456 789"

    /// Of every field, one that holds them all.
    private var full: String {
        let fields = [
            "Objet", "Société", "Contact", "Téléphone", "Partenaire", "Produit", "Module", "Version", "Référence",
            "Rappel",
            "Priorité", "Courriel", "Poste",
        ]
        return "Licence : 12345678\n" + fields.map { "\($0) : \(Self.said)\n" }.joined()
            + "Mot de passe : Soleil!92x\nClé de débridage : a9b8c7d6e5f40312\n\n\(Self.said)\n"
    }

    /// Reports that are refused, each for what quotes it.
    private var refused: [String: String] {
        [
            "cle.txt": "Licence : a9b8c7d6e5f40312\nObjet : \(Self.said)\n\nx",
            "code.txt": "Licence : AB12-CD34-EF56-GH78\n\nx",
            "serie.txt": "Licence : 3F2504E0-4F89-11D3-9A0C-0305E82C3301\n\nx",
            "ligne.txt": "Licence : 12345678\nla clé A1B2C3D4E5F60718 ne passe pas\n\nx",
            "canal.txt": "Licence : 12345678\nCanal : \(Self.said)\n\nx",
            "sans.txt": "Objet : \(Self.said)\n\n\(Self.said)",
            "double.txt": "Licence : 12345678\nA1B2C3D4E5F60718 : 1\nA1B2C3D4E5F60718 : 2\n\nx",
            "joint.json":
                #"{"licence": "12345678", "description": "x", "pj": {"name": "/FR7630006000011234567890189", "content": ""}}"#,
            "IBAN FR7630006000011234567890189.json": #"{"licence": "12345678", "objet": "mdp : Soleil!92x"}"#,
        ]
    }

    private func leaks(_ text: String) -> [String] {
        let text = text.lowercased()
        return Self.canaries.filter { text.contains($0.lowercased()) }
    }

    @Test("are in the mail and nowhere else: no list, no receipt, no reason, no log, no search finds them")
    func shown() async throws {
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, more: "[log]\nlevel = \"debug\"")
            try await it.start()
            try it.folder.drop(full.utf8, to: "spool/incoming/panne IBAN FR7630006000011234567890189.txt")
            for (name, text) in refused { try it.folder.drop(text.utf8, to: "spool/incoming/\(name)") }
            // The report, and the call-back it asks for.
            let relayed = try await it.submissions(in: "relayed", reach: 2)
            let rejected = try await it.submissions(in: "rejected", reach: refused.count)
            let handedIn = try await it.assistctl(
                "submit", "--license", "12345678", "--subject", Self.said, "--contact", Self.said, input: Self.said)
            #expect(handedIn.status == 0 && leaks(handedIn.errors).isEmpty)
            let asked = try await it.assistctl(
                "callback", "--license", "12345678", "--phone", Self.said, "--contact", Self.said)
            #expect(leaks(asked.output + asked.errors).isEmpty)
            for secret in ["a9b8c7d6e5f40312", "AB12-CD34-EF56-GH78"] {
                let checked = try await it.assistctl("license", "check", secret)
                #expect(leaks(checked.output + checked.errors).isEmpty)
            }
            try await it.submissions(in: "relayed", reach: 4)

            for shown in try await it.everythingShown(of: relayed + rejected) {
                // What a reason says of a file is named as the file is.
                #expect(leaks(shown.text) == [], "\(shown.place)")
            }
            for secret in Self.canaries {
                let found = try await it.assistctl("list", "--search", secret, "--json")
                #expect(found.output == "", "\(secret)")
            }
            let show = try await it.assistctl("show", relayed[0], language: "fr_FR.UTF-8").output
            for hint in ["[clé de débridage masquée]", "[IBAN FR76 … 189 masqué]", "[mot de passe masqué]"] {
                #expect(show.replacing("\n", with: " ").contains(hint))
            }
            let reason = try it.folder.text(of: "spool/rejected/cle.txt.reason.txt")
            #expect(reason.contains("la clé de débridage") && reason.contains("the unlock key"))

            // The desk has them, and the exact message shows what it has.
            let message = try await it.assistctl("show", relayed[0], "--message").output
            #expect(leaks(try MessageReader.read(Array(message.utf8)).text ?? "") == Self.canaries)
            let texts = try server.messages.map { try MessageReader.read($0).text ?? "" }
            #expect(texts.contains { leaks($0) == Self.canaries })
            #expect(try await it.end() == 0)
            #expect(leaks(it.log) == [])
        }
    }

    @Test("are not in the mail either, nor in the fax, where the configuration wants it so")
    func maskedEverywhere() async throws {
        let fax = try TemporaryFolder()
        try fax.write("#!/bin/sh\ncp \"$1\" '\(fax("sent.pdf"))'\necho 17\n".utf8, to: "send")
        chmod(fax("send"), 0o755)
        let more = """
            [privacy]
            mask_in_mail = true
            [fax]
            gateway = "command"
            command.submit = ["\(fax("send"))", "{file}", "{national}"]
            """
        try await ScriptedSMTPServer.run(ScriptedSMTPServer.desk()) { server in
            let it = try Installation(smtp: server.plainSettings, more: more)
            try await it.start()
            try it.folder.drop(full.utf8, to: "spool/incoming/panne.txt")
            try it.folder.drop(
                full.replacing("Rappel : \(Self.said)", with: "Canal : fax").utf8, to: "spool/incoming/fax.txt")
            try await it.submissions(in: "relayed", reach: 3)
            for message in server.messages {
                let mail = try MessageReader.read(message)
                let everything =
                    ([mail.text ?? ""] + mail.headers.map(\.value) + [String(decoding: message, as: UTF8.self)])
                #expect(leaks(everything.joined(separator: "\n")) == [])
            }
            let masked = try server.messages.map { try MessageReader.read($0).text ?? "" }
            #expect(masked.contains { $0.contains("[clé de débridage masquée]") })
            let page = try await it.program("pdftotext", "-layout", fax("sent.pdf"), "-")
            #expect(leaks(page) == [] && page.contains("masqu"))
            #expect(try await it.end() == 0)
        }
    }
}
