import SupportDesk
import TestSupport
import Testing

@Suite("Header block reports")
struct HeaderBlockTests {
    static let lines = [
        "Licence : 00012344", "Objet : Écran figé", "Société : Dupont & Fils",
        "Clé inconnue : valeur : avec deux-points",
        "", "  Bonjour,  ", "", "la facture 12:30 se fige.\u{B}\u{2028}\u{C}\tFin  ", "",
    ]

    @Test("LF, CRLF and CR end lines, also mixed", arguments: 0..<60)
    func lineEnds(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var text = ""
        for (index, line) in Self.lines.enumerated() {
            text += line
            guard index < Self.lines.count - 1 else { break }
            // CR before an empty line that ends in LF would be read as one CRLF.
            let ends = Self.lines[index + 1].isEmpty ? ["\n", "\r\n"] : ["\n", "\r\n", "\r"]
            text += seed < 3 ? ["\n", "\r\n", "\r"][seed] : ends.randomElement(using: &random) ?? "\n"
        }
        let report = try parse(text)
        #expect(report.license == "00012344")
        #expect(report.subject == "Écran figé")
        #expect(report.details.company == "Dupont & Fils")
        #expect(report.details.others == [.init(name: "Clé inconnue", value: "valeur : avec deux-points")])
        #expect(report.description == "  Bonjour,  \n\nla facture 12:30 se fige.\u{B}\u{2028}\u{C}\tFin  \n")
    }

    @Test("a line that begins with a blank goes on with the one before", arguments: [" ", "\t", "\u{A0}", "   "])
    func folded(blank: String) throws {
        let report = try parse("Licence : 1234\nObjet : une très\n\(blank)longue\n\(blank)histoire\n\nCorps")
        #expect(report.subject == "une très longue histoire")
    }

    @Test("a line of blanks ends the header block", arguments: ["", " ", "\t \u{A0}"])
    func blankLine(line: String) throws {
        #expect(try parse("\n\nLicence : 1234\n\(line)\nCorps").description == "Corps")
    }

    @Test("without a subject the body's first line stands in")
    func subject() throws {
        #expect(try parse("Licence : 1234\n\n\n  Écran\tfigé \nsuite").subject == "Écran figé")
        let words = Array(repeating: "mot", count: 60).joined(separator: " ")
        let cut = try parse("Licence : 1234\n\n\(words)").subject
        #expect(cut.unicodeScalars.count <= 100)
        #expect(cut.hasSuffix(" mot…"))
        let long = String(repeating: "x", count: 500)
        #expect(try parse("Licence : 1234\n\n\(long)").subject == String(repeating: "x", count: 99) + "…")
    }

    @Test("fields left empty say nothing")
    func emptyFields() throws {
        let report = try parse("Licence :\nLicence : 1234\nObjet :\nTéléphone : \u{A0}\nCanal :\n\nCorps")
        #expect(report.license == "1234")
        #expect(report.subject == "Corps")
        #expect(report.details.phone == nil)
        #expect(report.channel == nil)
    }

    @Test("the same value twice is in order, attachments may repeat")
    func repeated() throws {
        let report = try parse(
            "Licence : 0001 2344\nLicense : 00012344\nObjet : X\nSubject : X\nPJ : a.png\nAttachment : b.png\nPJ : a.png\n\nCorps"
        )
        #expect(report.attachmentNames == ["a.png", "b.png"])
        #expect(report.subject == "X")
    }

    @Test("names that differ in composition alone are two files")
    func twins() throws {
        let report = try parse("Licence : 1234\nPJ : é.png\nPJ : e\u{301}.png\n\nCorps")
        #expect(report.attachmentNames.count == 2)
    }

    @Test("a field named Description stands in for the body, and beside one travels with it")
    func descriptionField() throws {
        #expect(try parse("Licence : 1234\nDescription : ça plante").description == "ça plante")
        let both = try parse("Licence : 1234\nDescription : court\n\nlong")
        #expect(both.description == "long")
        #expect(both.details.others == [.init(name: "Description", value: "court")])
    }

    @Test("an address that is none is noted and kept, never used")
    func badAddress() throws {
        let report = try parse("Licence : 1234\nCourriel : a@b.fr, c@d.fr\n\nCorps")
        #expect(report.details.email == nil)
        #expect(report.details.others == [.init(name: "Courriel", value: "a@b.fr, c@d.fr")])
        #expect(report.notes.count == 1)
    }

    @Test("tabulators and line separators within a value become spaces")
    func tabs() throws {
        #expect(try parse("Licence : 1234\nObjet : a\tb\u{2028}c\n\nCorps").subject == "a b c")
    }

    @Test("what a console writes may stand in the body")
    func escapes() throws {
        #expect(try parse("Licence : 1234\n\n\u{1B}[31mrouge\u{7}").description == "\u{1B}[31mrouge\u{7}")
        #expect(try parse("Licence : 1234\n\n\u{1B}[31mrouge").subject == "[31mrouge")
    }
}
