import SupportDesk
import TestSupport
import Testing

@Suite("Versions of the product")
struct ProductVersionTests {
    private static let june = CalendarDate(year: 2021, month: 6, day: 30)

    @Test(
        "what people write is read",
        arguments: [
            (
                "8.4.2 build 860 (27/11/2019)",
                ProductVersion(
                    numbers: [8, 4, 2], build: 860, released: CalendarDate(year: 2019, month: 11, day: 27))
            ),
            (
                "9.4 build 1124 bêta (30/06/2021)",
                ProductVersion(numbers: [9, 4], build: 1124, isBeta: true, released: june)
            ),
            (
                "9.4 build 1124 be\u{302}ta (2021-06-30)",
                ProductVersion(numbers: [9, 4], build: 1124, isBeta: true, released: june)
            ),
            ("9.4 BETA build 1124", ProductVersion(numbers: [9, 4], build: 1124, isBeta: true)),
            (
                "9.4 build 1124 (bêta) du 30/06/2021",
                ProductVersion(numbers: [9, 4], build: 1124, isBeta: true, released: june)
            ),
            ("9.5", ProductVersion(numbers: [9, 5])), ("9", ProductVersion(numbers: [9])),
            ("9 build 1026", ProductVersion(numbers: [9], build: 1026)), ("v9.5", ProductVersion(numbers: [9, 5])),
            ("V 9.5", ProductVersion(numbers: [9, 5])), ("Version : 9.5.", ProductVersion(numbers: [9, 5])),
            ("9.5 b1155", ProductVersion(numbers: [9, 5], build: 1155)),
            ("9.5b1155", ProductVersion(numbers: [9, 5], build: 1155)),
            ("9.5 (build 1155)", ProductVersion(numbers: [9, 5], build: 1155)),
            ("9.5, Build: 1155", ProductVersion(numbers: [9, 5], build: 1155)),
            ("\u{A0}9.5\u{202F}build\u{2009}1155\t", ProductVersion(numbers: [9, 5], build: 1155)),
            ("9.5.0", ProductVersion(numbers: [9, 5])), ("9,5", ProductVersion(numbers: [9, 5])),
            ("09.05", ProductVersion(numbers: [9, 5])), ("9.5-bêta", ProductVersion(numbers: [9, 5], isBeta: true)),
            ("bêta 9.5", ProductVersion(numbers: [9, 5], isBeta: true)),
            ("Gestion Commerciale PME 9.5 build 1155", ProductVersion(numbers: [9, 5], build: 1155)),
            ("G-Change n° 9.5", ProductVersion(numbers: [9, 5])),
            ("GESTIMUM® Compta & Gestion : v9.5", ProductVersion(numbers: [9, 5])),
        ])
    func read(written: String, expected: ProductVersion) throws {
        let version = try #require(ProductVersion(written))
        #expect(version == expected)
        #expect(version.hashValue == expected.hashValue)
        #expect(ProductVersion(version.description) == version)
        #expect(ProductVersion(version.name.english) == version)
    }

    @Test(
        "what is no version, or more than one, is not",
        arguments: [
            "", " ", "PME", "bêta", "build 1155", "build 860", "b 766", "9.5 2023", "PME build 1", "27/11/2019",
            "9.4 ou 9.5", "9.4 9.5", "8.4,9.5", "8,4,9",
            "9..5", ".5", "9.5 build", "9.5 build bêta", "9.5 build 1.2", "9.5 build 1155 build 1156", "12344",
            "2026.1", "9.5 (31/02/2021)", "9.5 (30/06/2021) (30/06/2021)", "9.5 du", "9.5 sous Windows 10",
            "1.2.3.4.5", "9.5 build 99999999999999999999", "9.5!", "9.5\u{0}", "99999999999999999999", "9/5", "9-5",
            "٩.٥", String(repeating: "a", count: 200) + " 9.5",
        ])
    func unread(written: String) {
        #expect(ProductVersion(written) == nil)
    }

