import SupportDesk
import Testing

@Suite("Encodings")
struct EncodingTests {
    static let text = "Licence : 1234\nSociété : Été\nObjet : Œuvre à 5 €\n\nCœur “figé” – été"

    /// Windows-1252, by hand for the few letters that occur.
    static func windows(_ text: String) -> [UInt8] {
        let table: [Unicode.Scalar: UInt8] = [
            "€": 0x80, "“": 0x93, "”": 0x94, "–": 0x96, "Œ": 0x8C, "œ": 0x9C,
        ]
        return text.unicodeScalars.map { table[$0] ?? UInt8(truncatingIfNeeded: $0.value) }
    }

    static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        "\u{FEFF}\(text)".utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    @Test("each encoding gives the same report")
    func same() throws {
        let expected = try ReportParser.parse(Array(Self.text.utf8))
        #expect(expected.subject == "Œuvre à 5 €")
        #expect(try ReportParser.parse([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)) == expected)
        #expect(try ReportParser.parse(Self.utf16(Self.text, bigEndian: false)) == expected)
        #expect(try ReportParser.parse(Self.utf16(Self.text, bigEndian: true)) == expected)
        #expect(try ReportParser.parse(Self.windows(Self.text)) == expected)
    }

    @Test(
        "a declared charset is obeyed, by any name of the field",
        arguments: ["Charset", "Jeu-de-caractères", "charset"])
    func declared(name: String) throws {
        let head = "\(name) : ISO-8859-15\nLicence : 1234\n\n"
        let report = try ReportParser.parse(Self.windows(head) + [0xA4, 0xBD, 0xE9])
        #expect(report.description == "€œé")
        #expect(report.details.others.isEmpty)
        // In UTF-8 the letter è of the name is two bytes, or three when composed of two.
        let utf8 = Array("Jeu-de-caracte\u{300}res : utf-8\nLicence : 1234\n\né".utf8)
        #expect(try ReportParser.parse(utf8).description == "é")
    }

    @Test(
        "single byte encodings",
        arguments: [
            ("windows-1252", [0x80, 0xE9], "€é"), ("cp1252", [0x92], "’"), ("iso-8859-1", [0xA4, 0xE9, 0x93], "¤é“"),
            ("Latin1", [0xFF], "ÿ"), ("iso-8859-15", [0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE], "€ŠšŽžŒœŸ"),
            ("us-ascii", [0x41], "A"), ("UTF8", [0xC3, 0xA9], "é"),
        ] as [(String, [UInt8], String)])
    func singleBytes(charset: String, bytes: [UInt8], text: String) throws {
        #expect(try TextEncoding.text(of: bytes, declared: charset) == text)
    }

    @Test("Windows-1252 is complete")
    func complete() throws {
        let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        let bytes = (UInt8(0x80)...0xFF).filter { !undefined.contains($0) }
        let expected =
            "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
            + String(String.UnicodeScalarView((UInt8(0xA0)...0xFF).map(Unicode.Scalar.init)))
        #expect(try TextEncoding.text(of: bytes) == expected)
        for byte in undefined {
            #expect(refused { () throws(Rejection) in try TextEncoding.text(of: [0x41, byte]) }?.code == .badEncoding)
        }
    }

    @Test("a byte order mark overrules what is declared")
    func markWins() throws {
        let text = "Charset : us-ascii\nLicence : 1234\n\né"
        #expect(try ReportParser.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8)).description == "é")
    }

    @Test("bytes that contradict the charset are refused with line and byte")
    func contradiction() throws {
        let ascii = Array("Charset : us-ascii\nLicence : 1234\n\nété".utf8)
        let first = try #require(refused { () throws(Rejection) in try ReportParser.parse(ascii) })
        #expect(first.code == .badEncoding)
        #expect(first.mentions("4") && first.mentions("35"))

        let utf8 = Array("Charset : utf-8\r\nLicence : 1234\r\n\r\nab".utf8) + [0xE9, 0x20]
        let second = try #require(refused { () throws(Rejection) in try ReportParser.parse(utf8) })
        #expect(second.code == .badEncoding)
        #expect(second.mentions("4") && second.mentions("\(utf8.count - 2)"))

        #expect(refused { () throws(Rejection) in try TextEncoding.text(of: [0x80], declared: "iso-8859-15") } != nil)
        #expect(refused { () throws(Rejection) in try TextEncoding.text(of: [0xEF, 0xBB, 0xBF, 0xE9]) } != nil)
    }

    @Test(
        "UTF-16 that is cut or holds half a character is refused",
        arguments: [[0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x00, 0xD8], [0xFE, 0xFF, 0xDC, 0x00]] as [[UInt8]])
    func brokenUTF16(bytes: [UInt8]) {
        #expect(refused { () throws(Rejection) in try TextEncoding.text(of: bytes) }?.code == .badEncoding)
    }

    @Test("UTF-16 and UTF-32 without a mark, and everything with NUL, is binary")
    func binary() throws {
        for bytes in [[0x41, 0x00, 0x42, 0x00], [0xFF, 0xFE, 0x00, 0x00], [0x0A, 0x0A, 0x00]] as [[UInt8]] {
            #expect(refused { () throws(Rejection) in try TextEncoding.text(of: bytes) }?.code == .binary)
        }
        #expect(
            refused { () throws(Rejection) in try TextEncoding.text(of: [0x0A, 0x0A, 0x00]) }?.mentions("3") == true)
    }

    @Test("a field in the body declares nothing")
    func inBody() throws {
        #expect(try parse("Licence : 1234\n\nCharset : klingon").description == "Charset : klingon")
    }
}
