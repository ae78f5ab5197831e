import SupportDesk
import Testing

@testable import Commands

/// Dates, lengths of time and sizes as each language writes them.
struct WrittenValueTests {
    private static let french = Session(language: .french).context()
    private static let english = Session().context()
    private static let zone = Zone(identifier: "local") { _ in 3600 }

    @Test(
        "An instant",
        arguments: [
            (
                "2026-11-23T13:30:00Z", "23/11/2026 14:30", "2026-11-23 14:30", "lundi 23/11/2026 14:30",
                "Monday 2026-11-23 14:30"
            ),
            (
                "2026-12-31T23:05:59.5Z", "01/01/2027 00:05", "2027-01-01 00:05", "vendredi 01/01/2027 00:05",
                "Friday 2027-01-01 00:05"
            ),
            (
                "2028-02-28T23:00:00Z", "29/02/2028 00:00", "2028-02-29 00:00", "mardi 29/02/2028 00:00",
                "Tuesday 2028-02-29 00:00"
            ),
        ])
    func instant(_ text: String, _ french: String, _ english: String, _ long: String, _ longEnglish: String) throws {
        let instant = try #require(Timestamp(iso8601: text))
        #expect(Self.french.moment(instant) == french)
        #expect(Self.english.moment(instant) == english)
        #expect(Self.french.moment(text) == french)
        #expect(Self.zone.text(instant, in: .french) == french)
        #expect(Self.zone.text(instant, in: .english) == english)
        #expect(Self.zone.longText(instant) == Bilingual(fr: long, en: longEnglish))
        #expect(Self.french.preciseMoment(text) == french + (text.contains("59") ? ":59" : ":00"))
    }

    @Test("What is no instant is shown as it is, made harmless")
    func noInstant() {
        #expect(Self.french.moment("x\u{1B}") == "x\u{FFFD}")
        #expect(Self.french.preciseMoment("") == "")
        #expect(Self.french.momentAndDistance("soon") == "soon")
        #expect(Self.french.day("2026\u{7}") == "2026\u{FFFD}")
    }

    @Test("A day, and each day of the week")
    func days() throws {
        let day = try #require(CalendarDate("2026-03-01"))
        #expect(day.text(in: .french) == "01/03/2026")
        #expect(day.text(in: .english) == "2026-03-01")
        #expect(Self.french.day("2026-03-01") == "01/03/2026")
        #expect(Self.english.day("2026-03-01") == "2026-03-01")
        let week = (0..<7).map { day.adding(days: $0).weekdayName }
        #expect(
            week.map(\.french) == ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"])
        #expect(
            week.map(\.english) == ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"])
        for offset in 0..<7 {
            #expect(day.adding(days: offset).dayOfWeek.name == day.adding(days: offset).weekdayName)
        }
    }

    @Test("A window, within a day and over two")
    func window() throws {
        let start = try #require(Timestamp(iso8601: "2026-11-23T13:00:00Z"))
        #expect(
            Self.zone.span(start..<start + .seconds(4 * 3600))
                == Bilingual(fr: "lundi 23/11/2026 de 14:00 à 18:00", en: "Monday 2026-11-23 from 14:00 to 18:00"))
        #expect(
            Self.zone.span(start..<start + .seconds(20 * 3600))
                == Bilingual(
                    fr: "du lundi 23/11/2026 14:00 au mardi 24/11/2026 10:00",
                    en: "Monday 2026-11-23 14:00 to Tuesday 2026-11-24 10:00"))
    }

    @Test(
        "A length of time",
        arguments: [
            (0, "0 s", "0 s"), (59, "59 s", "59 s"), (60, "1 min", "1 min"), (3599, "59 min", "59 min"),
            (3600, "1 h", "1 h"), (172_799, "47 h", "47 h"), (172_800, "2 j", "2 d"), (2_592_000, "30 j", "30 d"),
        ] as [(Int64, String, String)])
    func span(_ seconds: Int64, _ french: String, _ english: String) {
        #expect(Self.french.span(seconds) == french)
        #expect(Self.english.span(seconds) == english)
    }

    @Test(
        "How far away",
        arguments: [
            (0, "à l'instant", "now"), (120, "dans 2 min", "in 2 min"), (-7200, "il y a 2 h", "2 h ago"),
            (172_800, nil, nil), (-172_800, nil, nil),
        ] as [(Int, String?, String?)])
    func distance(_ seconds: Int, _ french: String?, _ english: String?) {
        let instant = Session.noon + .seconds(seconds)
        #expect(Self.french.distance(to: instant) == french)
        #expect(Self.english.distance(to: instant) == english)
    }

    @Test(
        "A size",
        arguments: [
            (0, "0 o", "0 B"), (999, "999 o", "999 B"), (1000, "1 Ko", "1 kB"), (4213, "4,2 Ko", "4.2 kB"),
            (999_949, "999,9 Ko", "999.9 kB"), (999_999, "1 Mo", "1 MB"), (1_000_000, "1 Mo", "1 MB"),
            (12_340_000, "12,3 Mo", "12.3 MB"),
        ])
    func size(_ bytes: Int, _ french: String, _ english: String) {
        #expect(Self.french.size(bytes) == french)
        #expect(Self.english.size(bytes) == english)
    }

    @Test(
        "So many submissions in a state",
        arguments: [
            (State.held, 1, "1 retenue", "1 held"), (.relayed, 2, "2 relayées", "2 relayed"),
            (.queued, 3, "3 en file", "3 queued"), (.failed, 1, "1 en échec", "1 failed"),
            (.cancelled, 0, "0 annulée", "0 cancelled"),
        ])
    func count(_ state: State, _ number: Int, _ french: String, _ english: String) {
        #expect(state.count(number) == Bilingual(fr: french, en: english))
    }
}
