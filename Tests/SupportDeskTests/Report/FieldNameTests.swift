import Foundation
import SupportDesk
import TestSupport
import Testing

@Suite("Field names")
struct FieldNameTests {
    static let single: [(String, @Sendable (Report) -> String?)] = [
        ("Objet", { $0.subject }), ("Subject", { $0.subject }),
        ("Société", { $0.details.company }), ("Societe", { $0.details.company }), ("Company", { $0.details.company }),
        ("Contact", { $0.details.contact }),
        ("Téléphone", { $0.details.phone }), ("Tel", { $0.details.phone }), ("Tél.", { $0.details.phone }),
        ("Phone", { $0.details.phone }),
        ("Partenaire", { $0.details.partner }), ("Partner", { $0.details.partner }),
        ("Produit", { $0.details.product }), ("Product", { $0.details.product }),
        ("Module", { $0.details.module }), ("Version", { $0.details.version }),
        ("Rappel", { $0.details.callback }), ("Callback", { $0.details.callback }),
        ("Référence", { $0.details.senderReference }), ("Reference", { $0.details.senderReference }),
        ("Réf.", { $0.details.senderReference }),
        ("Pièce-jointe", { $0.attachmentNames.first }), ("Pièce jointe", { $0.attachmentNames.first }),
        ("PJ", { $0.attachmentNames.first }), ("Attachment", { $0.attachmentNames.first }),
    ]

    @Test("every field is understood in both languages", arguments: single.indices)
    func understood(index: Int) throws {
        let (name, field) = Self.single[index]
        let report = try parse("Licence : 00012344\n\(name) : une valeur 8.4\n\nCorps\n")
        #expect(field(report) == "une valeur 8.4")
        #expect(report.details.others.isEmpty)
    }

    @Test(
        "the licence by any of its names",
        arguments: [
            "Licence", "License", "LICENCE", "licence", "N° de licence", "Nº de licence", "№ de licence",
            "No de licence",
            "Numéro de licence", "License number", "Licence n°", "License No.",
        ])
    func license(name: String) throws {
        #expect(try parse("\(name) : 00012344\n\nCorps").license == "00012344")
    }

    @Test("the address by any of its names", arguments: ["Courriel", "Email", "E-mail", "Mail", "Adresse e-mail"])
    func email(name: String) throws {
        #expect(try parse("Licence: 1234\n\(name): a@b.fr\n\nCorps").details.email == "a@b.fr")
    }

    @Test("case, accents, composition and blanks make no difference", arguments: 0..<200)
    func variants(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let blanks = ["", " ", "\u{A0}", "\u{202F}", "\t", " \u{A0}\u{2009}\t"]
        let (name, field) = Self.single[seed % Self.single.count]
        var written = name
        if Bool.random(using: &random) { written = written.uppercased() }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: written = written.decomposedStringWithCanonicalMapping
        case 1: written = written.folding(options: .diacriticInsensitive, locale: nil)
        default: break
        }
        let before = blanks.randomElement(using: &random) ?? ""
        let after = blanks.randomElement(using: &random) ?? ""
        let report = try parse("Licence\(before):\(after)1234\n\(written)\(before):\(after)valeur\(after)\n\nCorps")
        #expect(field(report) == "valeur", "written as \(written.debugDescription)")
        #expect(report.license == "1234")
    }

    @Test(
        "a recipient never comes from a report",
        arguments: ["To", "À", "Cc", "Bcc", "Destinataire", "From", "Reply-To"])
    func recipients(name: String) throws {
        let report = try parse("Licence : 1234\n\(name) : evil@example.com\n\nCorps")
        var expected = Report.Details()
        expected.others = [.init(name: name, value: "evil@example.com")]
        #expect(report.details == expected)
    }

    @Test("the language is English only where the names are")
    func language() throws {
        #expect(try parse("License: 1234\nContact: X\nVersion: 9\n\nBody").language == .english)
        #expect(try parse("License: 1234\nObjet: X\n\nBody").language == .french)
        #expect(try parse("Licence: 1234\nVersion: 9\n\nCorps").language == .french)
    }

    @Test(
        "priorities in both languages",
        arguments: [
            ("basse", Priority.low), ("Normale", .normal), ("HAUTE", .high), ("bloquante", .blocking), ("low", .low),
            ("normal", .normal), ("High", .high), ("blocking", .blocking),
        ])
    func priorities(written: String, priority: Priority) throws {
        let report = try parse("Licence: 1234\nPriorité: \(written)\n\nCorps")
        #expect(report.priority == priority)
        #expect(report.notes.isEmpty)
    }

    @Test("an unknown priority counts as normal and is noted")
    func unknownPriority() throws {
        let report = try parse("Licence: 1234\nPriority: asap\n\nCorps")
        #expect(report.priority == .normal)
        #expect(report.notes.count == 1)
        #expect(report.notes.first?.english.contains("asap") == true)
    }

    @Test("channels", arguments: [("mail", ChannelName.smtp), ("Fax", .fax), ("E-mail", .smtp), ("Télécopie", .fax)])
    func channels(written: String, channel: ChannelName) throws {
        #expect(try parse("Licence: 1234\nCanal: \(written)\n\nCorps").channel == channel)
        #expect(try parse("License: 1234\nChannel: \(written)\n\nCorps").channel == channel)
    }
}
