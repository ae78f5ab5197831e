import Foundation
import SupportDesk
import Testing

@testable import FaxPage

@Suite("As many pages as are allowed, and a word about the rest")
struct LengthTests {
    private let ending = "Suite non transmise"

    @Test("Lines follow each other over the pages; none is lost, none comes twice")
    func flow() async throws {
        let paper = try await Paper(Sample.document(Sample.lines(150)))
        let text = try await paper.text()
        let numbers = text.matches(of: #/ligne (\d+)/#).compactMap { Int($0.output.1) }
        #expect(numbers == Array(1...150))
        #expect(paper.count == 4)
        for page in 1...4 { #expect(text.contains("page \(page)/4")) }
        #expect(!text.contains(ending))
    }

    @Test("What does not fit is left out, and the last page says so", arguments: [1, 2, 10])
    func cut(maximum: Int) async throws {
        let paper = try await Paper(Sample.document(Sample.lines(1000), maximumPages: maximum))
        #expect(paper.count == maximum)
        let text = try await paper.text()
        #expect(text.components(separatedBy: ending).count == 2)
        #expect(try await paper.text(page: maximum).contains("\(ending) après \(maximum) pages."))
        #expect(text.contains("page \(maximum)/\(maximum)"))
        // Up to the ending, nothing is missing.
        let numbers = text.matches(of: #/ligne (\d+)/#).compactMap { Int($0.output.1) }
        #expect(numbers == Array(1...numbers.count))
    }

    @Test("Text that just fits is whole; one line more, and the ending takes the place of some")
    func brink() async throws {
        var lines = 1
        func isWhole(_ lines: Int) async throws -> Bool {
            try await !Paper(Sample.document(Sample.lines(lines), maximumPages: 1)).text().contains(ending)
        }
        while try await isWhole(lines + 10) { lines += 10 }
        while try await isWhole(lines + 1) { lines += 1 }
        let full = try await Paper(Sample.document(Sample.lines(lines), maximumPages: 1)).text()
        #expect(full.contains("ligne \(lines)"))
        let cut = try await Paper(Sample.document(Sample.lines(lines + 1), maximumPages: 1)).text()
        #expect(cut.contains("ligne \(lines - 4)"))
        #expect(!cut.contains("ligne \(lines)"))
    }

    @Test("Pictures come after the text, each on a page; those too many are left out")
    func pictures() async throws {
        let album = (1...5).map { FaxDocument.Picture.sample("photo\($0).png") }
        let whole = try await Paper(Sample.document(pictures: album))
        #expect(whole.count == 6)
        #expect(try await whole.text(page: 6).contains("photo5.png"))
        #expect(try await !whole.text().contains(ending))
        let cut = try await Paper(Sample.document(pictures: album, maximumPages: 3))
        #expect(cut.count == 3)
        #expect(try await cut.text(page: 3).contains("photo2.png"))
        #expect(try await cut.text(page: 3).contains("\(ending) après 3 pages."))
        let full = try await Paper(Sample.document(Sample.lines(130), pictures: album, maximumPages: 4))
        #expect(try await full.text(page: 4).contains("photo1.png"))
        let none = try await Paper(Sample.document(pictures: album, maximumPages: 1))
        #expect(none.count == 1)
        #expect(try await none.text().contains("12 345,67 €"))
        #expect(try await none.text().contains("\(ending) après 1 pages."))
    }

    @Test("A rule that finds no room begins no page, and is not missed")
    func lastRule() {
        var paginator = Paginator(maximum: 2)
        let rows = Int((Sheet.bottom - Sheet.top) / 15)
        for _ in 0..<rows { _ = paginator.add(Row(height: 15)) }
        _ = paginator.add(.rule(thickness: 1, spaceBefore: 15))
        paginator.finish()
        #expect(paginator.pages.count == 1)
        #expect(paginator.pages[0].rows.count == rows)
        #expect(!paginator.isCut)
    }

    @Test("An empty document is one page, and no limit is less than that")
    func empty() async throws {
        #expect(try await Paper(FaxDocument(title: "", fields: [], body: "", running: "", overflow: "")).count == 1)
        #expect(try await Paper(Sample.document(Sample.lines(500), maximumPages: 0)).count == 1)
    }

    @Test("A title is not left at the foot of a page without what it is the title of")
    func headings() async throws {
        for lines in 30...50 {
            let document = Sample.document(Sample.lines(lines), attachments: ["journal.log"])
            let pages = try await Paper(document).text().split(separator: "\u{0C}").map(String.init)
            let titled = try #require(pages.firstIndex { $0.contains("Pièces jointes") })
            #expect(pages[titled].contains("journal.log"), "\(lines) lines")
        }
    }

    @Test(
        "Whatever fills megabytes is set as far as there are pages",
        arguments: [
            "x", "é", "\n", "\u{0301}", "\u{200B}", "שלום ", "😀", "mot ", "\u{0000}", "\t", "\u{202E}", "-",
        ])
    func floods(piece: String) throws {
        let flood = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        var taken = 0
        let isWhole = try TextSetter().set(flood, .body, x: 0, width: 400) { _ in
            taken += 1
            return taken < 300
        }
        #expect(taken == 300 || isWhole)
    }

    @Test("A paragraph set piece by piece is the same as one set whole")
    func pieces() throws {
        // Longer than one window, in words whose lengths differ.
        let words = (0..<4000).map { String(repeating: "m", count: $0 * 7 % 13 + 1) }
        var lines: [(start: Int, width: Double)] = []
        let setter = try TextSetter()
        _ = setter.set(words.joined(separator: " "), .body, x: 0, width: 400) { row in
            lines.append((0, row.fragments[0].line.width))
            return true
        }
        // A line is short only at the end of the paragraph; the widest word and a space would still not fit.
        #expect(lines.count > 200)
        #expect(lines.dropLast().allSatisfy { $0.width > 400 - 160 && $0.width <= 410 })
    }
}
