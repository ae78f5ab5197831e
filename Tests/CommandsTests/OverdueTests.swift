import ControlAPI
import SupportDesk
import Testing
import UnixSocketHTTP

@testable import Commands

/// Due times: what is late, what a due time was computed from, and that somebody answered after all.
struct OverdueTests {
    private static let calendar = "240 min; Europe/Paris | lun-ven 09:00-12:30 14:00-18:00 | fr"

    private func submission(overdue: Bool) -> SubmissionView {
        var submission = Samples.submission(state: "relayed")
        submission.relayedAt = "2026-11-23T08:00:00Z"
        submission.dueAt = overdue ? "2026-11-23T11:00:00Z" : "2026-11-23T13:30:00Z"
        submission.overdue = overdue
        return submission
    }

    @Test("A list points out what is late, and asks for that alone", arguments: Language.allCases)
    func list(_ language: Language) async {
        let session = Session(language: language)
        session.daemon.answer(
            "submissions",
            SubmissionPage(submissions: [submission(overdue: true), submission(overdue: false)], next: nil))
        let lines = await session.run("list", "--overdue").out.split(separator: "\n")
        #expect(session.daemon.targets == ["/v1/submissions?overdue=1&limit=50"])
        let mark = language == .french ? "[en retard] " : "[overdue] "
        #expect(lines[0].hasSuffix("  12345  \(mark)Impression impossible"), "\(lines)")
        #expect(lines[1].hasSuffix("  12345  Impression impossible"))
    }

    @Test("Show tells the due time, that it is over, and what it was computed from", arguments: Language.allCases)
    func show(_ language: Language) async {
        let session = Session(language: language)
        var late = submission(overdue: true)
        late.dueCalendar = Self.calendar
        session.daemon.answer("submissions/", late)
        let out = await session.run("show", Samples.reference).out
        #expect(
            out.contains(
                language == .french
                    ? "\n  Réponse due       23/11/2026 12:00 (il y a 1 h), EN RETARD\n"
                        + "  Calculée d'après  \(Self.calendar)\n"
                    : "\n  Answer due     2026-11-23 12:00 (1 h ago), OVERDUE\n  Computed from  \(Self.calendar)\n"),
            "\(out)")
        let early = Session(language: language)
        early.daemon.answer("submissions/", submission(overdue: false))
        let text = await early.run("show", Samples.reference).out
        #expect(text.contains(language == .french ? "23/11/2026 14:30 (dans 1 h)\n" : "2026-11-23 14:30 (in 1 h)\n"))
        #expect(!text.contains("Calcul") && !text.contains("Computed"))
    }

    @Test("Show tells the window of a call-back in one line", arguments: Language.allCases)
    func callback(_ language: Language) async {
        let session = Session(language: language)
        var submission = submission(overdue: false)
        submission.kind = "callback"
        submission.related = Samples.other
        submission.details = ["callback": "demain 14h"]
        submission.callback = CallbackView(
            start: "2026-11-24T13:00:00Z", end: "2026-11-24T17:00:00Z", sequence: 1, origin: Samples.reference)
        session.daemon.answer("submissions/", submission)
        let out = await session.run("show", Samples.reference).out
        let french = [
            "  Nature      rappel téléphonique\n", "  Concerne    \(Samples.other)\n", "  Rappel      demain 14h\n",
            "  Créneau de rappel  mardi 24/11/2026 de 14:00 à 18:00\n",
        ]
        let english = [
            "  Kind          call-back\n", "  About         \(Samples.other)\n", "  Call-back     demain 14h\n",
            "  Call-back window  Tuesday 2026-11-24 from 14:00 to 18:00\n",
        ]
        for line in language == .french ? french : english { #expect(out.contains(line), "\(line)\(out)") }
        submission.callback?.end = "x\u{1B}"
        let odd = Session(language: language)
        odd.daemon.answer("submissions/", submission)
        #expect(await odd.run("show", Samples.reference).out.contains("2026-11-24T13:00:00Z – x\u{FFFD}\n"))
    }

    @Test("What show alone tells is no key of status")
    func statusKeys() async {
        let session = Session()
        var late = submission(overdue: true)
        late.dueCalendar = Self.calendar
        session.daemon.answer("submissions/", late)
        #expect(await session.run("show", Samples.reference, "--json").out.contains(#""due_calendar":"240 min"#))
        let status = await session.run("status", Samples.reference, "--json").out
        #expect(!status.contains("due_calendar"))
        #expect(status.contains(#""overdue":true"#))
        #expect(status.contains(#""callback":null"#))
    }

    @Test("Somebody notes that the desk answered by another way", arguments: Language.allCases)
    func answered(_ language: Language) async {
        let session = Session(language: language)
        session.daemon.answer(
            "interventions",
            InterventionReply(results: [
                .init(reference: Samples.reference, done: true, state: "answered", error: nil),
                .init(
                    reference: Samples.other, done: false, state: "queued",
                    error: ReasonView(code: "not_possible", text: "It has not left.", textFR: "Elle n'est pas partie.")),
            ]))
        let outcome = await session.run("answered", Samples.reference, Samples.other)
        #expect(outcome.status == 1)
        #expect(
            outcome.out == "\(Samples.reference)  " + (language == .french ? "réponse notée\n" : "answer noted\n"))
        #expect(
            outcome.errors
                == "\(Samples.other)  " + (language == .french ? "Elle n'est pas partie.\n" : "It has not left.\n"))
        guard case .json(let bytes) = session.daemon.requests[0].body else { return #expect(Bool(false)) }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"action":"answered","references":["\#(Samples.reference)","\#(Samples.other)"]}"#)
    }
}
