import ControlAPI
import SupportDesk
import Testing
import UnixSocketHTTP

struct DoctorCommandTests {
    private func check(_ verdict: String) -> DoctorView.Check {
        DoctorView.Check(
            name: "smtp", verdict: verdict, text: "The login is refused.", textFR: "La connexion est refusée.",
            mend: verdict == "ok" ? nil : "correct it.", mendFR: verdict == "ok" ? nil : "corrigez-la.")
    }

    @Test("Only a fault makes it 1", arguments: [("ok", Int32(0)), ("warning", 0), ("fault", 1)])
    func status(_ verdict: String, _ status: Int32) async {
        let session = Session(language: .french)
        session.daemon.answer("doctor", DoctorView(checks: [check("ok"), check(verdict)]))
        let outcome = await session.run("doctor")
        #expect(outcome.status == status)
        #expect(outcome.out.contains("smtp : La connexion est refusée."))
        #expect(outcome.out.contains("→ corrigez-la.") == (verdict != "ok"))
    }

    @Test("Without the daemon that is a fault, and what assistd says of the named configuration follows")
    func local() async {
        let session = Session(environment: ["ASSISTD_CONFIG": "/nowhere/assistd.toml"])
        session.daemon.fail("doctor", .absent)
        let outcome = await session.run("doctor", "--json")
        #expect(outcome.status == 1)
        #expect(outcome.out.contains(#""name":"daemon""#))
        #expect(outcome.out.contains(#""name":"examined""#))
        #expect(outcome.out.contains("/nowhere/assistd.toml"))
    }

    @Test("Who is not an administrator is told so")
    func notPermitted() async {
        let session = Session()
        session.daemon.refuse("doctor", 403, code: "not_permitted")
        #expect(await session.run("doctor").status == 77)
    }
}
