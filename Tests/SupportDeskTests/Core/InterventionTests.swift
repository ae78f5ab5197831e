import SupportDesk
import TestSupport
import Testing

@Suite("What people do")
struct InterventionTests {
    static let all: [Intervention] = [.retry, .cancel, .hold, .release, .resend(nil), .resend(.fax), .answered]

    /// The whole table; what is not in it is refused.
    private func expected(_ intervention: Intervention, _ state: State) -> State? {
        switch intervention {
        case .retry: [.queued, .held, .failed, .cancelled].contains(state) ? .queued : nil
        case .cancel: [.queued, .held, .failed].contains(state) ? .cancelled : nil
        case .hold: state == .queued ? .held : nil
        case .release: state == .held ? .queued : nil
        case .resend(nil):
            [.relayed, .delivered, .acknowledged, .answered, .failed, .cancelled].contains(state) ? .queued : nil
        case .resend:
            [.relayed, .delivered, .acknowledged, .answered, .failed, .cancelled, .held, .queued].contains(state)
                ? .queued : nil
        case .answered: [.relayed, .delivered, .acknowledged, .held].contains(state) ? .answered : nil
        }
    }

    @Test("each is possible in its states and in no other", arguments: all, State.allCases)
    func table(intervention: Intervention, state: State) {
        switch intervention.target(from: state) {
        case .success(let target): #expect(target == expected(intervention, state))
        case .failure(let refusal):
            #expect(expected(intervention, state) == nil)
            #expect(refusal.isTemporary == (state == .sending))
            #expect(!refusal.explanation.french.isEmpty && !refusal.explanation.english.isEmpty)
        }
    }

    @Test(
        "what is held because of its license or a quota is let go by an administrator alone",
        arguments: Reason.Code.allCases)
    func license(code: Reason.Code) {
        let codes: [Reason.Code] = [
            .licenseUnknown, .contractExpired, .notEntitled, .channelNotCovered, .unsupportedVersion, .quotaExceeded,
        ]
        var submission = Sample.admission(1, state: .held).submission
        submission.reason = Reason(code, fr: "a", en: "b")
        for intervention in [Intervention.release, .retry] {
            #expect(intervention.needsAdministrator(on: submission) == codes.contains(code))
        }
        #expect(!Intervention.cancel.needsAdministrator(on: submission))
        // Nor by the way round.
        submission.state = .cancelled
        #expect(Intervention.retry.needsAdministrator(on: submission) == codes.contains(code))
        #expect(Intervention.resend(nil).needsAdministrator(on: submission) == codes.contains(code))
        submission.reason = nil
        #expect(!Intervention.retry.needsAdministrator(on: submission))
    }

    @Test("what costs a call, or may arrive twice, is asked about first", arguments: State.allCases)
    func questions(state: State) {
        for channel in [ChannelName.smtp, .fax] {
            for code in [Reason.Code.uncertain, .licenseUnknown] {
                var submission = Sample.admission(1, state: state, channel: channel).submission
                submission.reason = Reason(code, fr: "a", en: "b")
                let isUncertain = [.held, .cancelled].contains(state) && code == .uncertain
                let asked: [(Intervention, String?)] = [
                    (.retry, isUncertain ? "twice" : nil), (.release, isUncertain ? "twice" : nil),
                    (.resend(.fax), "costs a call"), (.resend(nil), channel == .fax ? "costs a call" : nil),
                    (.resend(.smtp), nil), (.cancel, nil), (.hold, nil), (.answered, nil),
                ]
                for (intervention, words) in asked {
                    let question = intervention.question(about: submission)
                    #expect((question == nil) == (words == nil), "\(intervention)")
                    guard let words, let question else { continue }
                    #expect(question.english.contains(words) && question.english.contains("\(submission.reference)"))
                    #expect(question.french.contains("\(submission.reference)") && question.french != question.english)
                }
            }
        }
    }

    @Test("a refusal says what to do instead")
    func advice() {
        guard case .failure(let refusal) = Intervention.retry.target(from: .rejected) else {
            return #expect(Bool(false))
        }
        #expect(refusal.explanation.french.contains("déposez-le de nouveau"))
        guard case .failure(let sent) = Intervention.retry.target(from: .relayed) else { return #expect(Bool(false)) }
        #expect(sent.explanation.english.contains("resend"))
    }

    @Test("history names who it was", arguments: all)
    func sentences(intervention: Intervention) {
        let sentence = intervention.sentence(by: "marie")
        #expect(sentence.french.contains("marie") && sentence.english.contains("marie"))
        #expect(sentence.french != sentence.english)
    }

    @Test("terminal states are off the way or at its end", arguments: State.allCases)
    func states(state: State) {
        #expect(state.isTerminal == [.answered, .rejected, .failed, .cancelled].contains(state))
        #expect((state.progress == nil) == [.held, .rejected, .failed, .cancelled].contains(state))
        #expect(!state.name.french.isEmpty)
    }

    @Test("contract holders go before others, and blocking first among each; a head start is bounded")
    func headStarts() {
        let starts = [Priority.low, .normal, .high, .blocking].map { $0.headStart(underContract: false) }
        #expect(starts == starts.sorted())
        #expect(starts[1] == .zero)
        let covered = [Priority.low, .normal, .high, .blocking].map { $0.headStart(underContract: true) }
        #expect(covered == covered.sorted())
        #expect(covered[0] > starts[3], "with a contract the least urgent goes before the most urgent without")
        #expect(covered[3] <= .seconds(8 * 3600), "what was dropped a working day ago goes first all the same")
    }

    @Test(
        "the language of a process",
        arguments: [
            ([:], Language.english), (["LANG": "fr_FR.UTF-8"], .french), (["LANG": "FR"], .french),
            (["LANG": "C"], .english),
            (["LANG": "fr_FR", "LC_ALL": "en_GB"], .english), (["LANG": "en", "LC_MESSAGES": "fr_CA"], .french),
            (["LC_ALL": "", "LANG": "fr"], .french), (["LC_MESSAGES": "de", "LANG": "fr"], .english),
        ] as [([String: String], Language)])
    func language(environment: [String: String], language: Language) {
        #expect(Language(environment: environment) == language)
    }

    @Test("where nothing is said the fallback holds, and only there")
    func fallback() {
        #expect(Language(environment: [:], fallback: .french) == .french)
        #expect(Language(environment: ["LANG": "C"], fallback: .french) == .english)
    }

    @Test("a sentence is given in the language asked for")
    func bilingual() {
        let sentence = Bilingual(fr: "oui", en: "yes")
        #expect(sentence[.french] == "oui" && sentence[.english] == "yes")
        struct Plain: Error {}
        #expect(Rejection(.empty, fr: "a", en: "b").inWords == Bilingual(fr: "a", en: "b"))
        #expect(Plain().inWords.french == "Plain()")
    }
}
