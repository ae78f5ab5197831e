import SupportDesk
import Testing

@Suite("Words for faxes")
struct FaxOutcomeTests {
    @Test("an outcome is a result, and keeps what it was", arguments: FaxPolicyTests.kinds)
    func mapping(_ kind: FaxOutcome.Kind) {
        let (outcome, reason): (AttemptResult.Outcome, Reason.Code?) =
            switch kind {
            case .delivered, .relayed: (.accepted, nil)
            case .notSent: (.deferred, nil)
            case .refused: (.refused, .faxFailed)
            case .calledOff: (.refused, nil)
            case .uncertain: (.uncertain, .uncertain)
            }
        let fax = FaxOutcome(kind, code: 346, text: "E07", calls: 3, pages: 1, totalPages: 4)
        let result = AttemptResult(fax, endpoint: "fax.example.fr:4559")
        #expect(result.outcome == outcome && result.reason == reason && result.fault == nil)
        #expect(result.code == 346 && result.text == "E07" && result.endpoint == "fax.example.fr:4559")
        #expect(result.fax == fax)
        #expect(result.sentence == fax.sentence)
        let silent = FaxOutcome(kind, text: "", calls: 1)
        #expect(AttemptResult(silent, endpoint: "").text == silent.sentence.english, "the journal never says nothing")
    }

    @Test("what rang somewhere cost a call, whether the gateway counts or not")
    func calls() {
        for cause in FaxOutcome.Cause.allCases {
            let calls = AttemptResult(FaxOutcome(.notSent(cause), text: ""), endpoint: "").fax?.calls
            #expect(calls == (cause == .outOfTime || cause == .noDialTone ? 0 : 1), "\(cause)")
        }
        #expect(AttemptResult(FaxOutcome(.refused(.job), text: ""), endpoint: "").fax?.calls == 0)
    }

    @Test("every outcome has a sentence of its own, with the gateway's words behind it")
    func sentences() {
        let all = FaxPolicyTests.kinds.map { FaxOutcome($0, text: "E07").sentence }
        #expect(Set(all).count == all.count)
        for words in all {
            #expect(words.french.hasSuffix(" (E07)") && words.english.hasSuffix(" (E07)"))
            #expect(words.french != words.english)
        }
        #expect(!FaxOutcome(.calledOff, text: "").sentence.english.contains("("))
    }

    @Test("pages and calls are counted, one is not several")
    func counts() {
        #expect(
            FaxOutcome(.delivered, text: "", pages: 1).sentence
                == Bilingual(
                    fr: "Fax reçu par la machine de l'assistance : 1 page confirmée",
                    en: "Fax received by the desk's machine: 1 page confirmed"))
        #expect(FaxOutcome(.delivered, text: "", pages: 3).sentence.english.hasSuffix("3 pages confirmed"))
        #expect(FaxOutcome(.notSent(.busy), text: "").sentence.english == "Fax not sent: busy")
        #expect(FaxOutcome(.notSent(.busy), text: "", calls: 1).sentence.english == "Fax not sent: busy, after 1 call")
        #expect(
            FaxOutcome(.notSent(.noAnswer), text: "", calls: 5).sentence.french
                == "Fax non parti : pas de réponse, après 5 appels")
        let broken = FaxOutcome(.uncertain(.brokeOff), text: "", pages: 2, totalPages: 5).sentence
        #expect(broken.english.contains("after page 2 of 5") && broken.french.contains("après la page 2 sur 5"))
        let first = FaxOutcome(.uncertain(.brokeOff), text: "", totalPages: 5).sentence
        #expect(first.english.contains("during page 1 of 5") && first.french.contains("pendant la page 1 sur 5"))
        #expect(FaxOutcome(.uncertain(.brokeOff), text: "").sentence.english.contains("page 1 of ?"))
    }

    @Test("how a fax does is said in one line")
    func progress() {
        #expect(
            FaxProgress(calls: 2, maximumCalls: 5, cause: .busy, text: "Busy signal").sentence
                == Bilingual(fr: "Fax : essai 2/5 : ligne occupée", en: "Fax: try 2/5: busy"))
        #expect(
            FaxProgress(calls: 1, text: "Sending page 2").sentence
                == Bilingual(fr: "Fax : essai 1 (Sending page 2)", en: "Fax: try 1 (Sending page 2)"))
        for calls in [nil, 0] as [Int?] {
            #expect(
                FaxProgress(calls: calls, maximumCalls: 5).sentence
                    == Bilingual(fr: "Le fax est à la passerelle", en: "The fax is with the gateway"))
        }
        #expect(FaxProgress(text: "Queued").sentence.english == "The fax is with the gateway (Queued)")
        for (made, shown) in [(0, "1/5"), (1, "2/5"), (5, "5/5")] {
            #expect(FaxProgress(calls: made, maximumCalls: 5, isCalling: true).sentence.english == "Fax: try \(shown)")
        }
    }
}
