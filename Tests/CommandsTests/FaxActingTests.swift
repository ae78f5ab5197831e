import ControlAPI
import SupportDesk
import Testing
import UnixSocketHTTP

@Suite("What costs a call is asked about first")
struct FaxActingTests {
    private func open(_ reference: String) -> InterventionReply.Result {
        InterventionReply.Result(
            reference: reference, done: false, state: "failed",
            error: ReasonView(
                code: "needs_confirmation", text: "\(reference) costs a call", textFR: "\(reference) coûte un appel"))
    }

    private func done(_ reference: String, state: String = "queued") -> InterventionReply.Result {
        InterventionReply.Result(reference: reference, done: true, state: state, error: nil)
    }

    private func bodies(_ session: Session) -> [String] {
        session.daemon.requests.map {
            if case .json(let bytes) = $0.body { String(decoding: bytes, as: UTF8.self) } else { "" }
        }
    }

    private static let arguments = ["resend", "--channel", "fax", Samples.reference]

    @Test("a person at a terminal says yes, and it is done then")
    func yes() async {
        let session = Session(language: .french, width: 80, typed: "oui\n", inputIsTerminal: true)
        session.daemon.answer("interventions", InterventionReply(results: [open(Samples.reference)]))
        session.daemon.answer("interventions", InterventionReply(results: [done(Samples.reference)]))
        let outcome = await session.run(Self.arguments)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "\(Samples.reference) coûte un appel\nContinuer ? [o/N] ")
        #expect(outcome.out.hasPrefix(Samples.reference))
        #expect(
            bodies(session) == [
                #"{"action":"resend","channel":"fax","references":["\#(Samples.reference)"]}"#,
                #"{"action":"resend","channel":"fax","confirmed":true,"references":["\#(Samples.reference)"]}"#,
            ])
    }

    @Test("a person at a terminal says anything else, and nothing is done", arguments: ["n\n", "\n", ""])
    func no(typed: String) async {
        let session = Session(width: 80, typed: typed, inputIsTerminal: true)
        session.daemon.answer("interventions", InterventionReply(results: [open(Samples.reference)]))
        let outcome = await session.run(Self.arguments)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("Nothing was done."))
        #expect(outcome.out.isEmpty && session.daemon.requests.count == 1)
    }

    @Test("where nobody can be asked, the way to say yes is told")
    func noTerminal() async {
        for (language, words) in [(Language.french, "ajoutez --yes"), (.english, "add --yes")] {
            let session = Session(language: language, typed: "y\n")
            session.daemon.answer("interventions", InterventionReply(results: [open(Samples.reference)]))
            let outcome = await session.run(Self.arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(session.daemon.requests.count == 1)
        }
    }

    @Test("in JSON nobody is asked")
    func json() async {
        let session = Session(width: 80, typed: "y\n", inputIsTerminal: true)
        session.daemon.answer("interventions", InterventionReply(results: [open(Samples.reference)]))
        let outcome = await session.run(Self.arguments + ["--json"])
        #expect(outcome.status == 64)
        #expect(outcome.out.contains("needs_confirmation") && outcome.errors.isEmpty)
        #expect(session.daemon.requests.count == 1)
    }

    @Test("--yes says so at once")
    func confirmed() async {
        let session = Session()
        session.daemon.answer("interventions", InterventionReply(results: [done(Samples.reference)]))
        #expect(await session.run(Self.arguments + ["--yes"]).status == 0)
        #expect(bodies(session).first?.contains(#""confirmed":true"#) == true && session.daemon.requests.count == 1)
    }

    @Test("of several, only those that need it are asked about and done again")
    func several() async {
        let session = Session(width: 80, typed: "y\n", inputIsTerminal: true)
        session.daemon.answer(
            "interventions", InterventionReply(results: [done(Samples.other), open(Samples.reference)]))
        session.daemon.answer("interventions", InterventionReply(results: [done(Samples.reference)]))
        let outcome = await session.run("release", Samples.other, Samples.reference)
        #expect(outcome.status == 0)
        #expect(outcome.out.split(separator: "\n").count == 2)
        #expect(
            bodies(session).last
                == #"{"action":"release","confirmed":true,"references":["\#(Samples.reference)"]}"#)
    }

    @Test("calling off a fax that is under way is asked of the gateway, and said to be no more than that")
    func callOff() async {
        let session = Session()
        session.daemon.answer(
            "interventions", InterventionReply(results: [done(Samples.reference, state: "sending")]))
        let outcome = await session.run("cancel", Samples.reference)
        #expect(outcome.status == 0)
        #expect(outcome.out == "\(Samples.reference)  the gateway is asked to call it off\n")
    }

    @Test("a channel that pauses is shown with the reason and until when")
    func paused() async {
        var status = Samples.status
        var fax = ChannelView(name: "fax", working: true)
        fax.pause = SentenceView(text: "Outside the hours.", textFR: "Hors des heures.")
        fax.pausedUntil = "2026-11-23T14:00:00Z"
        status.channels = [ChannelView(name: "smtp", working: true), fax]
        for (language, row, reason) in [
            (Language.french, "en pause jusqu'au 23/11/2026 15:00", "fax : Hors des heures."),
            (.english, "paused until 2026-11-23 15:00", "fax: Outside the hours."),
        ] {
            let session = Session(language: language)
            session.daemon.answer("status", status)
            let outcome = await session.run("status")
            #expect(outcome.out.contains(row) && outcome.out.contains(reason), "\(outcome.out)")
        }
    }

    @Test("an attempt under way is shown with what the gateway says")
    func underWay() async {
        var submission = Samples.submission(state: "sending")
        var attempt = AttemptView(
            number: 1, channel: "fax", endpoint: "fax.example.fr:4559", startedAt: "2026-11-23T11:58:00Z")
        attempt.text = "Fax: try 2/5: busy"
        attempt.job = "17"
        submission.attempts = [attempt]
        let session = Session()
        session.daemon.answer("submissions/\(Samples.reference)", submission)
        let outcome = await session.run("show", Samples.reference)
        #expect(outcome.out.contains("Fax: try 2/5: busy") && outcome.out.contains("fax.example.fr:4559"))
    }
}
