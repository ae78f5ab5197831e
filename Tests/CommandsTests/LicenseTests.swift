import ControlAPI
import SupportDesk
import TestSupport
import Testing

struct LicenseTests {
    private let folder: TemporaryFolder
    private let configuration: String

    init() throws {
        folder = try TemporaryFolder()
        configuration = folder("assistd.toml")
        try folder.write(
            """
            [smtp]
            url = "smtp://mail.example.fr:587"
            from = "assistd@example.fr"
            tls = "required"
            [licenses]
            register = "\(folder("register.csv"))"
            """.utf8, to: "assistd.toml")
    }

    @Test("Entitled is 0, not entitled 1", arguments: [true, false])
    func check(_ entitled: Bool) async {
        let session = Session(language: .french)
        var license = LicenseView(license: "12345", known: true, entitled: entitled, policy: "forward")
        license.contractEndsOn = "2027-01-31"
        license.reason = ReasonView(code: "contract_expired", text: "Over.", textFR: "Terminé.")
        session.daemon.answer("licenses/12%20345%2F..", license)
        let outcome = await session.run("license", "check", "12 345/..")
        #expect(outcome.status == (entitled ? 0 : 1))
        #expect(outcome.out.contains(entitled ? "en règle" : "sans droit"))
        #expect(outcome.out.contains("Fin du contrat  31/01/2027"))
        #expect(outcome.out.contains("Terminé."))
    }

    @Test("The register's licences are listed, in JSON one object a line")
    func list() async {
        let session = Session()
        let license = LicenseView(license: "12345", known: true, entitled: true, policy: "forward")
        session.daemon.answer("licenses", LicensePage(licenses: [license, license]))
        #expect(await session.run("license", "list").out == "12345  entitled  -  \n12345  entitled  -  \n")
        let json = await session.run("license", "list", "--json").out
        #expect(json.split(separator: "\n").count == 2)
        #expect(json.contains(#""purchased_on":null"#))
    }

    @Test("A good register takes the place of the old one, whose rights it keeps")
    func replace() async throws {
        let content = "licence;societe\n12345;Dupont\n67890;Durand\n"
        try folder.write("old".utf8, to: "register.csv")
        try folder.write(content.utf8, to: "new.csv")
        let outcome = await Session(language: .french).run(
            "license", "import", folder("new.csv"), "--config", configuration)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.out.contains("2 licences en place"))
        #expect(try folder.text(of: "register.csv") == content)
        #expect(try folder.names(in: ".").sorted() == ["assistd.toml", "new.csv", "register.csv"])
    }

    @Test("A broken register is refused with line numbers, and the old one stays")
    func refuse() async throws {
        try folder.write("old".utf8, to: "register.csv")
        try folder.write("licence;date_achat\n12345;31/02/2024\n".utf8, to: "new.csv")
        let outcome = await Session().run("license", "import", folder("new.csv"), "--config", configuration)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("line 2"))
        #expect(try folder.text(of: "register.csv") == "old")
    }

    @Test("Without a register in the configuration there is nothing to replace")
    func noRegister() async throws {
        try folder.write("licence\n12345\n".utf8, to: "new.csv")
        try folder.write(
            "[smtp]\nurl = \"smtp://mail.example.fr:587\"\nfrom = \"a@example.fr\"\n".utf8, to: "assistd.toml")
        #expect(await Session().run("license", "import", folder("new.csv"), "--config", configuration).status == 78)
    }
}
