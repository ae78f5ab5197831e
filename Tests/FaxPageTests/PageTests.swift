import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import FaxPage

@Suite("A page fit for any fax machine")
struct PageTests {
    /// Dots of the fine resolution.
    private func across(_ millimeters: Double) -> Int { Int(millimeters / 25.4 * 204) }
    private func down(_ millimeters: Double) -> Int { Int(millimeters / 25.4 * 196) }

    @Test("A4; the line of the fax server and the margins stay free, whatever is written")
    func margins() async throws {
        let heap = "Z" + String(repeating: "\u{0301}\u{0310}", count: 300)
        let body = heap + "\n" + String(repeating: "W", count: 20_000) + "\nשלום\n" + Sample.lines(100)
        var document = Sample.document(body, notice: String(repeating: "Attention ! ", count: 700))
        document.running += String(repeating: " Menuiserie", count: 40)
        document.fields.append(FaxDocument.Field(heap, String(repeating: "V", count: 300)))
        let paper = try await Paper(document)
        #expect(try await paper.told(by: "pdfinfo").contains("(A4)"))
        #expect(paper.count > 3)
        for page in 1...paper.count {
            let bitmap = try await paper.bitmap(page: page)
            #expect((bitmap.width, bitmap.height) == (1687, 2292))
            #expect(bitmap.black(nil, 0..<down(10)) == 0, "page \(page)")
            #expect(bitmap.black(0..<across(15)) == 0, "page \(page)")
            #expect(bitmap.black(bitmap.width - across(15)..<bitmap.width) == 0, "page \(page)")
            #expect(bitmap.black(nil, bitmap.height - down(15)..<bitmap.height) == 0, "page \(page)")
            #expect(bitmap.black() > 10_000)
        }
    }

    @Test("Black on white and nothing between; little of it")
    func blackness() async throws {
        let paper = try await Paper(Sample.document(notice: "Attention !", attachments: ["journal.log"]))
        #expect(Set(try await paper.tones()) == [0, 255])
        let bitmap = try await paper.bitmap()
        #expect(bitmap.black() < bitmap.width * bitmap.height / 25)
    }

    @Test("No letter is smaller than 11 points, also of fonts that step in")
    func sizes() async throws {
        let paper = try await Paper(Sample.document("中文 😀 שלום", notice: "Attention !", attachments: ["a"]))
        let fonts = try await paper.told(by: "pdftohtml", ["-xml", "-stdout", "-i", "-zoom", "1"])
        let sizes = fonts.matches(of: #/<fontspec [^>]*size="(\d+)"/#).compactMap { Int($0.output.1) }
        #expect(sizes.count > 3)
        #expect(sizes.allSatisfy { $0 >= 11 })
    }

    @Test("A rule is two dots thick even where there are 98 an inch")
    func rules() async throws {
        let bitmap = try await Paper(Sample.document(isFine: false)).bitmap(isFine: false)
        let ruled = (0..<bitmap.height).filter { bitmap.black(nil, $0..<$0 + 1) > 1300 }
        // Below the running line, below the title and below the fields.
        #expect(ruled.count >= 4)
        #expect(Sheet.thinRule >= 0.3 / 25.4 * 72)
    }

    @Test("Everything is there, in its order")
    func order() async throws {
        let document = Sample.document(notice: "Attention !", attachments: ["journal.log (12 Ko)", "b.txt"])
        let text = try await Paper(document).text()
        let parts = [
            "ST-000123 · page 1/1", "Demande d’assistance ST-000123", "De ", "Zoé Lefèvre", "Licence",
            "ATL-4F7K-29QX-M3", "Objet", "Impression des relevés", "l’exercice", "Attention !", "Bonjour,",
            "12 345,67 €", "Pièces jointes", "journal.log (12 Ko)", "b.txt",
        ]
        var rest = text[...]
        for part in parts {
            let place = try #require(rest.range(of: part), "\(part) in \(text)")
            rest = rest[place.upperBound...]
        }
        #expect(!text.contains("Suite non transmise"))
    }

    @Test("A long value stays beside its label")
    func columns() async throws {
        let text = try await Paper(Sample.document()).text()
        let lines = text.split(separator: "\n").map(String.init)
        let first = try #require(lines.firstIndex { $0.hasPrefix("Objet") })
        let start = try #require(lines[first].range(of: "Impression")).lowerBound
        let column = lines[first].distance(from: lines[first].startIndex, to: start)
        #expect(lines[first + 1].prefix(column).allSatisfy { $0 == " " })
        #expect(lines[first + 1].contains("l’exercice"))
    }

    @Test("The notice stands in a box, and the box is empty but for it")
    func box() async throws {
        let plain = try await Paper(Sample.document("")).bitmap()
        let boxed = try await Paper(Sample.document("", notice: "Attention !")).bitmap()
        #expect(boxed.black() > plain.black())
        // Two horizontal lines more.
        func ruled(_ bitmap: Bitmap) -> Int {
            (1..<bitmap.height).count { y in
                bitmap.black(nil, y..<y + 1) > 1300 && bitmap.black(nil, y - 1..<y) <= 1300
            }
        }
        #expect(ruled(boxed) == ruled(plain) + 2)
    }

    @Test("The same document gives the same bytes")
    func determinism() async throws {
        let document = Sample.document("中文 😀 שלום", notice: "Attention !", pictures: [.sample()])
        let first = try await Programs.blocking { try PageMaker.pages(of: document) }
        let second = try await Programs.blocking { try PageMaker.pages(of: document) }
        #expect(second == first)
        #expect(!String(decoding: first.pdf, as: UTF8.self).contains("/CreationDate (D:202"))
        #expect(first.pdf.starts(with: "%PDF-1.4".utf8))
    }
}
