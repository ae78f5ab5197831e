import Foundation
import SupportDesk
import Testing

@testable import FaxPage

@Suite("Text in any script, and text that is none")
struct ScriptTests {
    private func visible(_ text: String) -> String {
        VisibleText.paragraphs(text).map { String(decoding: VisibleText.bytes($0), as: UTF8.self) }
            .joined(separator: "|")
    }

    /// The lines of a text on a page of its own, as ink.
    private func ink(_ text: String) async throws -> Bitmap {
        try await Paper(FaxDocument(title: "", fields: [], body: text, running: "", overflow: "")).bitmap()
    }

    @Test("Controls are shown, and what turns text around does not")
    func controls() {
        #expect(visible("a\u{0C}b\u{00}c\u{1B}d\u{7F}e") == "a␌b␀c␛d␡e")
        #expect(visible("a\u{202E}b\u{2066}c\u{85}d\u{2028}e") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
        #expect(visible("a\tb\u{200F}c\u{200D}d") == "a\tb\u{200F}c\u{200D}d")
        #expect(visible("Éditions œ € 中 😀 שלום") == "Éditions œ € 中 😀 שלום")
    }

    @Test("Lines end in LF, or CR and LF; blank ones stay")
    func lineEnds() {
        #expect(visible("a\n\nb\r\nc\rd\n") == "a||b|c␍d|")
        #expect(String(decoding: VisibleText.line("a\r\nb\tc"), as: UTF8.self) == "a  b c")
    }

    @Test("Accents and signs can be read back, and no letters are merged")
    func french() async throws {
        #expect(
            try await Paper(Sample.document("affiche un fichier .tiff")).text().contains("affiche un fichier .tiff"))
        let text = try await Paper(Sample.document("Œuvre à 5 € où l’été naît ; « ça » — ÿ")).text()
        #expect(text.contains("Œuvre à 5 € où l’été naît ; « ça » — ÿ"))
    }

    @Test("A word too long for a line is broken without a hyphen, which would be read as part of it")
    func longWord() async throws {
        let key = String(repeating: "ABCDEFGHIJ", count: 20)
        let text = try await Paper(Sample.document(key)).text()
        #expect(!text.contains("-\n"))
        #expect(text.split(whereSeparator: \.isWhitespace).joined().contains(key))
    }

    @Test("Words stay whole where they can")
    func words() async throws {
        let text = try await Paper(Sample.document(String(repeating: "déménagement ", count: 40))).text()
        #expect(text.components(separatedBy: "déménagement").count == 41)
    }

    @Test("A paragraph in Hebrew or Arabic begins at the right, the others at the left", arguments: ["שלום", "مرحبا"])
    func direction(word: String) async throws {
        let right = try #require(try await ink("\(word), 4711.\n").inkColumns())
        #expect(right.lowerBound > 1000)
        let left = try #require(try await ink("Hébreu: \(word), 4711.\n").inkColumns())
        #expect(left.upperBound < 800)
        // Also in its later pieces.
        let setter = try TextSetter()
        var edges: [Double] = []
        _ = setter.set(String(repeating: word + " ", count: 3000), .body, x: 0, width: 400) { row in
            if let line = row.fragments.first?.line { edges.append(line.x + line.width) }
            return true
        }
        #expect(edges.count > 100)
        #expect(edges.allSatisfy { abs($0 - 400) < 6 })
    }

    @Test("A tab leaves a gap")
    func tabs() throws {
        let setter = try TextSetter()
        func width(_ text: String) -> Double {
            var width = 0.0
            _ = setter.set(text, .body, x: 0, width: 400) { row in
                width = row.fragments[0].line.width
                return true
            }
            return width
        }
        #expect(width("1.\tx") > width("1. x") + 10)
    }

    @Test("Emoji and Chinese come from other fonts, in outlines")
    func fallback() async throws {
        let fonts = try await Paper(Sample.document("😀 ✅ 中文传真")).told(by: "pdffonts")
        #expect(fonts.contains("Symbola"))
        #expect(fonts.contains("DroidSansFallback"))
        #expect(!fonts.contains("Type 3"))
    }

    @Test("A letter that no font has is a box, not a gap", arguments: ["\u{10C80}", "\u{E123}", "\u{F1234}"])
    func missing(letter: String) async throws {
        let with = try await ink("x\(letter)x").black()
        let without = try await ink("xx").black()
        #expect(with > without + 50)
    }

    @Test("Lines are as far apart as their letters are high, and never nearer than usual")
    func pitch() throws {
        let setter = try TextSetter()
        func height(_ text: String, _ style: TextStyle) throws -> Double {
            var height: Double?
            _ = setter.set(text, style, x: 0, width: 400) { row in
                height = row.height
                return true
            }
            return try #require(height)
        }
        #expect(try height("abc", .body) == TextStyle.body.pitch)
        #expect(try height("", .body) == TextStyle.body.pitch)
        let tight = TextStyle(size: 11, pitch: 5)
        #expect(try height("", tight) == 10)
        #expect(try height("abc", TextStyle(size: 11, pitch: 12)) > 12.5)
    }
}
