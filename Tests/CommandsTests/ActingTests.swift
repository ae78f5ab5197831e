import ControlAPI
import SupportDesk
import Testing
import UnixSocketHTTP

struct ActingTests {
    private func reply(_ results: (String?, Bool)...) -> InterventionReply {
        InterventionReply(
            results: results.enumerated().map { index, result in
                InterventionReply.Result(
                    reference: index == 0 ? Samples.reference : Samples.other, done: result.1, state: "queued",
                    error: result.0.map { ReasonView(code: $0, text: "No: \($0).", textFR: "Non : \($0).") })
            })
    }

    private func body(_ request: UnixSocketRequest) -> String {
        if case .json(let bytes) = request.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }

    @Test("Each action is asked for by its name", arguments: ["retry", "cancel", "hold", "release", "resend"])
    func actions(_ name: String) async {
        let session = Session()
        session.daemon.answer("interventions", reply((nil, true)))
        let outcome = await session.run(name, "asd 4f7k 9m2t x8qb")
        #expect(outcome.status == 0)
        #expect(outcome.out.hasPrefix(Samples.reference))
        #expect(body(session.daemon.requests[0]) == #"{"action":"\#(name)","references":["\#(Samples.reference)"]}"#)
    }

    @Test(
        "The worst of several results is the exit code",
        arguments: [("not_found", Int32(1)), ("not_possible", 1), ("try_again", 75), ("not_permitted", 77)])
    func worst(_ code: String, _ status: Int32) async {
        let session = Session()
        session.daemon.answer("interventions", reply((nil, true), (code, false)))
        let outcome = await session.run("retry", Samples.reference, Samples.other)
        #expect(outcome.status == status)
        #expect(outcome.out == "\(Samples.reference)  will be tried again\n")
        #expect(outcome.errors == "\(Samples.other)  No: \(code).\n")
    }

    @Test("All of a state are acted on without naming them")
    func all() async {
        let session = Session()
        session.daemon.answer("interventions", reply((nil, true)))
        #expect(await session.run("resend", "--all", "--state", "failed", "--channel", "fax").status == 0)
        #expect(
            body(session.daemon.requests[0])
                == #"{"action":"resend","channel":"fax","references":[],"state":"failed"}"#)
    }

    @Test(
        "A person at a terminal is asked first when it is many",
        arguments: [("n\n", false), ("", false), ("o\n", true), ("y\n", true)])
    func confirmation(_ typed: String, _ goesOn: Bool) async {
        let session = Session(language: .french, width: 80, typed: typed, inputIsTerminal: true)
        session.daemon.answer("status", Samples.status)
        session.daemon.answer("interventions", reply((nil, true)))
        let outcome = await session.run("retry", "--all", "--state", "failed")
        #expect(outcome.errors.contains("3 demandes dans l'état « échec ». Continuer ? [o/N]"))
        #expect(outcome.status == (goesOn ? 0 : 1))
        #expect(session.daemon.targets.contains("/v1/interventions") == goesOn)
    }

    @Test("With --yes nobody is asked")
    func yes() async {
        let session = Session(width: 80, inputIsTerminal: true)
        session.daemon.answer("interventions", reply((nil, true)))
        #expect(await session.run("retry", "--all", "--state", "failed", "--yes").status == 0)
        #expect(session.daemon.targets == ["/v1/interventions"])
    }

    @Test("In JSON the reply comes out whole")
    func json() async {
        let session = Session()
        session.daemon.answer("interventions", reply(("try_again", false)))
        let outcome = await session.run("hold", Samples.reference, "--json")
        #expect(outcome.status == 75)
        #expect(outcome.out.contains(#""done":false"#))
        #expect(outcome.errors.isEmpty)
    }
}
