import SupportDesk
import TestSupport
import Testing

@testable import FaxPage

@Suite("What comes out of the machine can be read")
struct LegibilityTests {
    /// - Parameter repeating: of each row, so that dots are about square.
    private func read(_ bitmap: Bitmap, repeating times: Int) async throws -> String {
        let folder = try TemporaryFolder()
        try folder.write(bitmap.pbm(repeatingRows: times), to: "page.pbm")
        let words = try await Tool.text(
            "tesseract", [folder("page.pbm"), "-", "-l", "fra", "--dpi", "200", "--psm", "4"])
        return words.replacing("'", with: "’").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test("By a program that reads print, in both resolutions", arguments: [true, false])
    func recognition(isFine: Bool) async throws {
        let document = Sample.document(notice: "Cette demande peut aussi vous parvenir par courriel.", isFine: isFine)
        let words = try await read(try await Paper(document).bitmap(isFine: isFine), repeating: isFine ? 1 : 2)
        let sentences = [
            "ST-000123", isFine ? "ATL-4F7K-29QX-M3" : "29QX-M3", "Mme Zoé Lefèvre",
            "Cette demande peut aussi vous parvenir",
            "l’impression des relevés échoue", "à la clôture de l’exercice", "semble être le pilote", "12 345,67 €",
        ]
        for sentence in sentences { #expect(words.contains(sentence), "\(words)") }
    }
}
