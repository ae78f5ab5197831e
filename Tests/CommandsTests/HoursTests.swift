import SupportDesk
import Testing

@testable import Commands

/// `hours`: the week and the closed days to come.
struct HoursTests {
    @Test("A usual day, in French")
    func french() async throws {
        let outcome = try await ConfiguredDesk().run("hours", in: .french)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(
            outcome.out == """
                GESTIMUM  fermé, ouvre à 14:00  (Europe/Paris)

                  lundi     23/11/2026  09:00-12:30  14:00-18:00
                  mardi     24/11/2026  09:00-12:30  14:00-18:00
                  mercredi  25/11/2026  09:00-12:30  14:00-18:00
                  jeudi     26/11/2026  09:00-12:30  14:00-18:00
                  vendredi  27/11/2026  09:00-12:30  14:00-18:00
                  samedi    28/11/2026  fermé
                  dimanche  29/11/2026  fermé

                Jours fermés à venir
                  vendredi 25/12/2026  Noël
                  vendredi 01/01/2027  Jour de l'An
                  lundi 29/03/2027     Lundi de Pâques
                  samedi 01/05/2027    Fête du Travail
                  jeudi 06/05/2027     Ascension
                  samedi 08/05/2027    Victoire de 1945
                  lundi 17/05/2027     Lundi de Pentecôte
                  mercredi 14/07/2027  Fête nationale
                  dimanche 15/08/2027  Assomption
                  lundi 01/11/2027     Toussaint
                  jeudi 11/11/2027     Armistice de 1918
                  samedi 25/12/2027    Noël

                La réponse à une question remise maintenant est due lundi 23/11/2026 18:00.

                """)
    }

    @Test("A week with a holiday and hours of its own, in English")
    func english() async throws {
        let desk = try ConfiguredDesk(
            #"holidays = ["2026-12-24 09:00-12:00", "2026-12-28..2026-12-31"]"# + "\nname = \"Desk\"")
        let out = await desk.run("hours", at: "2026-12-23T09:00:00Z").out
        #expect(
            out.hasPrefix(
                """
                Desk  open until 12:30  (Europe/Paris)

                  Wednesday  2026-12-23  09:00-12:30  14:00-18:00
                  Thursday   2026-12-24  09:00-12:00 (special hours)
                  Friday     2026-12-25  closed (Christmas Day)
                  Saturday   2026-12-26  closed
                  Sunday     2026-12-27  closed
                  Monday     2026-12-28  closed (exceptional closing)
                  Tuesday    2026-12-29  closed (exceptional closing)

                Coming closed days
                  Friday 2026-12-25                        Christmas Day
                  Monday 2026-12-28 – Thursday 2026-12-31  exceptional closing
                  Friday 2027-01-01                        New Year's Day
                """), "\(out)")
        #expect(out.hasSuffix("\nThe answer to a question relayed now is due Wednesday 2026-12-23 15:30.\n"))
    }

    @Test("A closing of two weeks is one row, written through or week by week, and a holiday in it is another")
    func grouping() async throws {
        let row = "  lundi 03/08/2026 – vendredi 14/08/2026  fermeture exceptionnelle\n"
        let day = "2026-07-20T08:00:00Z"
        for entries in [#""2026-08-03..2026-08-14""#, #""2026-08-03..2026-08-07", "2026-08-10..2026-08-14""#] {
            let out = try await ConfiguredDesk("holidays = [\(entries)]").run("hours", in: .french, at: day).out
            #expect(out.contains(row), "\(out)")
            #expect(out.split(separator: "\n").count { $0.contains("fermeture exceptionnelle") } == 1)
        }
        let split = try await ConfiguredDesk(#"holidays = ["2026-07-13..2026-07-15", "2026-07-17"]"#)
            .run("hours", in: .french, at: "2026-07-06T08:00:00Z").out
        let rows = split.split(separator: "\n").drop { $0 != "Jours fermés à venir" }
        #expect(
            rows.dropFirst().prefix(4) == [
                "  lundi 13/07/2026     fermeture exceptionnelle", "  mardi 14/07/2026     Fête nationale",
                "  mercredi 15/07/2026  fermeture exceptionnelle", "  vendredi 17/07/2026  fermeture exceptionnelle",
            ], "\(split)")
    }

    @Test("For programs the keys stay, and each closed day is one of its own")
    func json() async throws {
        let out = try await ConfiguredDesk(#"holidays = ["2026-11-24..2026-11-25"]"#).run("hours", "--json").out
        #expect(
            out.hasPrefix(
                #"{"at":"2026-11-23T12:00:00Z","due_at":"2026-11-23T17:00:00Z","holidays":[{"date":"2026-11-24","#
                    + #""name":"exceptional closing","name_fr":"fermeture exceptionnelle"},{"date":"2026-11-25","#),
            "\(out)")
        #expect(out.contains(#""name":"GESTIMUM","next_opening":"2026-11-23T13:00:00Z","open":false,"timezone":"#))
        #expect(
            out.contains(
                #""week":[{"closing":null,"date":"2026-11-23","hours":["09:00-12:30","14:00-18:00"]},"#
                    + #"{"closing":{"text":"exceptional closing","text_fr":"fermeture exceptionnelle"},"#))
    }

    @Test("On a narrow terminal nothing is cut and nothing is too wide", arguments: Language.allCases, [24, 40, 60])
    func narrow(_ language: Language, _ width: Int) async throws {
        let desk = try ConfiguredDesk(#"holidays = ["2026-11-24 09:00-12:00", "2026-12-24..2027-01-04"]"#)
        let out = await desk.run("hours", in: language, width: width).out
        #expect(!out.contains("…"))
        #expect(out.contains("14:00-18:00"))
        for line in out.split(separator: "\n") where width >= 40 { #expect(String(line).columns <= width, "\(line)") }
    }

    @Test("The desk's zone counts, not the reader's, and one this machine does not know is told")
    func zone() async throws {
        let desk = try ConfiguredDesk(#"timezone = "America/Martinique""#)
        #expect(await desk.run("hours").out.hasPrefix("GESTIMUM  closed, opens at 09:00  (America/Martinique)\n"))
        for language in Language.allCases {
            let outcome = try await ConfiguredDesk(#"timezone = "Europe/Paname""#).run("hours", in: language)
            #expect(outcome.status == 78)
            #expect(outcome.out.isEmpty)
            #expect(outcome.errors.contains("Europe/Paname"))
        }
    }
}
