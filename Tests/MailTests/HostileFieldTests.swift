import Mail
import SupportDesk
import Testing

@Suite("What a report may hold never reaches the header as more than text")
struct HostileFieldTests {
    static let hostile = [
        "a\r\nBcc: victime@exemple.fr", "a\nBcc: victime@exemple.fr", "a\rBcc: victime@exemple.fr",
        "a\r\n\r\nCorps forgé", "a\0b", "\u{2028}Bcc: x@y.fr", "\u{85}Bcc: x@y.fr", "\u{0B}\u{0C}Bcc: x@y.fr",
        "=?utf-8?q?=0D=0ABcc:_x@y.fr?=", "=?utf-8?b?QmNjOiB4?=", "a=?utf-8?q?x?=b", "=?", "?=", "\u{202E}fdp.exe",
        "\u{2066}x",
        "", " ", "  deux  blancs  ", "\t", ":", "Bcc: x@y.fr", String(repeating: "é", count: 5000),
        String(repeating: "a", count: 5000), String(repeating: "mot ", count: 1250),
        String(repeating: "😀", count: 2400),
        "👨‍👩‍👧‍👦👩🏽‍🚒🇫🇷", "e\u{301}\u{301}" + String(repeating: "\u{301}", count: 400), "日本語の件名はどうなりますか、とても長いので折り返しが必要です",
        "Martin, Hélène", "\"Léna\" \\ <x@y> (z)", "a\" <x@y.fr>, \"b", "support@exemple.fr", "Nom; a=b", "--", ".",
        "\u{FEFF}x",
    ]

    private func report(with text: String) -> Report {
        var report = Report(license: text, subject: text, description: "x")
        report.details.company = text
        report.details.contact = text
        report.details.email = "helene@exemple.fr"
        report.details.phone = text
        report.details.senderReference = text
        report.details.others = [.init(name: text, value: text)]
        return report
    }

    @Test("the wire stays plain: CRLF, seven bits, short lines, the same fields", arguments: hostile)
    func wire(_ text: String) throws {
        let bytes = try Fixture.message(
            report(with: text), attachments: [Attachment(name: text, content: Array(text.utf8))])
        let wire = Wire(bytes)
        #expect(!wire.hasBareLineEnd)
        #expect(!wire.has8Bit)
        #expect(wire.longest <= 98)
        for line in wire.headerLines { #expect(line.utf8.count <= 78) }
        #expect(
            wire.fieldNames == [
                "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "X-Assistd-Reference", "User-Agent",
                "MIME-Version", "Content-Type",
            ])
        for line in wire.headerLines { #expect(line.contains { $0 != " " && $0 != "\t" }) }
        for word in (wire.headerLines.joined(separator: " ")).split(separator: " ") where word.hasPrefix("=?") {
            #expect(word.utf8.count <= 75)
            let text = try MessageReader.read(Array("Subject: \(word)\r\n\r\n".utf8)).header("Subject")
            #expect(text?.unicodeScalars.contains("\u{FFFD}") == false, "a character was split: \(word)")
        }
        let boundaries = wire.lines.filter { $0.starts(with: "--=_".utf8) }
        #expect(boundaries.count == 3)
    }

    @Test("a reader sees the text and nothing else", arguments: hostile)
    func decoded(_ text: String) throws {
        let seen = SeenText.of(text)
        let message = try MessageReader.read(Fixture.message(report(with: text)))
        let subject = message.header("Subject")
        #expect(subject.map(SeenText.bytes) == SeenText.bytes("[ASD-3DMV-9EK3-1WTE] 00012345 — \(seen)".trimmingEnd))
        let people = message.header("Reply-To") ?? ""
        let name = SeenText.of(String(text.unicodeScalars.prefix(120)))
        #expect(people == (name.isEmpty ? "helene@exemple.fr" : SeenText.phrase(name) + " <helene@exemple.fr>"))
    }

    @Test("Python's email package sees the same", .enabled(if: PythonMail.isThere))
    func python() throws {
        let messages = try Self.hostile.map { try Fixture.message(report(with: $0)) }
        for (text, message) in zip(Self.hostile, try PythonMail.read(messages)) {
            #expect(message.defects.isEmpty)
            let expected = "[ASD-3DMV-9EK3-1WTE] 00012345 — \(SeenText.of(text))".trimmingEnd
            #expect(SeenText.bytes(message.subject) == SeenText.bytes(expected))
            let name = SeenText.of(String(text.unicodeScalars.prefix(120)))
            #expect(message.replyTo.count == 1)
            #expect(message.replyTo.first?.last == "helene@exemple.fr")
            // Python sets a blank between the encoded-words of a name, against RFC 2047, 6.2.
            let shown = message.replyTo.first?.first ?? ""
            #expect(shown.utf8.filter { $0 != 0x20 } == name.utf8.filter { $0 != 0x20 })
        }
    }

    @Test("a subject that a desk may cut is repeated whole in the body")
    func longSubject() throws {
        let subject = String(repeating: "très long ", count: 500) + "fin"
        let message = try MessageReader.read(Fixture.message(Fixture.report(subject: subject)))
        #expect(message.header("Subject")?.hasSuffix(subject) == true)
        #expect(message.text?.contains("\nObjet complet : \(subject)\n") == true)
        #expect(try MessageReader.read(Fixture.message()).text?.contains("Objet complet") == false)
    }

    @Test("a subject of many kilobytes is cut in the header, whole in the body")
    func outsizedSubject() throws {
        let subject = String(repeating: "é😀", count: 5000)
        let bytes = try Fixture.message(Fixture.report(subject: subject))
        let header = Wire(bytes).headerLines.reduce(0) { $0 + $1.utf8.count + 2 }
        #expect(header < 60_000)
        let message = try MessageReader.read(bytes)
        #expect(message.header("Subject")?.hasSuffix("…") == true)
        #expect(message.header("Subject")?.unicodeScalars.contains("\u{FFFD}") == false)
        #expect(message.text?.contains(subject) == true)
    }
}

/// What should be left of a text on one line, said once more and differently from the program.
enum SeenText {
    static func of(_ text: String) -> String {
        let controls = text.unicodeScalars.map { scalar -> String in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            case .format where scalar.properties.isBidiControl || scalar == "\u{FEFF}": ""
            default: String(scalar)
            }
        }
        let joined = controls.joined()
        let scalars = joined.unicodeScalars
        guard let first = scalars.firstIndex(where: { $0 != " " }), let last = scalars.lastIndex(where: { $0 != " " })
        else { return "" }
        // One blank between words.
        return String(joined[first...last]).unicodeScalars.split(separator: " ").map { String($0) }.joined(
            separator: " ")
    }

    /// A display name as GMime shows it: quoted where it holds specials.
    static func phrase(_ name: String) -> String {
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        let specials = name.contains { "()<>[]:;@\\,.\"".contains($0) }
        guard isASCII, specials, !name.contains("=?") else { return name }
        return "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}

extension String {
    var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
