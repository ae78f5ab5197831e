import ControlAPI
import SupportDesk
import Testing

@testable import Commands

/// What a licence covers, until when, and that it ends soon.
struct LicenseCoverTests {
    /// Ends in 14 days; the year after the purchase goes on.
    private static var ending: LicenseView {
        var license = LicenseView(license: "12345", known: true, entitled: true, policy: "forward")
        license.company = "Dupont"
        license.contract = "Privilège"
        license.basis = "contract"
        license.contractEndsOn = "2026-12-07"
        license.coveredUntil = "2027-03-01"
        license.daysLeft = 14
        license.covers = ["mail", "fax", "callback", "telex"]
        license.warnings = [
            SentenceView(
                text: "The assistance contract Privilège ends on 2026-12-07 (in 14 days).",
                textFR: "Le contrat d'assistance Privilège se termine le 07/12/2026 (dans 14 jours).")
        ]
        return license
    }

    private func session(_ license: LicenseView, _ language: Language, width: Int? = nil) -> Session {
        let session = Session(language: language, width: width)
        session.daemon.answer("licenses", LicensePage(licenses: [license]))
        session.daemon.answer("licenses/", license)
        return session
    }

    @Test("A check tells what is covered, until when, and the warning")
    func check() async {
        let french = await session(Self.ending, .french).run("license", "check", "12345")
        #expect(french.status == 0)
        #expect(
            french.out == """
                12345  en règle
                  Un rapport est  envoyé
                  Société         Dupont
                  Contrat         Privilège
                  Fin du contrat  07/12/2026
                  Droit jusqu'au  01/03/2027
                  Donne droit à   le courriel, le fax, le rappel téléphonique, telex
                Le contrat d'assistance Privilège se termine le 07/12/2026 (dans 14 jours).

                """)
        let english = await session(Self.ending, .english).run("license", "check", "12345")
        #expect(
            english.out == """
                12345  entitled
                  A report is       sent on
                  Company           Dupont
                  Contract          Privilège
                  Contract ends on  2026-12-07
                  Covered until     2027-03-01
                  Covers            mail, fax, call-backs, telex
                The assistance contract Privilège ends on 2026-12-07 (in 14 days).

                """)
    }

    @Test("A licence that covers nothing says so", arguments: [(Language.french, "rien"), (.english, "nothing")])
    func nothing(_ language: Language, _ word: String) async {
        var license = LicenseView(license: "1", known: true, entitled: false, policy: "hold")
        license.covers = []
        let outcome = await session(license, language).run("license", "check", "1")
        #expect(outcome.status == 1)
        #expect(
            outcome.out.contains(language == .french ? "Donne droit à   rien\n" : "Covers       nothing\n"), "\(word)")
    }

    @Test(
        "A list tells the end that is near, and how near, or else the last day of all",
        arguments: [
            (14, "contract", "07/12/2026 (J-14)", "2026-12-07 (14 d left)"),
            (1, "contract", "07/12/2026 (J-1)", "2026-12-07 (1 d left)"),
            (0, "contract", "07/12/2026 (aujourd'hui)", "2026-12-07 (today)"),
            (3, "purchase", "01/03/2027 (J-3)", "2027-03-01 (3 d left)"),
            (nil, "contract", "01/03/2027", "2027-03-01"),
        ] as [(Int?, String, String, String)])
    func list(_ left: Int?, _ basis: String, _ french: String, _ english: String) async {
        var license = Self.ending
        license.daysLeft = left
        license.basis = basis
        #expect(
            await session(license, .french).run("license", "list").out == "12345  en règle  \(french)  Dupont\n")
        #expect(
            await session(license, .english).run("license", "list").out == "12345  entitled  \(english)  Dupont\n")
    }

    @Test("For programs every key is there")
    func json() async {
        let bare = LicenseView(license: "1", known: false, entitled: true, policy: "forward")
        #expect(
            await session(bare, .french).run("license", "check", "1", "--json").out
                == #"{"basis":null,"company":null,"contract":null,"contract_ends_on":null,"covered_until":null,"#
                + #""covers":null,"days_left":null,"entitled":true,"known":false,"license":"1","partner":null,"#
                + #""policy":"forward","product":null,"purchased_on":null,"reason":null,"updated_on":null,"#
                + #""version":null,"warnings":[]}"# + "\n")
        let full = await session(Self.ending, .french).run("license", "list", "--json").out
        #expect(full.contains(#""covers":["mail","fax","callback","telex"],"days_left":14"#))
        #expect(full.contains(#""covered_until":"2027-03-01""#))
    }

    @Test("On a narrow terminal nothing is cut", arguments: Language.allCases)
    func narrow(_ language: Language) async {
        let out = await session(Self.ending, language, width: 40).run("license", "check", "12345").out
        #expect(!out.contains("…"))
        #expect(out.contains("telex"))
        for line in out.split(separator: "\n") { #expect(String(line).columns <= 40, "\(line)") }
    }
}
