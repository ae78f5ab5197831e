import SupportDesk
import Testing

@Suite("Names in the drop zone")
struct ReportFormatTests {
    @Test(
        "the format by the name",
        arguments: [
            ("panne.txt", ReportFormat.headerBlock), ("PANNE.TXT", .headerBlock), ("a.rapport", .headerBlock),
            ("panne", .headerBlock), ("x.report", .headerBlock), ("panne.", .headerBlock), ("été.Txt", .headerBlock),
            ("a.json", .json), ("A.JSON", .json), ("a.eml", .eml), ("a.png", .other), ("a.txt.gz", .other),
            ("a.docx", .other),
            (".caché.txt", .ignored), ("", .ignored), ("a.txt.part", .ignored), ("a.TMP", .ignored),
            ("a.filepart", .ignored), ("a.crdownload", .ignored), ("a.txt~", .ignored), (".a.swp", .ignored),
            ("a.swp", .ignored), ("Thumbs.db", .ignored), ("THUMBS.DB", .ignored), ("desktop.ini", .ignored),
            ("Desktop.INI", .ignored), ("other.db", .other), ("other.ini", .other),
        ])
    func files(name: String, format: ReportFormat) {
        #expect(ReportFormat.of(Array(name.utf8)) == format)
    }

    @Test("folders")
    func folders() {
        #expect(ReportFormat.of(Array("panne.report".utf8), isDirectory: true) == .folder)
        #expect(ReportFormat.of(Array("panne.REPORT".utf8), isDirectory: true) == .folder)
        for name in ["panne", "panne.txt", ".report", ".x.report", "a.report.part"] {
            #expect(ReportFormat.of(Array(name.utf8), isDirectory: true) == .ignored, "\(name)")
        }
    }

    @Test("names that are not text have a format too")
    func bytes() {
        #expect(ReportFormat.of([0xE9, 0xFF] + Array(".txt".utf8)) == .headerBlock)
        #expect(ReportFormat.of([0xE9, 0xFF]) == .headerBlock)
        #expect(ReportFormat.of(Array("a.".utf8) + [0xFF]) == .other)
    }
}
