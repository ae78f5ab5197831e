import ControlAPI
import Platform
import SupportDesk
import Testing
import UnixSocketHTTP

struct WatchingTests {
    @Test("Waiting ends with 0 once the state is reached or passed", arguments: ["relayed", "delivered", "answered"])
    func reached(_ state: String) async {
        let session = Session()
        session.daemon.answer("events", EventPage(events: [], last: 7))
        session.daemon.answer("events?after=7", EventPage(events: [Samples.event(8, state: state)], last: 8))
        session.daemon.answer("submissions/", Samples.submission())
        session.daemon.answer("submissions/", Samples.submission(state: state))
        let outcome = await session.run("wait", Samples.reference, "--until", "relayed")
        #expect(outcome.status == 0)
        #expect(outcome.out.hasPrefix("\(Samples.reference)  \(state)"))
        #expect(
            session.daemon.targets == [
                "/v1/events?reference=\(Samples.reference)&wait=0", "/v1/submissions/\(Samples.reference)",
                "/v1/events?after=7&reference=\(Samples.reference)&wait=25", "/v1/submissions/\(Samples.reference)",
            ])
    }

    @Test(
        "Waiting ends with 1 where it will not come by itself", arguments: ["failed", "rejected", "cancelled", "held"])
    func never(_ state: String) async {
        let session = Session()
        session.daemon.answer("events", EventPage(events: [], last: 7))
        var submission = Samples.submission(state: state)
        submission.reason = ReasonView(code: "uncertain", text: "The reason why.", textFR: "La raison.")
        session.daemon.answer("submissions/", submission)
        let outcome = await session.run("wait", Samples.reference, "--until", "delivered")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("The reason why."))
    }

    @Test("Waiting ends with 75 when the time is over, and waits no longer than that")
    func timeout() async {
        let session = Session()
        session.daemon.answer("events", EventPage(events: [], last: 7))
        // The daemon goes away, so that time passes by pauses.
        session.daemon.fail("events?after=7", .refused)
        session.daemon.answer("submissions/", Samples.submission())
        let outcome = await session.run("wait", Samples.reference, "--until", "relayed", "--timeout", "3s")
        #expect(outcome.status == 75)
        #expect(session.now.current == Session.noon + .seconds(3))
        #expect(session.daemon.targets.filter { $0.contains("after=7") && $0.hasSuffix("wait=3") }.count == 1)
    }

    @Test("Waiting for an unknown submission is 1, without a daemon 69")
    func unknown() async {
        let session = Session()
        session.daemon.refuse("events", 404, code: "not_found")
        #expect(await session.run("wait", Samples.reference, "--until", "relayed").status == 1)
        let away = Session()
        away.daemon.fail("events", .absent)
        #expect(await away.run("wait", Samples.reference, "--until", "relayed").status == 69)
    }

    @Test("Watching goes on after the daemon came back, from where it stopped")
    func restart() async {
        let session = Session(language: .french)
        session.daemon.answer("events", EventPage(events: [], last: 7))
        session.daemon.answer("events?after=7", EventPage(events: [Samples.event(8, state: "sending")], last: 8))
        session.daemon.fail("events?after=8", .refused)
        session.daemon.fail("events?after=8", .absent)
        session.daemon.answer("events?after=8", EventPage(events: [Samples.event(9, state: "relayed")], last: 9))
        // What ends the test: somebody lost the right to ask.
        session.daemon.refuse("events?after=9", 403, code: "not_permitted")
        let outcome = await session.run("watch")
        #expect(outcome.status == 77)
        #expect(
            outcome.out == """
                13:00:01  \(Samples.reference)  en cours      Il s'est passé quelque chose
                13:00:01  \(Samples.reference)  relayé        Il s'est passé quelque chose

                """)
        #expect(outcome.errors.split(separator: "\n").filter { $0.contains("ne répond plus") }.count == 1)
        #expect(outcome.errors.contains("répond de nouveau"))
    }

    @Test("Watching in JSON prints one event a line and no remarks")
    func json() async {
        let session = Session(language: .french)
        session.daemon.answer("events", EventPage(events: [], last: 1))
        session.daemon.fail("events?after=1", .refused)
        session.daemon.answer("events?after=1", EventPage(events: [Samples.event(2, state: "relayed")], last: 2))
        session.daemon.refuse("events?after=2", 403, code: "not_permitted")
        let outcome = await session.run("watch", "--json")
        #expect(outcome.out.hasPrefix(#"{"at":"2026-11-23T12:00:01Z","id":2,"reference":"#))
        #expect(outcome.errors.hasPrefix(#"{"error":"#))
    }

    @Test("Watching an unknown submission is 1")
    func watchUnknown() async {
        let session = Session()
        session.daemon.refuse("submissions/", 404, code: "not_found")
        #expect(await session.run("watch", Samples.reference).status == 1)
    }
}
