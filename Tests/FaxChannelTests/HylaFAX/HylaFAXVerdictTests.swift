import SupportDesk
import Testing

@testable import FaxChannel

struct HylaFAXVerdictTests {
    /// Words, pages of two, failed tries, and what they mean of a job that failed.
    static let failures: [(String, Int, Int, FaxOutcome.Kind)] = [
        ("Busy signal detected; too many attempts to dial", 0, 0, .notSent(.busy)),
        ("No answer from remote; too many attempts to dial", 0, 0, .notSent(.noAnswer)),
        ("No carrier detected; too many attempts to dial", 0, 0, .notSent(.noFaxMachine)),
        ("No local dialtone; too many attempts to dial", 0, 0, .notSent(.noDialTone)),
        ("No receiver protocol (T.30 T1 timeout); too many attempts to send", 0, 0, .notSent(.noFaxMachine)),
        ("Failure to train remote modem at 2400 bps or minimum speed; too many", 0, 1, .notSent(.handshake)),
        ("Carrier established, but Phase A failure", 0, 0, .notSent(.handshake)),
        ("Kill time expired", 0, 0, .notSent(.outOfTime)),
        ("REJECT: Too many attempts to dial: 2, max 2", 0, 0, .notSent(.line)),
        ("Unable to configure modem for fax use", 0, 0, .notSent(.line)),
        // An earlier call may have sent a page: what the last one says does not matter.
        ("Busy signal detected; too many attempts to dial", 0, 1, .uncertain(.brokeOff)),
        ("Failure to train remote modem at 2400 bps or minimum speed", 0, 2, .uncertain(.brokeOff)),
        ("Kill time expired", 0, 1, .uncertain(.brokeOff)),
        ("REJECT: Too many attempts to dial: 2, max 2", 0, 1, .uncertain(.brokeOff)),
        ("Job aborted by request", 0, 1, .uncertain(.brokeOff)),
        ("Busy signal detected; too many attempts to dial", 1, 0, .uncertain(.brokeOff)),
        ("Kill time expired", 1, 0, .uncertain(.brokeOff)),
        ("Job aborted by request", 1, 0, .uncertain(.brokeOff)),
        ("Job aborted by request", 0, 0, .calledOff),
        ("No response to PPS repeated 3 times.; too many attempts to send", 1, 1, .uncertain(.unconfirmed)),
        ("No response to EOP repeated 3 tries", 1, 1, .uncertain(.unconfirmed)),
        ("No response to MPS repeated 3 tries", 0, 1, .uncertain(.brokeOff)),
        ("COMREC invalid response received to PPS.", 1, 1, .uncertain(.unconfirmed)),
        ("Unspecified Transmit Phase C error; too many", 0, 1, .uncertain(.brokeOff)),
        ("Could not reopen converted document to verify format", 0, 0, .refused(.document)),
        ("Document preparation failed: no pages", 0, 0, .refused(.document)),
        ("REJECT: Too many pages in submission: 12, max 10", 0, 0, .refused(.document)),
        ("Could not reopen converted document to verify format", 0, 1, .uncertain(.brokeOff)),
        ("REJECT: Unable to convert dial string to canonical format", 0, 0, .refused(.number)),
        ("REJECT: not from here", 0, 0, .refused(.number)),
        ("REJECT: Requested modem nix is not registered", 0, 0, .refused(.job)),
        ("Send program terminated abnormally with exit status 0x1", 0, 0, .uncertain(.unclear)),
        ("Something new", 0, 0, .uncertain(.unclear)),
        ("", 0, 0, .uncertain(.unclear)),
    ]

    private func job(_ state: String, _ words: String, pages: Int, tries: Int, total: Int = 2) throws -> HylaFAXJobState
    {
        try HylaFAXJobState(line: "12|\(state)|3|5|\(pages)|\(total)|\(tries)|ASD-1/1|\(words)")
    }

    private func kind(_ job: HylaFAXJobState) -> FaxOutcome.Kind? {
        if case .over(let outcome) = HylaFAXVerdict.standing(of: job) { outcome.kind } else { nil }
    }

    @Test("Only what surely was not sent may be sent again", arguments: failures)
    func failed(words: String, pages: Int, tries: Int, kind: FaxOutcome.Kind) throws {
        let job = try job("F", words, pages: pages, tries: tries)
        #expect(
            HylaFAXVerdict.standing(of: job)
                == .over(FaxOutcome(kind, text: words, calls: 3, pages: pages, totalPages: 2)))
    }

    @Test("Done is delivered with every page only")
    func done() throws {
        #expect(kind(try job("D", "", pages: 2, tries: 0)) == .delivered)
        #expect(kind(try job("D", "", pages: 1, tries: 0)) == .uncertain(.brokeOff))
        #expect(kind(try job("D", "", pages: 0, tries: 0, total: 0)) == .uncertain(.unclear))
        #expect(
            kind(try job("F", "No response to EOP repeated 3 tries", pages: 0, tries: 1, total: 1))
                == .uncertain(.unconfirmed))
    }

    @Test(
        "Everything else is under way, with the cause of the last call", arguments: ["T", "P", "S", "B", "W", "?"])
    func underWay(state: String) throws {
        #expect(
            HylaFAXVerdict.standing(of: try job(state, "Busy signal detected", pages: 0, tries: 0))
                == .underWay(FaxProgress(calls: 3, maximumCalls: 5, cause: .busy, text: "Busy signal detected")))
        #expect(
            HylaFAXVerdict.standing(of: try job(state, "", pages: 0, tries: 0))
                == .underWay(FaxProgress(calls: 3, maximumCalls: 5)))
    }

    @Test("A call that is on is the next one, whatever became of the last")
    func calling() throws {
        let standing = HylaFAXVerdict.standing(of: try job("R", "Busy signal detected", pages: 0, tries: 0))
        #expect(
            standing
                == .underWay(FaxProgress(calls: 3, maximumCalls: 5, text: "Busy signal detected", isCalling: true)))
    }

    @Test("A line is read as hfaxd writes it, and no other")
    func lines() throws {
        let job = try HylaFAXJobState(line: "7|F| 1|12|0|0| 0|ASD-1/1|a|b\u{1B}[0m; c")
        #expect(job.id == 7)
        #expect(job.maximumCalls == 12)
        #expect(job.tag == "ASD-1/1")
        #expect(job.status == "a|b\u{FFFD}[0m; c")
        for line in ["", "7", "x|F|0|0|0|0|0|t|s", "7|X|0|0|0|0|0|t|s", "7|F|-1|0|0|0|0|t|s", "7|F|0|0|0|0|0|t"] {
            #expect(throws: HylaFAXJobState.Malformed.self) { try HylaFAXJobState(line: line) }
        }
    }
}
