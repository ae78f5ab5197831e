import Configuration
import SupportDesk
import Testing

@Suite struct MutationTests {
    @Test("a file that was damaged anywhere is read or refused with lines it has, and never ends the program")
    func damagedFiles() {
        let text =
            required + """
                username = "me"
                password_file = "/etc/assistd/secret"
                [fax]
                mail.body = \"""
                p:{secret}
                \"""
                command.submit = ["/usr/bin/fax", '{e164}'] # comment
                [retry]
                first = "60s"
                when = 2026-11-23T09:00:00Z
                [spool]
                max_size = 0x10
                """
        let pieces = [
            "\"", "\"\"\"", "'", "[", "]", "[[", "{", "}", "=", ".", ",", "\n", "#", "\\", "\\u0041", "é", "\u{FEFF}",
            "9",
            "0", ":", "-", "+", "T", "Z", "e", "_", "0x", "inf", "true", "2026-11-23", " ", "\t", "\r", "\u{1}",
            "\u{2028}",
        ]
        var state: UInt64 = 2026
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<3000 {
            var damaged = Array(text)
            if next(2) == 0 {
                damaged = Array("[smtp]\nurl = ")
                for _ in 0...next(6) { damaged += pieces[next(pieces.count)] }
            }
            for _ in 0...next(3) where !damaged.isEmpty {
                let place = next(damaged.count)
                switch next(3) {
                case 0: damaged.remove(at: place)
                case 1: damaged.insert(contentsOf: pieces[next(pieces.count)], at: place)
                default: damaged.removeSubrange(place..<min(damaged.count, place + next(20)))
                }
            }
            let text = String(damaged)
            guard case .failure(let fault) = Settings.parse(text) else { continue }
            let count = text.utf8.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
            #expect(!fault.problems.isEmpty)
            #expect(fault.problems.allSatisfy { (1...count + 1).contains($0.line ?? 1) }, "\(text)")
        }
    }
}
