import ControlAPI
import SupportDesk
import Testing
import UnixSocketHTTP

/// `callback`: what is asked of the daemon, and what is told of its answer.
struct CallbackTests {
    private static let explanation = SentenceView(
        text: "A technician calls back on Tuesday 2026-11-24 from 14:00 to 18:00 (Europe/Paris).",
        textFR: "Un technicien rappelle mardi 24/11/2026 de 14:00 à 18:00 (Europe/Paris).")

    private func session(_ language: Language = .english, state: String = "queued", width: Int? = nil) -> Session {
        let session = Session(language: language, width: width)
        var submission = Samples.submission(state: state, subject: "Rappel")
        submission.kind = "callback"
        if state == "rejected" || state == "held" {
            submission.reason = ReasonView(
                code: "license_unknown", text: "License 1 is not in the register.",
                textFR: "La licence 1 n'est pas au registre.")
        }
        let reply = CallbackReply(
            submission: submission, wished: nil, cause: "as_wished", explanation: Self.explanation)
        session.daemon.answer("callbacks", state == "rejected" ? 422 : 201, reply)
        return session
    }

    private func order(_ session: Session) -> CallbackOrder? {
        guard session.daemon.targets == ["/v1/callbacks"], case .json(let bytes) = session.daemon.requests[0].body
        else { return nil }
        return try? ControlAPI.value(CallbackOrder.self, fromJSON: bytes)
    }

    @Test("What the options say is what is asked")
    func request() async {
        let session = session(.french)
        let outcome = await session.run(
            "callback", "--license", "12345", "--phone", "01 99 00 12 34", "--slot", "24/11/2026 14h", "--contact",
            "Zoé",
            "--company", "Étang SA", "--email", "zoe@example.fr", "--about", "l'impression", "--report",
            "asd 4f7k 9m2t x8qc")
        #expect(outcome.status == 0, "\(outcome.errors)")
        var wanted = CallbackOrder()
        wanted.license = "12345"
        wanted.phone = "01 99 00 12 34"
        wanted.slot = "24/11/2026 14h"
        wanted.contact = "Zoé"
        wanted.company = "Étang SA"
        wanted.email = "zoe@example.fr"
        wanted.about = "l'impression"
        wanted.related = Samples.other
        wanted.language = "fr"
        #expect(order(session) == wanted)
    }

    @Test("The reference comes first, then which window and why", arguments: Language.allCases)
    func told(_ language: Language) async {
        let outcome = await session(language).run("callback", "--license", "12345", "--phone", "01 99 00 12 34")
        let sentence = language == .french ? Self.explanation.textFR : Self.explanation.text
        #expect(outcome.out == "\(Samples.reference)\n\(sentence)\n")
        #expect(outcome.errors.isEmpty)
        let bare = await session(language).run("callback", "--license", "12345")
        #expect(bare.out == outcome.out)
        #expect(
            bare.errors
                == (language == .french
                    ? "Sans --phone, l'assistance appelle le numéro qu'elle connaît.\n"
                    : "Without --phone, the desk calls the number it has.\n"))
    }

    @Test("One that is held says why")
    func held() async {
        let french = await session(.french, state: "held").run("callback", "--license", "1", "--phone", "0199001234")
        #expect(french.status == 0)
        #expect(french.errors == "Retenu pour une personne : La licence 1 n'est pas au registre.\n")
        let english = await session(state: "held").run("callback", "--license", "1", "--phone", "0199001234")
        #expect(english.errors == "Held for a person: License 1 is not in the register.\n")
    }

    @Test("One that is rejected is bad input")
    func rejected() async {
        let french = await session(.french, state: "rejected").run("callback", "--license", "1")
        #expect(french.status == 65)
        #expect(french.out.isEmpty)
        #expect(
            french.errors
                == "assistctl: rappel : refusé : La licence 1 n'est pas au registre. (\(Samples.reference))\n")
        let english = await session(state: "rejected").run("callback", "--license", "1")
        #expect(english.errors.hasPrefix("assistctl: call-back: rejected: License 1 is not in"))
        let json = await session(state: "rejected").run("callback", "--license", "1", "--json")
        #expect(json.status == 65)
        #expect(json.out.contains(#""state":"rejected""#))
        #expect(json.errors.isEmpty)
    }

    @Test("A refusal without a submission is bad input, and one that is over is not so")
    func refused() async {
        for (answer, status) in [(422, Int32(65)), (410, 1), (404, 1), (503, 75), (403, 77)] {
            let session = Session(language: .french)
            session.daemon.refuse("callbacks", answer, code: "whatever")
            let outcome = await session.run("callback", "--change", Samples.reference)
            #expect(outcome.status == status, "\(answer)")
            #expect(outcome.errors == "assistctl: Refusé.\n")
        }
    }

    @Test("Moved and called off")
    func changes() async {
        let moved = session()
        #expect(await moved.run("callback", "--change", "asd4f7k9m2tx8qb", "--slot", "tomorrow 2pm").status == 0)
        var wanted = CallbackOrder()
        wanted.change = Samples.reference
        wanted.slot = "tomorrow 2pm"
        wanted.language = "en"
        #expect(order(moved) == wanted)
        let off = session()
        let outcome = await off.run("callback", "--cancel", Samples.reference)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        wanted = CallbackOrder()
        wanted.cancel = Samples.reference
        wanted.language = "en"
        #expect(order(off) == wanted)
    }

    @Test(
        "What is no date, address or reference is refused before the daemon is asked",
        arguments: [
            (["--slot", "31/02/2026"], "« 31/02/2026 » n'est pas une date", "“31/02/2026” is no date"),
            (["--slot", "bientôt\u{1B}"], "« bientôt\u{FFFD} » n'est pas", "“bientôt\u{FFFD}” is no date"),
            (
                ["--email", "zoe"], "« zoe » n'est pas une adresse de courriel",
                "“zoe” is not an email address"
            ),
            (["--report", "ASD-1"], "« ASD-1 » n'est pas une référence", "“ASD-1” is not a reference"),
        ])
    func bad(_ options: [String], _ french: String, _ english: String) async {
        for (language, words) in [(Language.french, french), (.english, english)] {
            let session = session(language)
            let outcome = await session.run(["callback", "--license", "12345"] + options)
            #expect(outcome.status == 65)
            #expect(outcome.out.isEmpty)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(session.daemon.requests.isEmpty)
        }
    }

    @Test(
        "What does not go together is a usage error",
        arguments: [
            [], ["--change", "A", "--cancel", "A"], ["--cancel", "A", "--slot", "demain"],
            ["--cancel", "A", "--email", "a@b"],
            ["--cancel", "A", "--company", "x"], ["--cancel", "A", "--report", "B"], ["--license"], ["now"],
        ])
    func usage(_ options: [String]) async {
        for language in Language.allCases {
            let session = session(language)
            let outcome = await session.run(["callback"] + options)
            #expect(outcome.status == 64)
            #expect(outcome.out.isEmpty)
            #expect(session.daemon.requests.isEmpty)
        }
    }

    @Test("For programs the answer comes out whole")
    func json() async {
        let outcome = await session(.french).run("callback", "--license", "12345", "--json")
        #expect(outcome.errors.isEmpty)
        #expect(
            outcome.out.hasPrefix(
                #"{"cause":"as_wished","explanation":{"text":"A technician calls back on Tuesday"#))
        #expect(outcome.out.contains(#""wished":null}"#))
        #expect(outcome.out.contains(#""submission":{"#))
    }
}
