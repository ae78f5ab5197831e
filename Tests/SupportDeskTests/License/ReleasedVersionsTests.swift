import SupportDesk
import TestSupport
import Testing

@Suite("Released versions")
struct ReleasedVersionsTests {
    private func parse(_ text: String) throws(ReleasedVersionsFault) -> ReleasedVersions {
        try ReleasedVersions.parse(Array(text.utf8))
    }

    private func fault(_ text: String) -> ReleasedVersionsFault? {
        do {
            _ = try parse(text)
            return nil
        } catch {
            return error
        }
    }

    private static let list = """
        # Versions de GESTIMUM
        8.4.2 build 860 (27/11/2019)

        9.4 build 1124 bêta (30/06/2021)   # pour essai
        9 build 1026 (30/06/2020)
        Gestion Comptable: 9.5 build 1155 (19/06/2023)
        Gestion Comptable ; 9.6 build 1200 bêta
        Été Comptable PME : 10.1
        Version : 9.1
        """

    @Test("UTF-8 or Windows-1252, any line ends, comments and blank lines")
    func forms() throws {
        let expected = try parse(Self.list)
        #expect(expected.releases.count == 7)
        #expect(expected.releases[0].product == nil)
        #expect(expected.releases[3].product == "Gestion Comptable")
        #expect(expected.releases[4].version.isBeta && expected.releases[4].product == "Gestion Comptable")
        #expect(expected.releases[5].product == "Été Comptable PME")
        #expect(expected.releases[6] == .init(version: ProductVersion(numbers: [9, 1])))
        let windows = Self.list.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(try ReleasedVersions.parse(windows) == expected)
        #expect(try ReleasedVersions.parse([0xEF, 0xBB, 0xBF] + Array(Self.list.utf8)) == expected)
        #expect(try parse(Self.list.replacing("\n", with: "\r\n") + "\r\n") == expected)
        #expect(try parse("# rien\n\n").releases == [])
    }

    @Test(
        "the newest release of a product, never a beta; the lines that name most of it count",
        arguments: [
            (nil, "9.1"), ("G-Change", "9.1"), ("Gestion Comptable", "9.5"), ("GESTION  COMPTABLÉ", "9.5"),
            ("Gestion Comptable PME", "9.5"), ("Gestion", "9.1"), ("Comptable", "9.1"), ("ete comptable pme", "10.1"),
        ])
    func newest(product: String?, expected: String) throws {
        let newest = try #require(try parse(Self.list).newest(for: product))
        #expect(newest.numbers == ProductVersion(expected)?.numbers)
    }

    @Test("without a line that counts there is no newest")
    func none() throws {
        #expect(ReleasedVersions().newest() == nil)
        let list = try parse("Gestion Comptable: 9.5\n9.6 bêta\n")
        #expect(list.newest() == nil)
        #expect(list.newest(for: "PME") == nil)
        #expect(list.update(from: ProductVersion(numbers: [1])) == nil)
    }

    @Test("in whatever order the lines stand, a build that is told wins over none")
    func builds() throws {
        for text in ["9.5\n9.5 build 2\n9.5 build 1", "9.5 build 1\n9.5\n9.5 build 2", "9.5 build 2\n9.5 build 1\n9.5"]
        {
            #expect(try parse(text).newest()?.build == 2)
        }
    }

    @Test(
        "an update is what is surely newer",
        arguments: [
            ("9.4", true), ("9.5", false), ("9.5 build 1154", true), ("9.5 build 1155", false), ("9.5 bêta", true),
            ("9.5 build 1156", false), ("9.10", false),
        ])
    func update(from: String, isOffered: Bool) throws {
        let list = try parse("9.4\n9.5 build 1155 (19/06/2023)\n")
        let version = try #require(ProductVersion(from))
        #expect((list.update(from: version)?.build == 1155) == isOffered)
    }

    @Test("all that is wrong is told at once, with its line, and nothing of the list is used")
    func broken() throws {
        let text = """
            9.5 build 1155
            # commentaire
            neuf
            9.4 ou 9.5
            Gestion Comptable 9.5

            : 9.5
            9.5 ; build 1155
            Gestion Comptable :
            9.5 (31/02/2023)
            """
        let found = try #require(fault(text))
        #expect(found.flaws.map(\.line) == [3, 4, 5, 7, 8, 9, 10])
        for words in [found.explanation.french, found.explanation.english] { #expect(words.contains("neuf")) }
        #expect(found.explanation.french.contains("ligne 3 : "))
        #expect(found.explanation.english.contains("line 3: "))
        #expect(fault("9.5\u{0}")?.flaws.map(\.line) == [1])
    }

    @Test("a fault tells the first ten and counts the rest")
    func explanation() throws {
        let found = try #require(fault(String(repeating: "x\n", count: 13)))
        #expect(found.explanation.french.contains("et 3 autres"))
        #expect(found.explanation.english.contains("and 3 more"))
    }

    @Test("no bytes make the reader fall over", arguments: 0..<200)
    func hostile(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["9.5", ":", ";", "#", "\n", "\r", "bêta", "build 1", " ", "\u{301}", "\u{200B}", "G"]
        let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let bytes = (0..<64).map { _ in UInt8.random(in: 1...255, using: &random) }
        for bytes in [Array(text.utf8), bytes] { _ = try? ReleasedVersions.parse(bytes) }
    }
}
