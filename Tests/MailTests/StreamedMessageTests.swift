import Mail
import SupportDesk
import Testing

@Suite("Large attachments pass through")
struct StreamedMessageTests {
    /// A file that is handed on in pieces of a size, and perhaps changes when it was half read.
    private final class Pieces: AttachedFile {
        let bytes: [UInt8]
        let length: Int
        let isUTF8: Bool
        let changes: Bool
        var size: Int { bytes.count }
        var head: [UInt8] { Array(bytes.prefix(64)) }

        init(_ bytes: [UInt8], by length: Int, isUTF8: Bool = false, changes: Bool = false) {
            (self.bytes, self.length, self.isUTF8, self.changes) = (bytes, length, isUTF8, changes)
        }

        func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
            for start in stride(from: 0, to: bytes.count, by: length) {
                if changes, start * 2 > bytes.count { throw AttachedFileChanged() }
                try body(Array(bytes[start..<min(bytes.count, start + length)]))
            }
        }
    }

    private static let content = (0..<100_003).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    @Test(
        "the message is the same as with the bytes at hand, however they come", arguments: [1, 57, 64, 65_536, 200_000])
    func same(length: Int) throws {
        for (name, isText) in [("été.dat", false), ("journal.log", false), ("journal.log", true)] {
            let bytes = isText ? Array(String(repeating: "été\n", count: 20_000).utf8) : Self.content
            let held = SupportDesk.Attachment(name: name, content: bytes)
            let other = SupportDesk.Attachment(name: "b.txt", content: [65])
            let streamed = SupportDesk.Attachment(name: name, content: .file(Pieces(bytes, by: length, isUTF8: isText)))
            #expect(
                try Fixture.message(attachments: [streamed, other]) == Fixture.message(attachments: [held, other]))
        }
    }

    @Test("no piece of the message is much larger than one of the file")
    func pieces() throws {
        let file = SupportDesk.Attachment(name: "a.dat", content: .file(Pieces(Self.content, by: 1000)))
        var (longest, total) = (0, 0)
        try Fixture.composer().compose(Fixture.draft(attachments: [file])) {
            longest = max(longest, $0.count)
            total += $0.count
        }
        #expect(longest < 2000)
        #expect(total > Self.content.count * 4 / 3)
    }

    @Test("a file that changed, and a place that takes no more, end the message")
    func ends() throws {
        struct Full: Error {}
        let file = SupportDesk.Attachment(name: "a.dat", content: .file(Pieces(Self.content, by: 1000, changes: true)))
        #expect(throws: AttachedFileChanged.self) { try Fixture.message(attachments: [file]) }
        #expect(throws: Full.self) {
            try Fixture.composer().compose(Fixture.draft(attachments: [file])) { _ in throw Full() }
        }
    }
}
