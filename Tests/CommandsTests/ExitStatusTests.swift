import SupportDesk
import Testing
import UnixSocketHTTP

/// The exit codes of the visible contract.
struct ExitStatusTests {
    @Test(
        "A daemon that cannot be asked has its code, and the words name the socket",
        arguments: [
            (UnixSocketFailure.Kind.absent, Int32(69)), (.refused, 69), (.broken, 69), (.timedOut, 75),
            (.notPermitted, 77),
        ])
    func unreachable(_ kind: UnixSocketFailure.Kind, _ status: Int32) async {
        for language in Language.allCases {
            let session = Session(language: language)
            session.daemon.fail("status", kind)
            let outcome = await session.run("status")
            #expect(outcome.status == status)
            #expect(outcome.out.isEmpty)
            #expect(outcome.errors.contains("/run/fake.sock"))
        }
    }

    @Test("A daemon that is away sends to systemctl")
    func advice() async {
        let session = Session()
        session.daemon.fail("status", .absent)
        #expect(await session.run("status").errors.contains("systemctl status assistd"))
    }

    @Test(
        "A refusal keeps its meaning",
        arguments: [(400, Int32(65)), (403, 77), (404, 1), (409, 75), (413, 65), (500, 75), (503, 75)])
    func refusals(_ answer: Int, _ status: Int32) async {
        let session = Session()
        session.daemon.refuse("submissions/", answer, code: "whatever")
        let outcome = await session.run("show", Samples.reference)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains("Refused."))
    }

    @Test("A refusal without words still says something, and where to look")
    func bareRefusal() async {
        let session = Session()
        session.daemon.answer("status", 502, "no error view")
        let outcome = await session.run("status")
        #expect(outcome.status == 75)
        #expect(outcome.errors.contains("502"))
        #expect(outcome.errors.contains("journalctl -u assistd"))
    }

    @Test("An answer that is not understood asks for the versions")
    func notUnderstood() async {
        let session = Session()
        session.daemon.answer("status", bytes: Array("<html>".utf8))
        let outcome = await session.run("status")
        #expect(outcome.status == 75)
        #expect(outcome.errors.contains("assistd --version"))
    }

    @Test("A malformed reference is bad input, and nothing is asked", arguments: ["show", "status", "watch", "retry"])
    func malformedReference(_ command: String) async {
        let session = Session()
        let outcome = await session.run(command, "ASD-NOPE")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("ASD-NOPE"))
        #expect(session.daemon.requests.isEmpty)
    }

    @Test("A configuration that somebody named and that is absent is a configuration error")
    func absentConfiguration() async {
        #expect(await Session().run("status", "--config", "/nowhere/assistd.toml").status == 78)
        #expect(await Session(environment: ["ASSISTD_CONFIG": "/nowhere/assistd.toml"]).run("status").status == 78)
        #expect(await Session().run("--config", "/nowhere/assistd.toml", "status").status == 78)
    }

    @Test("In JSON mode an error is an object with both languages")
    func jsonErrors() async {
        let session = Session(language: .french)
        session.daemon.refuse("submissions/", 404, code: "not_found")
        let outcome = await session.run("show", Samples.reference, "--json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(#"{"error":{"code":"not_found","text":""#))
        #expect(outcome.errors.contains(#""text_fr":""#))
    }
}