    @Test("written as the list of versions has it, with days as each language has them")
    func words() {
        let version = ProductVersion(numbers: [9, 4, 0], build: 1124, isBeta: true, released: Self.june)
        #expect(version.description == "9.4.0 build 1124 bêta (30/06/2021)")
        #expect(version.name.english == "9.4.0 build 1124 beta (2021-06-30)")
        #expect(ProductVersion(numbers: []).description == "0")
    }

    @Test("zeros at the end change nothing, a build does")
    func equality() {
        #expect(Set(["9", "9.0", "9.0.0"].map(ProductVersion.init)).count == 1)
        #expect(ProductVersion("9.0.1") != ProductVersion("9"))
        #expect(ProductVersion("9 build 1") != ProductVersion("9"))
        #expect(ProductVersion("0") == ProductVersion("0.0"))
    }

    /// Each is older than all that follow.
    private static let ascending = [
        "7.0.0 build 766", "8.4.2 build 859", "8.4.2 build 860 bêta", "8.4.2 build 860", "8.4.2.1 build 1",
        "8.5 build 1", "9 build 1026", "9.0.0 build 1027", "9.0.1 build 3", "9.4 build 1124 bêta", "9.4 build 1130",
        "9.9 build 1", "9.10 build 1", "10.0 build 1",
    ]

    @Test("the order of versions that are fully known is total")
    func order() throws {
        let versions = try Self.ascending.map { try #require(ProductVersion($0)) }
        for (place, version) in versions.enumerated() {
            for (other, another) in versions.enumerated() {
                #expect(version.isOlder(than: another) == (place < other), "\(version) and \(another)")
            }
        }
    }

    @Test("an unknown build is neither older nor newer, but a beta comes before its release")
    func unknownBuild() throws {
        func isOlder(_ left: String, _ right: String) throws -> Bool {
            try #require(ProductVersion(left)).isOlder(than: try #require(ProductVersion(right)))
        }
        #expect(try !isOlder("9.5", "9.5 build 1155"))
        #expect(try !isOlder("9.5 build 1155", "9.5.0"))
        #expect(try isOlder("9.5 bêta", "9.5 build 1155"))
        #expect(try !isOlder("9.5 build 1155", "9.5 bêta"))
        #expect(try isOlder("9.4", "9.5 build 1155"))
        #expect(try !isOlder("9.5 (01/01/2020)", "9.5 (01/01/2021)"))
    }

    @Test("random versions are ordered one way, transitively, and survive being written", arguments: 0..<200)
    func random(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        func version() -> ProductVersion {
            ProductVersion(
                numbers: (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 0...2, using: &random) },
                build: Int.random(in: 1...2, using: &random), isBeta: Bool.random(using: &random),
                released: Bool.random(using: &random) ? Self.june : nil)
        }
        let (a, b, c) = (version(), version(), version())
        #expect(ProductVersion(a.description) == a && ProductVersion(a.name.english) == a)
        #expect(!a.isOlder(than: a))
        #expect(!(a.isOlder(than: b) && b.isOlder(than: a)))
        if a.isOlder(than: b), b.isOlder(than: c) { #expect(a.isOlder(than: c)) }
        // Neither is older: they differ in the day at most.
        if !a.isOlder(than: b), !b.isOlder(than: a) { #expect(a.isBeta == b.isBeta && a.build == b.build) }
    }

    @Test("no text makes the reader fall over", arguments: 0..<300)
    func hostile(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["9", ".", ",", "/", "-", "b", "build", "bêta", " ", "(", ")", "\u{301}", "v", "30/06/2021", "du"]
        let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        if let version = ProductVersion(text.joined()) { #expect(ProductVersion(version.description) == version) }
        let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = ProductVersion(String(decoding: bytes, as: UTF8.self))
    }
}
