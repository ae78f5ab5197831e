import SupportDesk
import Testing

@Suite("What people do")
struct InterventionTests {
    static let all: [Intervention] = [.retry, .cancel, .hold, .release, .resend(nil), .resend(.fax)]

    /// The whole table; what is not in it is refused.
    private func expected(_ intervention: Intervention, _ state: State) -> State? {
        switch intervention {
        case .retry: [.queued, .held, .failed, .cancelled].contains(state) ? .queued : nil
        case .cancel: [.queued, .held, .failed].contains(state) ? .cancelled : nil
        case .hold: state == .queued ? .held : nil
        case .release: state == .held ? .queued : nil
        case .resend:
            [.relayed, .delivered, .acknowledged, .answered, .failed, .cancelled].contains(state) ? .queued : nil
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

    @Test("a head start is an hour at most either way of half an hour, more when nothing works")
    func headStarts() {
        let starts = [Priority.low, .normal, .high, .blocking].map { $0.headStart(underContract: false) }
        #expect(starts == starts.sorted())
        #expect(starts[1] == .zero)
        for priority in Priority.allCases {
            #expect(
                priority.headStart(underContract: true) - priority.headStart(underContract: false) == .seconds(1800))
        }
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
