import SupportDesk
import TestSupport
import Testing

@Suite("What somebody writes who wishes to be called back")
struct CallbackWishTests {
    private static let zone = Sample.promise.calendar.zone
    /// Monday, 23 November 2026, 09:00.
    private static let now = Sample.start

    private func wish(_ text: String, now: Timestamp = now) -> CallbackWish? {
        CallbackWish(text, zone: Self.zone, now: now)
    }

    private static func at(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, year: Int = 2026) -> CallbackWish {
        .at(zone.instant(CivilTime(year: year, month: month, day: day, hour: hour, minute: minute)))
    }

    @Test(
        "a date and a time are read as people write them",
        arguments: [
            ("2026-11-24 14:00", at(11, 24, 14)), ("24/11/2026 14:00", at(11, 24, 14)),
            ("24/11/2026 14h30", at(11, 24, 14, 30)), ("24/11/2026 à 14h", at(11, 24, 14)),
            ("le 24/11/2026 vers 9h05", at(11, 24, 9, 5)), ("24.11.2026, 14:00:00", at(11, 24, 14)),
            ("mardi 24/11/2026 14h", at(11, 24, 14)), ("2026-11-24T14:00", at(11, 24, 14)),
            ("2026-11-24T13:00:00Z", at(11, 24, 14)),
            ("2026-11-24T14:00:00+01:00", at(11, 24, 14)), ("24/11/2026", at(11, 24, 0)),
            ("24/11 14h", at(11, 24, 14)), ("02/01 10h", at(1, 2, 10, year: 2027)),
            ("demain 14h", at(11, 24, 14)), ("Demain matin", at(11, 24, 9)), ("demain après-midi", at(11, 24, 14)),
            ("tomorrow 2pm", at(11, 24, 14)), ("aujourd'hui 16h", at(11, 23, 16)),
            ("aujourd\u{2019}hui 16h", at(11, 23, 16)), ("jeudi 10h", at(11, 26, 10)),
            ("Thursday 10:00", at(11, 26, 10)),
            ("lundi 10h", at(11, 23, 10)), ("14:00", at(11, 23, 14)), ("8h", at(11, 24, 8)), ("12pm", at(11, 23, 12)),
            ("entre 14h et 16h", at(11, 23, 14)), ("demain de 9h à 11h", at(11, 24, 9)),
            ("14\u{A0}h", at(11, 23, 14)), ("demain à 14 h 30", at(11, 24, 14, 30)), ("mercredi 24/11/2026 14h", nil),
            ("jeudi vendredi 10h", nil),
            ("le 1er décembre à 10h", at(12, 1, 10)), ("mardi 24 novembre 2026 à 14 h", at(11, 24, 14)),
            ("24 nov", nil), ("5 January 2027 9:30", at(1, 5, 9, 30, year: 2027)), ("ce soir 20h", at(11, 23, 20)),
            ("demain soir", at(11, 24, 18)), ("tomorrow 12am", at(11, 24, 0)), ("tomorrow 12pm", at(11, 24, 12)),
            ("24/11/2026\u{A0}14h00", at(11, 24, 14)),
        ] as [(String, CallbackWish?)])
    func moments(text: String, expected: CallbackWish?) {
        #expect(wish(text) == expected)
    }

    @Test(
        "a wish without a time is for as soon as may be",
        arguments: ["oui", "Yes", "dès que possible", "ASAP", "maintenant"])
    func soonest(text: String) {
        #expect(wish(text) == .soonest)
    }

    @Test("a wish not to be called back is one", arguments: ["non", "Non", "no", "0", "jamais", "none"])
    func never(text: String) {
        #expect(wish(text) == .never)
    }

    @Test(
        "what cannot be understood is nothing",
        arguments: [
            "", "peut-être", "31/02/2026 10h", "2026-11-24 25:00", "24:61", "14", "24/11/2026 25/11/2026", "14h 16h",
            "-1h", "14pm", "0am", "31 février", "12 et demi", "99999999999999h", "2026-11-24 14:00 demain", "le",
            "\u{202E}14h", "1e9h", "13pm0",
        ])
    func nothing(text: String) {
        #expect(wish(text) == nil)
    }

    @Test("no text makes it fail")
    func hostile() {
        var generator = SeededGenerator(seed: 26)
        let parts = [
            "14h", "24/11", "demain", ":", "h", "/", "-", "é", "\u{301}", "0", "9", " ", "pm", "2026", "\n", "🙂",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }.joined()
            _ = wish(text)
        }
    }
}
