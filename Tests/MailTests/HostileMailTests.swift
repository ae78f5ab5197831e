import Mail
import SupportDesk
import Testing

@Suite("Mail files that mean harm")
struct HostileMailTests {
    private func code(_ bytes: [UInt8], limits: ReportLimits = ReportLimits()) -> Reason.Code? {
        do throws(Rejection) {
            _ = try EmlReader.read(bytes, limits: limits)
            return nil
        } catch {
            return error.reason.code
        }
    }

    @Test(
        "what is no message is refused as malformed",
        arguments: ["", "\r\n", "\r\n\r\nbonjour", "bonjour", "a: b\r\n\r\nx", ":\r\n\r\n", "From ", "\u{FEFF}"])
    func noMessage(_ text: String) {
        #expect(code(Array(text.utf8)) == .malformed)
    }

    @Test("beyond its size a mail is not looked at")
    func size() {
        var limits = ReportLimits()
        limits.total = 30
        #expect(code(Array("From: a@b.fr\r\n\r\n123456789012".utf8), limits: limits) == nil)
        #expect(code(Array("From: a@b.fr\r\n\r\n1234567890123456".utf8), limits: limits) == .tooLarge)
    }

    @Test("an outsized header is refused, one line or many")
    func header() {
        #expect(code(Array(("Subject: " + String(repeating: "a", count: 257_000) + "\r\n\r\nx").utf8)) == .tooLarge)
        #expect(
            code(Array(("From: a@b.fr\r\n" + String(repeating: "X: y\r\n", count: 45_000) + "\r\nx").utf8))
                == .tooLarge)
    }

    @Test("more parts than a mail has, or headers inside parts, are refused before they are parsed")
    func parts() {
        let head = "From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        #expect(code(Array((head + String(repeating: "--b\r\n\r\n", count: 25_000)).utf8)) == .tooLarge)
        #expect(code(Array((head + String(repeating: "--b\r\n\r\n", count: 1000)).utf8)) == .malformed)
        #expect(code(Array((head + "--b\r\n" + String(repeating: "a:\r\n", count: 201_000)).utf8)) == .tooLarge)
    }

    @Test("groups inside groups and parameters by the thousand are refused before they are parsed")
    func fields() {
        #expect(code(Array(("To: " + String(repeating: "a:", count: 100) + "\r\n\r\nx").utf8)) == nil)
        for name in ["To", "from", "Reply-To ", "CC", "Resent-Bcc"] {
            for separator in ["", "\r\n ", "\n\t"] {
                let groups = String(repeating: "a:\(separator)", count: 30_000)
                let field = "Subject: x\r\n\(name): \(groups)\r\n\r\nx"
                #expect(code(Array(field.utf8)) == .tooLarge)
                let inside = "From: a@b.fr\r\nContent-Type: message/rfc822\r\n\r\n\(field)"
                #expect(code(Array(inside.utf8)) == .tooLarge)
            }
        }
        let parameters = (0..<110_000).map { "; a\($0)=b" }.joined()
        let head = "From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        #expect(code(Array("\(head)--b\r\nContent-Type: x/y\(parameters)".utf8)) == .tooLarge)
    }

    @Test(
        "nesting is followed a little and no further",
        arguments: [(5, nil), (50, .malformed), (5000, .malformed)] as [(Int, Reason.Code?)])
    func nesting(_ depth: Int, _ expected: Reason.Code?) {
        var text = "From: a@b.fr\r\n"
        for level in 0..<depth { text += "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n" }
        #expect(code(Array((text + "\r\nfin\r\n").utf8)) == expected)
    }

    @Test("messages inside messages inside messages are one attachment")
    func nestedMessages() throws {
        let text =
            "From: a@b.fr\r\n" + String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: 3000) + "\r\nfin"
        let mail = try EmlReader.read(Array(text.utf8))
        #expect(mail.attachments.map(\.name) == ["message.eml"])
    }

    @Test(
        "names stay bare and distinct",
        arguments: [
            "/etc/passwd", "..\\..\\x.exe", "../", "....", "a\u{0}b", "a\r\nb", "\u{202E}gpj.exe",
            "=?utf-8?q?..=2F..=2Fx?=", String(repeating: "é", count: 2000) + ".txt", " ",
        ])
    func names(_ name: String) throws {
        let part = "--b\r\nContent-Type: application/pdf; name=\"\(name.replacing("\\", with: "\\\\"))\"\r\n\r\nx\r\n"
        let text = "From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part + part + "--b--\r\n"
        let names = try EmlReader.read(Array(text.utf8)).attachments.map(\.name)
        #expect(names.count == 2)
        #expect(Set(names.map { $0.lowercased() }).count == 2)
        for name in names {
            #expect(throws: Never.self) { try AttachmentRules.check(name: name.replacing(".exe", with: "")) }
        }
    }

    @Test("noise and damaged messages are read or refused, never worse", arguments: 0..<8)
    func noise(_ seed: UInt64) throws {
        var random = Noise(seed: seed)
        var report = Fixture.report(subject: "Été 😀", description: String(repeating: "Où ?\n", count: 30))
        report.details.contact = "Žofie"
        report.details.email = "z@exemple.fr"
        let files = [
            Attachment(name: "é.png", content: Array(0...255)), Attachment(name: "a.txt", content: Array("x".utf8)),
        ]
        let good = try Fixture.message(report, attachments: files)
        let tokens = [
            "\r\n", "--=_ASD-3DMV-9EK3-1WTE", "Content-Type: ", "multipart/mixed; boundary=", "message/rfc822",
            "text/html; charset=", "=?utf-8?b?", "?=", "\0", "base64", "<", "&#x", "filename*1*=", "\"", "(",
        ].map { Array($0.utf8) }
        var refused = 0
        for round in 0..<100 {
            var bytes =
                round % 5 == 0
                ? (0..<Int(random.next() % 2000)).map { _ in UInt8(truncatingIfNeeded: random.next()) } : good
            for _ in 0..<Int(random.next() % 12) where !bytes.isEmpty {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 40)))
                case 2: bytes.insert(contentsOf: tokens[Int(random.next() % UInt64(tokens.count))], at: place)
                default:
                    bytes.insert(
                        contentsOf: bytes[place..<min(bytes.count, place + Int(random.next() % 200))], at: place)
                }
            }
            if code(bytes) != nil { refused += 1 }
            if let message = try? MessageReader.read(bytes) {
                for file in message.attachments { #expect(!file.name.isEmpty && !file.name.contains("/")) }
            }
        }
        #expect(refused > 0)
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
