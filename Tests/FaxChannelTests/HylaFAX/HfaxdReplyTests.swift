import Testing

@testable import FaxChannel

struct HfaxdReplyTests {
    private func replies(_ text: String) throws -> [HfaxdReply] {
        var reader = HfaxdReplyReader()
        // As badly cut as can be.
        for byte in text.utf8 { try reader.receive([byte]) }
        var replies: [HfaxdReply] = []
        while let reply = reader.next() { replies.append(reply) }
        return replies
    }

    @Test("Replies of one line and of many, one after the other")
    func several() throws {
        let text = "220 ready\r\n211-Status:\r\n  220 within\r\n211-more\r\n211 End\r\n200\n230 half"
        #expect(
            try replies(text) == [
                HfaxdReply(code: 220, lines: ["ready"]),
                HfaxdReply(code: 211, lines: ["Status:", "  220 within", "more", "End"]),
                HfaxdReply(code: 200, lines: [""]),
            ])
    }

    @Test("What is no reply is told as it came, harmless")
    func noReply() {
        #expect(throws: HfaxdReplyReader.Malformed.noReply("SSH-2.0\u{FFFD}")) { try replies("SSH-2.0\u{1B}\r\n") }
        #expect(throws: HfaxdReplyReader.Malformed.noReply("99 x")) { try replies("99 x\r\n") }
        #expect(throws: HfaxdReplyReader.Malformed.noReply("2000 x")) { try replies("2000 x\r\n") }
    }

    @Test("A reply without end is not kept for ever")
    func bounds() {
        #expect(throws: HfaxdReplyReader.Malformed.lineTooLong) { try replies(String(repeating: "2", count: 5000)) }
        #expect(throws: HfaxdReplyReader.Malformed.tooManyLines) {
            try replies("230-\r\n" + String(repeating: "230-x\r\n", count: 300))
        }
    }

    @Test("Only the port is taken of an address, and only a port")
    func ports() {
        func port(_ text: String) -> Int? { HfaxdReply(code: 229, lines: [text]).dataPort }
        #expect(port("Entering Extended Passive Mode (|||54199|)") == 54_199)
        #expect(port("Entering passive mode (10,9,8,7,203,183)") == 52_151)
        for text in ["", "(|||0|)", "(|||70000|)", "(|||x|)", "(1,2,3,4,5)", "(1,2,3,4,256,1)", "(|||5", ")("] {
            #expect(port(text) == nil)
        }
    }

    @Test("Numbers and names are found in the words")
    func words() {
        let made = HfaxdReply(code: 200, lines: ["New job created: jobid: 12 groupid: 13."])
        #expect(made.number(after: "jobid:") == 12)
        let stored = HfaxdReply(code: 150, lines: ["FILE: /tmp/doc1.pdf (Opening new data connection)."])
        #expect(stored.word(after: "FILE:") == "/tmp/doc1.pdf")
        #expect(stored.number(after: "jobid:") == nil)
    }
}
