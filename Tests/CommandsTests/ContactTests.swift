import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import Commands

/// `contact`: the coordinates of the desk and of the partner.
struct ContactTests {
    private static let sample =
        "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/config/Gestimum.Partenaire"

    private static let desk = """
          Assistance           +33 1 34 84 09 94
          Courriel             assistance@gestimum.com
          Fax                  +33 1 30 41 77 81
          Standard             +33 1 34 84 09 89
          Commercial           +33 1 34 84 09 99
          Courriel commercial  contact@gestimum.com
          Adresse              Rambouillet, France
          Web                  https://www.gestimum.com

        """

    private func withPartner(_ lines: String = "") throws -> ConfiguredDesk {
        let desk = try ConfiguredDesk(lines)
        try desk.folder.write(try Data(contentsOf: URL(fileURLWithPath: Self.sample)), to: "Gestimum.Partenaire")
        return desk
    }

    @Test("Open, without a partner")
    func open() async throws {
        let outcome = try await ConfiguredDesk().run("contact", in: .french, at: "2026-11-23T09:00:00Z")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(
            outcome.out == "GESTIMUM  ouvert jusqu'à 12:30  (Europe/Paris)\n" + Self.desk
                + "\nL'assistance répond en ce moment au +33 1 34 84 09 94. Préparez votre numéro de licence.\n")
    }

