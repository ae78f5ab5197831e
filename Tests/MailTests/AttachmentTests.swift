import Mail
import SupportDesk
import Testing

@Suite("Attachments")
struct AttachmentTests {
    static let names = [
        "a.png", "facture n° 12.pdf", "écran d’erreur.PNG", "日本語.txt", "deux mots.log", "a\"b\\c;d=e.txt",
        "100%.csv", "sans", "été\u{301} NFD.txt", "😀.jpg", String(repeating: "très long ", count: 15) + ".docx",
        "'quote'.zip", "*étoile*.gz",
    ]

    @Test("names and bytes come back whole, read by GMime", arguments: names)
    func gmime(_ name: String) throws {
        let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let sent = Attachment(name: name, content: content)
        let bytes = try Fixture.message(attachments: [sent])
        let read = try MessageReader.read(bytes).attachments
        #expect(read.map { Array($0.name.utf8) } == [Array((name.contains("\\") ? "c;d=e.txt" : name).utf8)])
        #expect(read.first?.content == .bytes(content))
    }

    @Test("names and bytes come back whole, read by Python", .enabled(if: PythonMail.isThere))
    func python() throws {
        let content = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let messages = try Self.names.map { try Fixture.message(attachments: [Attachment(name: $0, content: content)]) }
        for (name, message) in zip(Self.names, try PythonMail.read(messages)) {
            // GMime ends a section of a long name inside a character, which RFC 2231 allows; Python remarks on it.
            #expect(message.defects.filter { !$0.contains("UndecodableBytes") }.isEmpty)
            let bare = name.contains("\\") ? "c;d=e.txt" : name
            #expect(message.attachments.map { Array($0.name.utf8) } == [Array(bare.utf8)])
            #expect(message.attachments.first?.content == content)
        }
    }

    @Test(
        "the type follows the ending of the name",
        arguments: [
            ("a.PDF", "application/pdf"), ("a.jpeg", "image/jpeg"), ("a.log", "text/plain"),
            ("a.exe", "application/octet-stream"),
            ("a", "application/octet-stream"), ("a.", "application/octet-stream"), (".png", "application/octet-stream"),
            ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ])
    func type(_ name: String, _ type: String) throws {
        let text = String(
            decoding: try Fixture.message(attachments: [Attachment(name: name, content: [65])]), as: UTF8.self)
        #expect(text.contains("\r\nContent-Type: \(type)"))
    }

    @Test("a text that is not UTF-8 goes as bytes, so that nobody shows it wrongly")
    func latinText() throws {
        let utf8 = String(
            decoding: try Fixture.message(attachments: [Attachment(name: "a.txt", content: Array("é".utf8))]),
            as: UTF8.self)
        #expect(utf8.contains("\r\nContent-Type: text/plain; charset=utf-8; name=a.txt\r\n"))
        let latin = String(
            decoding: try Fixture.message(attachments: [Attachment(name: "a.txt", content: [0xE9])]), as: UTF8.self)
        #expect(latin.contains("\r\nContent-Type: application/octet-stream; name=a.txt\r\n"))
    }

    @Test("a name that looks like an encoded-word is not decoded into another")
    func disguised() throws {
        let bytes = try Fixture.message(attachments: [Attachment(name: "=?utf-8?q?a.exe?=.txt", content: [])])
        #expect(try MessageReader.read(bytes).attachments.map(\.name) == ["=_utf-8?q?a.exe?=.txt"])
    }

    @Test("an empty file, one of a megabyte and two of one name all arrive")
    func several() throws {
        let files = [
            Attachment(name: "vide.txt", content: []),
            Attachment(name: "gros.dat", content: (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }),
            Attachment(name: "a.txt", content: [1]), Attachment(name: "A.txt", content: [2]),
        ]
        let bytes = try Fixture.message(attachments: files)
        #expect(Wire(bytes).longest <= 78)
        let read = try MessageReader.read(bytes).attachments
        #expect(read.map(\.name) == ["vide.txt", "gros.dat", "a.txt", "A-2.txt"])
        #expect(read.map(\.content) == files.map(\.content))
    }
}
