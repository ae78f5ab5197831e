import SMTPChannel
import SupportDesk
import Testing

/// A conversation as text: `C:` the client, `S:` the server, `B:` so many bytes of the message, `TLS` agreed upon.
struct Transcript {
    var dialogue: SMTPDialogue
    /// The line at which the dialogue broke off.
    var abortedAt: String?

    init(_ rules: SMTPRules, keeping session: SMTPSession? = nil, _ text: String) {
        dialogue = SMTPDialogue(rules, keeping: session)
        if session == nil { dialogue.connected() }
        for line in text.split(separator: "\n") {
            let words = line.dropFirst(3)
            switch line.prefix(2) {
            case "C:": dialogue.sent(Array((words + "\r\n").utf8))
            case "S:":
                if dialogue.received(Array((words + "\r\n").utf8)) == .abort {
                    abortedAt = String(words)
                    return
                }
            case "B:": dialogue.sentBody(Int(words) ?? 0)
            default: dialogue.secured()
            }
        }
    }

    func result(_ end: TransferEnd = TransferEnd(.finished)) -> AttemptResult? {
        if case .result(let result) = dialogue.ended(end) { result } else { nil }
    }
}

@Suite("The dialogue, as transcripts")
struct DialogueTests {
    private static let lost = TransferEnd(.failed(.other, osError: 104), message: "Recv failure: reset by peer")
    private static let interrupted = TransferEnd(.interrupted)

    private func rules(
        _ encryption: SMTPRules.Encryption = .none, _ mechanisms: [String] = [], size: Int? = 100
    ) -> SMTPRules {
        SMTPRules(endpoint: "mx:587", encryption: encryption, mechanisms: mechanisms, size: size)
    }

    private static let start = """
        S: 220 mx
        C: EHLO me
        S: 250-mx
        S: 250 SIZE 1000

        """

    private static let envelope = """
        C: MAIL FROM:<a@b>
        S: 250 Ok
        C: RCPT TO:<c@d>
        S: 250 Ok
        C: DATA
        S: 354 Go

        """

    @Test("What is said before TLS does not count: AUTH and SIZE are those of the second EHLO")
    func startTLS() {
        let text = """
            S: 220 mx
            C: EHLO me
            S: 250-mx
            S: 250-AUTH PLAIN
            S: 250-SIZE 10
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 Go
            TLS
            C: EHLO me
            S: 250-mx
            S: 250 SIZE 1000
            """
        let script = Transcript(rules(.startTLS, ["PLAIN"]), text)
        #expect(script.abortedAt == "250 SIZE 1000")
        #expect(script.result()?.fault?.kind == .authentication)
        #expect(Transcript(rules(.startTLS), text).abortedAt == nil)
        #expect(Transcript(rules(.startTLS), text).dialogue.session.encrypted)
    }

    @Test("STARTTLS that is required and not offered ends the conversation")
    func noStartTLS() {
        let script = Transcript(rules(.startTLS, ["PLAIN"]), Self.start)
        #expect(script.abortedAt == "250 SIZE 1000")
        #expect(script.result()?.fault?.kind == .tls)
        #expect(script.result()?.outcome == .deferred)
    }

    @Test("STARTTLS that is offered and refused, or not kept to, is a fault of TLS")
    func brokenStartTLS() {
        let offer = "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\n"
        #expect(Transcript(rules(.startTLS), offer + "S: 454 4.7.0 Not now").result()?.fault?.kind == .tls)
        #expect(Transcript(rules(.startTLS), offer + "S: 421 Bye").result()?.fault?.kind == .busy)
        let handshake = Transcript(rules(.startTLS), offer + "S: 220 Go")
        #expect(handshake.result(Self.lost)?.fault?.kind == .tls)
        #expect(handshake.result(TransferEnd(.failed(.timeout, osError: 0)))?.fault?.kind == .tls)
        let expired = TransferEnd(
            .failed(.tls, osError: 0), message: "SSL certificate problem: certificate has expired")
        #expect(handshake.result(expired)?.fault?.explanation.french.contains("l'horloge") == true)
        #expect(Transcript(rules(.startTLS), offer).result(Self.lost)?.fault?.kind == .unreachable)
    }

    @Test("Should libcurl say MAIL without the login, it is stopped before it says more")
    func lastGate() {
        let script = Transcript(
            rules(.none, ["PLAIN"]),
            "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 AUTH PLAIN\nC: MAIL FROM:<a@b>\nS: 250 Ok\n")
        #expect(script.abortedAt == "250 Ok")
        #expect(script.result()?.outcome == .deferred)
        #expect(script.result()?.fault?.kind == .authentication)
    }

    @Test("What a login says is never taken for a command, whatever it looks like")
    func loginLooksLikeCommand() {
        let script = Transcript(
            rules(.none, ["LOGIN"]),
            """
            S: 220 mx
            C: EHLO me
            S: 250-mx
            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: DATA
            S: 334 UGFzc3dvcmQ6
            C: QUIT
            S: 235 Ok
            """)
        #expect(script.abortedAt == nil)
        #expect(script.dialogue.session.authenticated)
        #expect(script.dialogue.phase == .login)
        #expect(!script.dialogue.isLeaving)
    }

