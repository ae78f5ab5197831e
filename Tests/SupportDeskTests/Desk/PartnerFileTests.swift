import Foundation
import SupportDesk
import TestSupport
import Testing

@Suite("The partner's file")
struct PartnerFileTests {
    private func read(_ text: String) throws(PartnerFileFault) -> PartnerFile { try .parse(Array(text.utf8)) }

    private func fault(_ bytes: [UInt8]) -> PartnerFileFault? {
        do {
            _ = try PartnerFile.parse(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("the sample is read whole")
    func sample() throws {
        let path =
            "\(#filePath)".split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/config/Gestimum.Partenaire"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        // As GESTIMUM writes it, which no editor and no version control may change.
        #expect(String(validating: bytes, as: UTF8.self) == nil)
        #expect(bytes.filter { $0 == 0x0A }.count == bytes.filter { $0 == 0x0D }.count)
        let file = try PartnerFile.parse(bytes)
        #expect(file.notes.isEmpty)
        let partner = file.partner
        #expect(partner.name == ["Négoce Informatique Rambouillet", "Intégrateur GESTIMUM"])
        #expect(partner.address == ["12, rue de l’Étang", "78120 Rambouillet"])
        #expect(partner.phone?.display == "+33 1 99 00 12 34")
        #expect(partner.salesContact == "Hélène Lefèvre")
        #expect(partner.assistance.name == "Assistance Négoce Informatique")
        #expect(
            partner.assistance.emails.map(\.text) == [
                "assistance@negoce-informatique.example", "urgences@negoce-informatique.example",
            ])
        #expect(partner.assistance.phones.map(\.e164) == ["+33199001235", "+33199001236"])
        #expect(
            partner.assistance.webs == [
                "https://www.negoce-informatique.example", "https://aide.negoce-informatique.example",
            ])
        #expect(
            partner.assistance.message == [
                "Du lundi au vendredi, de 9 h à 12 h 30 et de 14 h à 18 h.",
                "Munissez-vous de votre numéro de licence.",
            ])
        #expect(partner.assistance.remoteControl == "G en ligne")
    }

    @Test("line ends, case, accents, order, blanks and comments do not matter", arguments: ["\n", "\r\n", "\r"])
    func spelling(_ end: String) throws {
        let text = [
            "\u{FEFF}# commentaire", "", "  [ ASSISTANCE ]  ", "; Email = x@y.fr", "EMAIL = 'a@b.fr'",
            "e\u{301}mail=a@b.fr",
            "Téléphone\u{A0}=\u{A0}3912", "telephone=3912", "[partenaire]", "adresse.ligne10=dix",
            "Adresse.LIGNE2 = \"deux\"",
            "adresse.ligne1=un=1;2#3", "adresse=zéro", "Logo=", "Raison Sociale.Ligne1=Zoé", "[Assistance]",
            "Telephone=3913",
        ].joined(separator: end)
        let file = try read(text)
        #expect(file.notes.isEmpty)
        #expect(file.partner.assistance.emails.map(\.text) == ["a@b.fr"])
        #expect(file.partner.assistance.phones.map(\.display) == ["3912", "3913"])
        #expect(file.partner.address == ["zéro", "un=1;2#3", "deux", "dix"])
        #expect(file.partner.name == ["Zoé"])
    }

    @Test("what is not understood is noted with its line, and the rest is read")
    func notes() throws {
        let file = try read(
            """
            Email=perdu@exemple.fr
            [Partenaire]
            Couleur=bleu
            ContactCommercial=Léa
            ContactCommercial=Zoé
            ContactCommercial=Léa
            n'importe quoi
            Telephone.Ligne1=3912
            [Ailleurs]
            Telephone=3912
            [Assistance]
            Email=pas une adresse
            Telephone=sur demande
            """)
        #expect(file.notes.map(\.line) == [1, 3, 5, 7, 8, 9, 12])
        #expect(file.notes.first?.text.french.contains("Email") == true)
        #expect(file.partner.salesContact == "Léa")
        #expect(file.partner.phone == nil)
        #expect(file.partner.assistance.emails.isEmpty)
        #expect(file.partner.assistance.phones.map(\.display) == ["sur demande"])
    }

    @Test("control characters and endless values cannot do harm")
    func harmless() throws {
        let file = try read(
            "[Partenaire]\nRaisonSociale.Ligne1=a\u{1B}[31m\tb\u{202E}c\u{2028}d\nAdresse.Ligne1="
                + String(repeating: "é", count: 1000) + "\nContactCommercial=\u{7}\n")
        #expect(file.partner.name == ["a\u{FFFD}[31m b\u{FFFD}c\u{FFFD}d"])
        #expect(file.partner.address.first?.unicodeScalars.count == 301)
        #expect(file.partner.salesContact == "\u{FFFD}")
        let flood = try read("[Partenaire]\n" + String(repeating: "x\n", count: 1000))
        #expect(flood.notes.count == PartnerFile.mostNotes)
    }

    @Test("what is no partner file is refused, with the line")
    func faults() throws {
        #expect(fault([])?.line == nil)
        #expect(fault(Array("\n\n; x\nEmail=a@b.fr\n".utf8))?.line == 4)
        #expect(fault(Array("\n[Ailleurs]\nEmail=a@b.fr\n".utf8))?.line == 2)
        #expect(fault(Array("[Partenaire]\r\n\r\n[Assistance\r\n".utf8))?.line == 3)
        #expect(fault(Array("[Partenaire]\r\nLogo=\u{0}".utf8))?.line == 2)
        #expect(fault([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00])?.line == 1)
        #expect(fault(Array("[Partenaire]\nLogo=".utf8) + [0x81])?.explanation.english.contains("windows-1252") == true)
        #expect(fault([UInt8](repeating: 0x0A, count: PartnerFile.largest + 1))?.line == nil)
        #expect(fault(Array("[Partenaire]".utf8) + [UInt8](repeating: 0x0A, count: PartnerFile.largest - 12)) == nil)
        for bytes in [[], Array("x".utf8), [0], [UInt8](repeating: 0x0A, count: PartnerFile.largest + 1)] {
            let words = try #require(fault(bytes)).explanation
            #expect(words.french.contains("Gestimum.Partenaire") && words.english.contains("Gestimum.Partenaire"))
        }
    }

    @Test("no bytes make it fail otherwise", arguments: 0..<100)
    func fuzz(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "[", "]", "Partenaire", "Assistance", "=", "\r", "\n", "\"", "Adresse.Ligne", "9999", "é", "\u{301}", ";",
            "\t",
        ]
        var bytes = Array("[Assistance]\n".utf8)
        for _ in 0..<200 {
            bytes += (pieces.randomElement(using: &random) ?? "").utf8
            if UInt8.random(in: 0...9, using: &random) == 0 { bytes.append(.random(in: 1...255, using: &random)) }
        }
        guard let file = try? PartnerFile.parse(bytes) else { return }
        let texts = file.partner.name + file.partner.address + file.partner.assistance.message
        #expect(!texts.contains { $0.unicodeScalars.contains { $0.isHarmful } || $0.isEmpty })
    }
}
