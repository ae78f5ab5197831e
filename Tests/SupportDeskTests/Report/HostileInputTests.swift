import SupportDesk
import TestSupport
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    static let seeds = [
        "Licence : 00012344\r\nObjet : Écran\r\n figé\r\nPJ : a.png\r\nCourriel : a@b.fr\r\n\r\nCorps\r\n",
        #"{"licence":"1234","pj":[{"name":"a","content":"w6l0w6k="}],"x":{"a":[1,2.5e3,null]},"body":"a\u00e9\ud83d\ude00"}"#,
        "licence;societe;date_achat\n\"12\"\"34\";Été;23/11/2026\n# x\n1235;;2026-01-01\n",
    ]

    @Test("no bytes whatever make a parser fail otherwise than by a reason", arguments: 0..<300)
    func mutated(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 2: bytes.removeSubrange(place..<min(bytes.count - 1, place + 5))
                default: bytes.insert(contentsOf: bytes.suffix(9), at: place)
                }
            }
            if seed % 3 == 0 { bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) } }
            check(bytes)
        }
    }

    @Test("every beginning of a report is read or refused")
    func prefixes() {
        for seed in Self.seeds {
            for length in 0...seed.utf8.count { check(Array(seed.utf8.prefix(length))) }
        }
    }

    /// What is taken holds what a report promises.
    private func check(_ bytes: [UInt8]) {
        for report in [try? ReportParser.parse(bytes), try? JSONReport.parse(bytes)] {
            guard let report else { continue }
            #expect(!report.license.isEmpty)
            #expect(!report.subject.isEmpty)
            #expect(!report.description.unicodeScalars.contains("\r"))
            let details = report.details
            let lines =
                [report.license, report.subject, details.email ?? "", details.company ?? ""] + report.attachmentNames
                + details.others.flatMap { [$0.name, $0.value] }
            for line in lines {
                #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
            }
        }
        if let register = try? Register.parse(bytes) {
            #expect(register.entries.allSatisfy { !$0.license.isEmpty && register[$0.license] == $0 })
        }
    }
}
