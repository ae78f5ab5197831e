import SupportDesk
import Testing

@Suite("What is said of an entitlement")
struct EntitlementWordsTests {
    private let end: CalendarDate

    init() throws {
        end = try #require(CalendarDate(year: 2026, month: 12, day: 31))
    }

    private func entry(_ change: (inout Register.Entry) -> Void) -> Register.Entry {
        var entry = Register.Entry(license: "1234")
        entry.partner = "Partenaire Sud"
        change(&entry)
        return entry
    }

    private func assess(
        _ entry: Register.Entry, _ kind: AssistanceKind = .mail, version: String? = nil, minimum: String? = nil,
        daysBeforeEnd: Int = 100
    ) -> Entitlement {
        EntitlementRules(minimumVersion: minimum.flatMap(ProductVersion.init))
            .assess(entry, for: kind, version: version, on: end.adding(days: -daysBeforeEnd))
    }

    private func expect(
        _ problem: Entitlement.Problem?, _ code: Reason.Code, french: [String], english: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let problem = try #require(problem, sourceLocation: sourceLocation)
        #expect(problem.code == code, sourceLocation: sourceLocation)
        for (words, language) in [(french, Language.french), (english, .english)] {
            for text in [problem.text[language], problem.remedy[language]] {
                #expect(text.hasSuffix(".") && text.count > 10, sourceLocation: sourceLocation)
            }
            let reason = problem.reason.text[language]
            #expect(reason == problem.text[language] + " " + problem.remedy[language], sourceLocation: sourceLocation)
            for word in words { #expect(reason.contains(word), "\(reason)", sourceLocation: sourceLocation) }
        }
    }

    @Test("an expired contract tells its name, its end and who renews it")
    func expired() throws {
        let entry = entry {
            $0.contract = "G-MAIL"
            $0.contractEnd = end
        }
        try expect(
            assess(entry, daysBeforeEnd: -1).problems.first, .contractExpired,
            french: ["G-MAIL s'est terminé le 31/12/2026", "votre partenaire (Partenaire Sud)"],
            english: ["G-MAIL ended on 2026-12-31", "your partner (Partenaire Sud)"])
    }

    @Test("without a contract the year that is over is told")
    func notEntitled() throws {
        var entry = entry { $0.contract = "non" }
        try expect(
            assess(entry).problems.first, .notEntitled, french: ["Aucun contrat d'assistance", "Souscrivez"],
            english: ["No assistance contract", "Take out"])
        entry.purchased = CalendarDate(year: 2024, month: 2, day: 29)
        try expect(
            assess(entry).problems.first, .notEntitled, french: ["qui suit l'achat s'est terminée le 28/02/2025"],
            english: ["after the purchase ended on 2025-02-28"])
        entry.updated = CalendarDate(year: 2024, month: 3, day: 2)
        entry.partner = nil
        try expect(
            assess(entry).problems.first, .notEntitled,
            french: ["qui suit la mise à jour s'est terminée le 01/03/2025", "auprès de votre partenaire ;"],
            english: ["after the update ended on 2025-03-01", "with your partner;"])
    }

    @Test("what is not covered comes with what is")
    func notCovered() throws {
        try expect(
            assess(entry { $0.contract = "G-MAIL" }, .callback).problems.first, .channelNotCovered,
            french: ["G-MAIL ne couvre pas le rappel téléphonique", "Il couvre le courriel et le fax"],
            english: ["G-MAIL does not cover call-backs", "It covers mail and fax"])
    }

    @Test(
        "a version below the minimum is told with what it takes, wherever it is known from",
        arguments: [
            ("8.4.2 build 860 (27/11/2019)", nil), ("9.4", "9.5"), (nil, "8.4.2 build 860 (27/11/2019)"),
            (" ", "9.4"), ("9.5 build 1154", nil), ("9.5 build 1155 bêta", nil),
        ] as [(String?, String?)])
    func unsupported(reported: String?, registered: String?) throws {
        let found = assess(entry { $0.version = registered }, version: reported, minimum: "9.5 build 1155 (19/06/2023)")
        try expect(
            found.problems.first, .unsupportedVersion,
            french: [
                "n'est plus prise en charge", "9.5 build 1155 (19/06/2023)", "livrées par votre partenaire (Parte",
            ],
            english: ["no longer supported", "9.5 build 1155 (2023-06-19)", "delivered by your partner (Partenaire"])
        let isReported = reported.map { $0 != " " } ?? false
        #expect(found.problems.first?.text.french.contains("inscrite au registre") == !isReported)
        // It is no question of entitlement.
        #expect(found.isCovered)
    }

    @Test(
        "a version that is new enough, may be, or is not known is no problem",
        arguments: [
            ("9.5 build 1155", "8"), ("9.10", nil), ("9.5", nil), (nil, nil), (nil, "?"), ("?", "8.4"), ("?", nil),
        ] as [(String?, String?)])
    func supported(reported: String?, registered: String?) {
        let found = assess(entry { $0.version = registered }, version: reported, minimum: "9.5 build 1155")
        #expect(found.problems.isEmpty)
    }

    @Test("a version that cannot be read is answered with how versions are written, and is not quoted")
    func unread() throws {
        let found = assess(entry { $0.version = "?" }, version: "ABCD-EFGH-1JKL-MN0P", minimum: "9.5")
        #expect(found.problems.isEmpty && found.warnings.count == 1)
        let warning = try #require(found.warnings.first)
        for text in [warning.french, warning.english] {
            #expect(text.contains("9.5 build 1155") && !text.contains("ABCD"))
        }
        #expect(assess(entry { $0.version = "?" }).warnings.isEmpty)
        #expect(assess(entry { _ in }, version: " \t").warnings.isEmpty)
    }

    @Test("a beta version is warned about, and is judged like any other")
    func beta() throws {
        let found = assess(entry { _ in }, version: "9.4 build 1124 bêta (30/06/2021)", minimum: "9.5")
        #expect(found.problems.map(\.code) == [.unsupportedVersion])
        let warning = try #require(found.warnings.first)
        #expect(warning.french.contains("une version bêta n'est pas faite pour la production"))
        #expect(warning.french.contains("(30/06/2021)") && warning.english.contains("beta (2021-06-30)"))
        #expect(warning.english.contains("not made for production"))
        #expect(assess(entry { $0.version = "9.5 bêta" }).warnings.count == 1)
        #expect(assess(entry { $0.version = "9.5 bêta" }, version: "9.5").warnings.isEmpty)
    }

    @Test(
        "the last two weeks are warned about to the day",
        arguments: [
            (15, nil, nil), (14, "dans 14 jours", "in 14 days"), (2, "dans 2 jours", "in 2 days"),
            (1, "demain", "tomorrow"), (0, "aujourd'hui", "today"), (-1, nil, nil),
        ] as [(Int, String?, String?)])
    func ending(daysLeft: Int, french: String?, english: String?) throws {
        let beginning = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        let entries: [(Register.Entry, String, String)] = [
            (
                entry {
                    $0.contract = "G-MAIL"
                    $0.contractEnd = end
                }, "Le contrat d'assistance G-MAIL", "The assistance contract G-MAIL"
            ),
            (entry { $0.contractEnd = end }, "Le contrat d'assistance", "The assistance contract"),
            (
                entry { $0.purchased = beginning }, "L'année d'assistance qui suit l'achat",
                "The year of assistance after the purchase"
            ),
            (
                entry { $0.updated = beginning }, "L'année d'assistance qui suit la mise à jour",
                "The year of assistance after the update"
            ),
        ]
        for (entry, whatFR, whatEN) in entries {
            let found = assess(entry, daysBeforeEnd: daysLeft)
            #expect(found.daysLeft == (french == nil ? nil : daysLeft))
            #expect(found.warnings.count == (french == nil ? 0 : 1))
            guard let warning = found.warnings.first, let french, let english else { continue }
            #expect(warning.french.hasPrefix("\(whatFR) se termine le 31/12/2026 (\(french)). "), "\(warning)")
            #expect(warning.english.hasPrefix("\(whatEN) ends on 2026-12-31 (\(english)). "), "\(warning)")
            #expect(!warning.french.contains("reste due") && !warning.english.contains("is due"))
            #expect(warning.french.contains("Partenaire Sud") && warning.english.contains("Partenaire Sud"))
        }
    }

    @Test("the end of a contract is warned about also where a purchase covers beyond it, or another kind is asked for")
    func endingBesides() throws {
        var entry = entry {
            $0.contract = "G-MAIL"
            $0.contractEnd = end
            $0.updated = CalendarDate(year: 2026, month: 6, day: 1)
        }
        let warning = try #require(assess(entry, daysBeforeEnd: 3).warnings.first)
        #expect(warning.french.contains("l'assistance reste due jusqu'au 31/05/2027"))
        #expect(warning.english.contains("assistance is due until 2027-05-31"))
        entry.updated = nil
        let found = assess(entry, .callback, daysBeforeEnd: 3)
        #expect(found.daysLeft == 3 && found.warnings.first?.french.contains("reste due") == false)
        #expect(found.problems.map(\.code) == [.channelNotCovered])
    }

    @Test("the contract comes before the kind and the kind before the version")
    func order() {
        var entry = entry {
            $0.contract = "G-MAIL"
            $0.contractEnd = end
            $0.version = "8"
        }
        #expect(
            assess(entry, .callback, minimum: "9").problems.map(\.code) == [.channelNotCovered, .unsupportedVersion])
        #expect(
            assess(entry, .callback, minimum: "9", daysBeforeEnd: -1).problems.map(\.code)
                == [.contractExpired, .unsupportedVersion])
        entry.contract = "non"
        #expect(assess(entry, .callback, minimum: "9").problems.map(\.code) == [.notEntitled, .unsupportedVersion])
    }
}
