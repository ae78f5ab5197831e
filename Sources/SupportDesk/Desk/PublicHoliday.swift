/// A holiday that the law sets.
struct PublicHoliday: Sendable {
    private enum Rule: Sendable {
        case fixed(month: Int, day: Int)
        case afterEaster(days: Int)
    }

    let name: Bilingual
    private let rule: Rule
    /// The years in which it is kept on this day.
    private let years: Range<Int>

    /// - Parameter easter: the Easter Sunday of the day's year, in days since 1970.
    func falls(on day: CalendarDate, easter: Int) -> Bool {
        guard years.contains(day.year) else { return false }
        switch rule {
        case .fixed(let month, let number): return day.month == month && day.day == number
        case .afterEaster(let days): return day.daysSinceEpoch == easter + days
        }
    }

    /// Easter Sunday in days since 1970 (Meeus, Jones, Butcher; Astronomical Algorithms, chapter 8).
    static func easter(_ year: Int) -> Int {
        let a = year % 19
        let (b, c) = (year / 100, year % 100)
        let (d, e) = (b / 4, b % 4)
        let f = (b + 8) / 25
        let g = (b - f + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let (i, k) = (c / 4, c % 4)
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return CivilTime.daysSinceEpoch(year: year, month: sum / 31, day: sum % 31 + 1)
    }

    /// The eleven of the Code du travail, article L3133-1.
    static let statutory: [PublicHoliday] = [
        fixed(1, 1, fr: "Jour de l'An", en: "New Year's Day"),
        afterEaster(1, fr: "Lundi de Pâques", en: "Easter Monday"),
        fixed(5, 1, fr: "Fête du Travail", en: "May Day"),
        fixed(5, 8, fr: "Victoire de 1945", en: "Victory in Europe Day"),
        afterEaster(39, fr: "Ascension", en: "Ascension Day"),
        afterEaster(50, fr: "Lundi de Pentecôte", en: "Whit Monday"),
        fixed(7, 14, fr: "Fête nationale", en: "Bastille Day"),
        fixed(8, 15, fr: "Assomption", en: "Assumption Day"),
        fixed(11, 1, fr: "Toussaint", en: "All Saints' Day"),
        fixed(11, 11, fr: "Armistice de 1918", en: "Armistice Day"),
        fixed(12, 25, fr: "Noël", en: "Christmas Day"),
    ]

    static func fixed(
        _ month: Int, _ day: Int, years: Range<Int> = 1..<10_000, fr: String, en: String
    ) -> PublicHoliday {
        PublicHoliday(name: Bilingual(fr: fr, en: en), rule: .fixed(month: month, day: day), years: years)
    }

    static func afterEaster(_ days: Int, fr: String, en: String) -> PublicHoliday {
        PublicHoliday(name: Bilingual(fr: fr, en: en), rule: .afterEaster(days: days), years: 1..<10_000)
    }
}

extension PublicHoliday {
    /// A part of France with holidays of its own; the raw value is how it is written in the configuration.
    enum Region: String, Hashable, Sendable, CaseIterable {
        case alsaceMoselle = "alsace-moselle"
        case guadeloupe, martinique, guyane, reunion, mayotte
        case saintBarthelemy = "saint-barthelemy"
        case saintMartin = "saint-martin"

        /// What it keeps beside the eleven (articles L3134-13 and L3422-2).
        var holidays: [PublicHoliday] {
            switch self {
            case .alsaceMoselle: Self.alsatian
            case .mayotte: [Self.abolition(4, 27)]
            case .martinique: [Self.abolition(5, 22)]
            case .guadeloupe: [Self.abolition(5, 27)]
            case .guyane: [Self.abolition(6, 10)]
            case .saintBarthelemy: [Self.abolition(10, 9)]
            case .reunion: [Self.abolition(12, 20)]
            // The Code still has the 27th; the island's council moved the day.
            case .saintMartin: [Self.abolition(5, 27, years: 1..<2018), Self.abolition(5, 28, years: 2018..<10_000)]
            }
        }

        private static let alsatian = [
            afterEaster(-2, fr: "Vendredi saint", en: "Good Friday"),
            fixed(12, 26, fr: "Saint-Étienne", en: "Saint Stephen's Day"),
        ]

        private static func abolition(_ month: Int, _ day: Int, years: Range<Int> = 1..<10_000) -> PublicHoliday {
            fixed(month, day, years: years, fr: "Abolition de l'esclavage", en: "Abolition of slavery")
        }
    }
}