    @Test("Offers are read in any case, and SIZE 0 is no limit")
    func offers() {
        let text =
            "S: 220 mx\nC: EHLO me\nS: 250-mx.example.fr hello\nS: 250-size 0\nS: 250-auth plain LOGIN\nS: 250 smtputf8"
        let offers = Transcript(rules(), text).dialogue.session.offers
        #expect(offers.name == "mx.example.fr")
        #expect(offers.sizeLimit == nil)
        #expect(offers.mechanisms == ["PLAIN", "LOGIN"])
        #expect(offers.utf8)
    }

    @Test("The message is uncertain from its last byte on, and not before", arguments: [0, 1, 99, 100, 101])
    func boundary(sent: Int) {
        for end in [Self.lost, Self.interrupted, TransferEnd(.finished), TransferEnd(.failed(.timeout, osError: 0))] {
            let result = Transcript(rules(), Self.start + Self.envelope + "B: \(sent)").result(end)
            #expect(result?.outcome == (sent >= 100 ? .uncertain : .deferred))
            #expect(result?.fault == nil)
            #expect(result?.endpoint == "mx:587")
        }
    }

    @Test("What the server said stands, however the transfer ended")
    func settled() {
        for end in [Self.lost, Self.interrupted, TransferEnd(.finished)] {
            let accepted = Transcript(rules(), Self.start + Self.envelope + "B: 100\nS: 250 2.0.0 Ok")
            #expect(accepted.result(end)?.outcome == .accepted)
            let refused = Transcript(
                rules(), Self.start + "C: MAIL FROM:<a@b>\nS: 550 No\nC: QUIT\nS: 221 2.0.0 Bye")
            #expect(refused.result(end)?.code == 550)
        }
    }

    @Test("In a kept session a 421 or silence at MAIL means a dead session; anything else is an answer")
    func kept() {
        func ending(_ text: String, _ end: TransferEnd = Self.lost) -> SMTPDialogue.Ending {
            Transcript(rules(), keeping: SMTPSession(), text).dialogue.ended(end)
        }
        #expect(ending("") == .reconnect)
        #expect(ending("C: MAIL FROM:<a@b>") == .reconnect)
        #expect(ending("C: MAIL FROM:<a@b>\nS: 421 Idle") == .reconnect)
        #expect(ending("C: NOOP\nS: 421 Idle") == .reconnect)
        #expect(ending("C: MAIL FROM:<a@b>\nS: 450 Later") != .reconnect)
        #expect(ending("C: MAIL FROM:<a@b>\nS: 250 Ok\nC: RCPT TO:<c@d>") != .reconnect)
        #expect(ending("C: MAIL FROM:<a@b>", Self.interrupted) != .reconnect)
    }

    @Test("A session kept from before is held to its own limits before a word is said")
    func keptLimits() {
        var session = SMTPSession()
        session.offers.sizeLimit = 99
        let dialogue = SMTPDialogue(rules(), keeping: session)
        #expect(dialogue.decision == .abort)
        session.offers.sizeLimit = 100
        #expect(SMTPDialogue(rules(), keeping: session).decision == .proceed)
    }

    @Test("Another kind of login than planned asks for a new connection, once it is known to be offered")
    func otherLogin() {
        var rules = rules(.none, ["XOAUTH2"])
        rules.otherMechanisms = ["OAUTHBEARER"]
        let offer = "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 AUTH PLAIN OAUTHBEARER"
        let script = Transcript(rules, offer)
        #expect(script.abortedAt != nil)
        #expect(script.dialogue.ended(TransferEnd(.finished)) == .login(["OAUTHBEARER"]))
        rules.otherMechanisms = []
        #expect(Transcript(rules, offer).result()?.fault?.kind == .authentication)
    }

    @Test("What libcurl reports without a reply, by how far things had come")
    func withoutReply() {
        let connect = SMTPDialogue(rules(.implicit))
        func kind(_ failure: TransferEnd.Failure, _ message: String = "") -> ChannelFault.Kind? {
            let end = TransferEnd(.failed(failure, osError: 0), message: message)
            guard case .result(let result) = connect.ended(end) else { return nil }
            #expect(result.outcome == .deferred)
            return result.fault?.kind
        }
        #expect(kind(.unresolved) == .unreachable)
        #expect(kind(.unconnected) == .unreachable)
        #expect(kind(.timeout) == .unreachable)
        #expect(kind(.other) == .unreachable)
        #expect(kind(.tls) == .tls)
        #expect(kind(.authorities) == .configuration)
    }

    @Test("An enhanced code is taken only where it has the form and class of RFC 2034")
    func enhancedCodes() {
        func code(_ reply: String) -> String? {
            Transcript(rules(), Self.start + Self.envelope + "B: 100\nS: \(reply)").result()?.enhancedCode
        }
        #expect(code("451 4.7.1 Later") == "4.7.1")
        #expect(code("451 4.7.128") == "4.7.128")
        #expect(code("451 5.7.1 Later") == nil)
        #expect(code("451 4.7 Later") == nil)
        #expect(code("451 4.7.1234 Later") == nil)
        #expect(code("451 4.7.x Later") == nil)
        #expect(code("250 192.0.2.1 says ok") == nil)
    }
}