    @Test(
        "Closed and on a holiday: when it answers again, and what goes until then",
        arguments: [
            ("2026-11-23T20:00:00Z", "24/11/2026", "2026-11-24"), ("2026-12-25T10:00:00Z", "28/12/2026", "2026-12-28"),
        ])
    func closed(_ time: String, _ french: String, _ english: String) async throws {
        let desk = try ConfiguredDesk()
        let day = time.contains("-12-") ? ("lundi", "Monday") : ("mardi", "Tuesday")
        #expect(
            await desk.run("contact", in: .french, at: time).out.hasSuffix(
                "\n\nL'assistance répond de nouveau \(day.0) \(french) 09:00 au +33 1 34 84 09 94. À toute heure, une question "
                    + "écrite s'envoie (assistctl submit) et un rappel se demande (assistctl callback).\n"))
        #expect(
            await desk.run("contact", at: time).out.hasSuffix(
                "\n\nThe desk answers again on \(day.1) \(english) 09:00, at +33 1 34 84 09 94. At any hour, a written "
                    + "question can be sent (assistctl submit) and a call-back asked for (assistctl callback).\n"))
    }

    @Test("The partner's file beside the configuration is read", arguments: Language.allCases)
    func partner(_ language: Language) async throws {
        let outcome = try await withPartner().run("contact", in: language)
        #expect(outcome.errors.isEmpty)
        let french = """

            Négoce Informatique Rambouillet  (votre partenaire)
              Intégrateur GESTIMUM
              Assistance     Assistance Négoce Informatique
              Téléphone      +33 1 99 00 12 35
                             +33 1 99 00 12 36
              Standard       +33 1 99 00 12 34
              Courriel       assistance@negoce-informatique.example
                             urgences@negoce-informatique.example
              Commercial     Hélène Lefèvre
              Adresse        12, rue de l’Étang, 78120 Rambouillet
              Web            https://www.negoce-informatique.example
                             https://aide.negoce-informatique.example
              Prise en main  G en ligne
              Message        Du lundi au vendredi, de 9 h à 12 h 30 et de 14 h à 18 h.
                             Munissez-vous de votre numéro de licence.

            """
        let english = """

            Négoce Informatique Rambouillet  (your partner)
              Intégrateur GESTIMUM
              Support         Assistance Négoce Informatique
              Phone           +33 1 99 00 12 35
            """
        #expect(outcome.out.contains(language == .french ? french : english), "\(outcome.out)")
    }

    @Test("A broken partner file is told of on the side; the desk's coordinates come all the same")
    func broken() async throws {
        let desk = try ConfiguredDesk()
        try desk.folder.write("[Partenaire\nTelephone=1\n".utf8, to: "Gestimum.Partenaire")
        for language in Language.allCases {
            let outcome = await desk.run("contact", in: language)
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("Gestimum.Partenaire"))
            #expect(outcome.errors.contains(language == .french ? "il manque « ] »" : "“]” is missing"))
            #expect(outcome.out.contains("+33 1 34 84 09 94"))
        }
        let json = await desk.run("contact", "--json")
        #expect(json.out.hasSuffix(#""partner":null}"# + "\n"))
        #expect(json.errors.contains(#""code":"malformed""#))
    }

    @Test("What is configured replaces what is built in, and persons are named")
    func configured() async throws {
        let desk = try ConfiguredDesk(
            #"contacts = ["fax: aucun", "assistance: 01 99 00 12 30", "personne: Claire Martin, technicienne, "#
                + #"+33 1 99 00 12 34, claire@example.fr", "personne: Paul Roux"]"# + "\npartner_file = \"p.ini\"")
        try desk.folder.write("[Assistance]\nTelephone=01 99 00 12 39\n".utf8, to: "p.ini")
        let out = await desk.run("contact", in: .french).out
        #expect(out.contains("  Assistance           +33 1 99 00 12 30\n"))
        #expect(!out.contains("Fax"))
        #expect(
            out.contains(
                "  Personne             Claire Martin, technicienne, +33 1 99 00 12 34, claire@example.fr\n"
                    + "                       Paul Roux\n"), "\(out)")
        // A partner without a name.
        #expect(out.contains("\nVotre partenaire\n  Téléphone  +33 1 99 00 12 39\n"), "\(out)")
        #expect(await desk.run("contact").out.contains("\nYour partner\n  Phone  +33 1 99 00 12 39\n"))
    }

    @Test("For programs every key is there, with a value or null")
    func json() async throws {
        let out = try await withPartner(#"contacts = ["personne: Paul Roux", "web: aucun"]"#).run("contact", "--json")
            .out
        #expect(
            out.hasPrefix(
                #"{"desk":{"address":"Rambouillet, France","email":"assistance@gestimum.com","fax":"+33 1 30 41 77 81","#
                    + #""name":"GESTIMUM","next_opening":"2026-11-23T13:00:00Z","open":false,"persons":["#), "\(out)")
        for key in ["phone", "switchboard", "sales", "sales_email"] { #expect(out.contains("\"\(key)\":\"")) }
        #expect(out.contains(#""web":null},"partner":{"address":["12, rue de l’Étang","78120 Rambouillet"],"#))
        for key in [
            "assistance", "emails", "message", "name", "phone", "phones", "remote_control", "sales_contact", "webs",
        ] {
            #expect(out.contains("\"\(key)\":"), "\(key)")
        }
        #expect(out.contains(#"{"email":null,"name":"Paul Roux","phone":null,"role":null}"#))
        let bare = try ConfiguredDesk()
        try bare.folder.write("[Assistance]\nTelephone=01 99 00 12 39\n".utf8, to: "Gestimum.Partenaire")
        #expect(
            await bare.run("contact", "--json").out.hasSuffix(
                #""partner":{"address":[],"assistance":null,"emails":[],"message":[],"name":[],"phone":null,"#
                    + #""phones":["+33 1 99 00 12 39"],"remote_control":null,"sales_contact":null,"webs":[]}}"# + "\n"))
    }

    @Test("On a narrow terminal numbers and addresses are whole", arguments: [30, 40, 60])
    func narrow(_ width: Int) async throws {
        let out = try await withPartner().run("contact", in: .french, width: width).out
        #expect(!out.contains("…"))
        for whole in ["+33 1 34 84 09 94", "urgences@negoce-informatique.example", "contact@gestimum.com"] {
            #expect(out.contains(whole), "\(out)")
        }
        for line in out.split(separator: "\n") where !line.contains("negoce") {
            #expect(String(line).columns <= width, "\(line)")
        }
    }
}
