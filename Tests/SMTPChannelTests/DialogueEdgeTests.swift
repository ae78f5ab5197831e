import SMTPChannel
import SupportDesk
import Testing

@Suite("The dialogue where servers do what they should not")
struct DialogueEdgeTests {
    private static let lost = TransferEnd(.failed(.other, osError: 104), message: "Recv failure: reset by peer")

    private static let envelope = """
        S: 220 mx
        C: EHLO me
        S: 250 mx
        C: MAIL FROM:<a@b>
        S: 250 Ok
        C: RCPT TO:<c@d>
        S: 250 Ok
        C: DATA
        S: 354 Go

        """

    private func rules(_ encryption: SMTPRules.Encryption = .none, _ mechanisms: [String] = []) -> SMTPRules {
        SMTPRules(endpoint: "mx:587", encryption: encryption, mechanisms: mechanisms, size: 100)
    }

    @Test("What cannot be read here is put off, and neither the server's fault nor uncertain")
    func unreadable() {
        for sent in [0, 50, 100] {
            let result = Transcript(rules(), Self.envelope + "B: \(sent)").result(
                TransferEnd(.unreadable("it became shorter")))
            #expect(result?.outcome == .deferred && result?.fault == nil && result?.code == nil)
            #expect(result?.text == "the message could not be read here: it became shorter")
        }
    }

    @Test("Silence is told apart: on the way there, and once connected")
    func silence() {
        func words(_ dialogue: SMTPDialogue) -> String {
            guard case .result(let result) = dialogue.ended(TransferEnd(.failed(.timeout, osError: 0), message: "x"))
            else { return "" }
            return result.text
        }
        var dialogue = SMTPDialogue(rules(.none))
        #expect(words(dialogue).contains("does not answer"))
        dialogue.connected()
        #expect(words(dialogue).contains("before its greeting"))
    }

    @Test(
        "Another protocol is known by its first line, and named",
        arguments: ["HTTP/1.1 302 Found", "SSH-2.0-x", "* OK IMAP4"])
    func otherProtocol(line: String) {
        let script = Transcript(rules(), "S: \(line)")
        #expect(script.abortedAt == line)
        #expect(script.result()?.text.contains("does not speak SMTP (it says \"\(line)\")") == true)
    }

    @Test("A second EHLO in the same conversation is under TLS, whether or not that was told")
    func untoldTLS() {
        let script = Transcript(
            rules(.startTLS),
            """
            S: 220 mx
            C: EHLO me
            S: 250-mx
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 Go
            C: EHLO me
            S: 250 mx
            """)
        #expect(script.abortedAt == nil)
        #expect(script.dialogue.session.encrypted)
    }

    @Test("Where TLS is required, a refused EHLO ends it: HELO knows no STARTTLS")
    func helloBeforeTLS() {
        let script = Transcript(rules(.startTLS), "S: 220 mx\nC: EHLO me\nS: 502 What?")
        #expect(script.result(Self.lost)?.code == 502)
        #expect(script.result(Self.lost)?.fault?.kind == .configuration)
    }

    @Test("A token that was refused is known, whatever is said at the goodbye")
    func refusedToken() {
        let script = Transcript(
            rules(.none, ["XOAUTH2"]),
            """
            S: 220 mx
            C: EHLO me
            S: 250-mx
            S: 250 AUTH XOAUTH2
            C: AUTH XOAUTH2 dXNlcj1t
            S: 334 eyJzdGF0dXMiOiI0MDEifQ==
            C: QUIT
            S: 221 Bye
            """)
        #expect(script.result()?.fault?.kind == .authentication)
        #expect(!script.dialogue.session.authenticated)
    }

    @Test("Lost before the password was said is no refused login", arguments: ["AUTH LOGIN", "AUTH LOGIN bWFyaWU="])
    func lostBeforeSecret(command: String) {
        let script = Transcript(
            rules(.none, ["LOGIN"]),
            """
            S: 220 mx
            C: EHLO me
            S: 250-mx
            S: 250 AUTH LOGIN
            C: \(command)
            S: 334 VXNlcm5hbWU6
            """)
        #expect(script.result(Self.lost)?.fault?.kind == .unreachable)
    }

    @Test("Of a reply without end no more is kept than fits", arguments: [(3, 4000), (900, 100)])
    func bounded(length: Int, count: Int) {
        let line = "S: 250-AUTH " + String(repeating: "X", count: length)
        let script = Transcript(
            rules(),
            "S: 220 mx\nC: EHLO me\n" + Array(repeating: line, count: count).joined(separator: "\n") + "\nS: 250 mx")
        let kept = script.dialogue.session.offers.mechanisms
        #expect(kept.count < 100)
        #expect(kept.map(\.count).reduce(0, +) <= 16_384)
    }
}
