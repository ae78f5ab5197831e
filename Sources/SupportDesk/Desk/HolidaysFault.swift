/// Why holidays cannot be used.
package struct HolidaysFault: Explained, Hashable {
    /// The entry at fault, as it was written.
    package let entry: String
    package let explanation: Bilingual

    /// - Parameter reason: goes on after the entry.
    init(entry: String, _ reason: Bilingual) {
        self.entry = entry
        explanation = Bilingual(
            fr: "Jours fériés « \(entry.excerpt) » : \(reason.french).",
            en: "Holidays “\(entry.excerpt)”: \(reason.english).")
    }

    static func unknown(_ entry: String) -> HolidaysFault {
        let regions = PublicHoliday.Region.allCases.map(\.rawValue).joined(separator: ", ")
        return HolidaysFault(
            entry: entry,
            Bilingual(
                fr:
                    "ce n'est ni un jour ni une région. Écrivez un jour (2026-12-24, 24/12/2026, ou 12-24 pour tous les "
                    + "ans), une période (2026-08-03..2026-08-14), « aucun », ou une région : \(regions)",
                en:
                    "this is neither a day nor a region. Write a day (2026-12-24, 24/12/2026, or 12-24 for every year), "
                    + "a range (2026-08-03..2026-08-14), “none”, or a region: \(regions)"))
    }

    static func noSuchDay(_ word: String, entry: String) -> HolidaysFault {
        HolidaysFault(
            entry: entry,
            Bilingual(
                fr: "« \(word.excerpt) » n'est pas un jour du calendrier. Écrivez-le 2026-12-24, 24/12/2026, ou 12-24 "
                    + "pour tous les ans ; une période va d'un jour à un autre du même genre, séparés par « .. »",
                en: "“\(word.excerpt)” is not a day of the calendar. Write it 2026-12-24, 24/12/2026, or 12-24 for "
                    + "every year; a range goes from one day to another of the same kind, with “..” between"))
    }

    static func backwards(_ entry: String) -> HolidaysFault {
        HolidaysFault(
            entry: entry,
            Bilingual(
                fr: "la période finit avant d'avoir commencé. Échangez les deux jours",
                en: "the range ends before it has begun. Swap the two days"))
    }

    static func tooLong(_ entry: String) -> HolidaysFault {
        HolidaysFault(
            entry: entry,
            Bilingual(
                fr:
                    "la période compte plus de \(HolidaySpan.longest) jours. Vérifiez les années, ou coupez-la en deux",
                en: "the range has more than \(HolidaySpan.longest) days. Check the years, or cut it in two"))
    }

    static func contradiction(_ day: String, entry: String) -> HolidaysFault {
        HolidaysFault(
            entry: entry,
            Bilingual(
                fr: "une autre ligne dit autre chose du \(day). Gardez une seule des deux",
                en: "another line says something else of \(day). Keep one of the two"))
    }

    static func noneAndSome(_ entry: String) -> HolidaysFault {
        HolidaysFault(
            entry: entry,
            Bilingual(
                fr: "« aucun » et les jours fériés d'un pays ou d'une région s'excluent. Gardez l'un des deux",
                en: "“none” and the holidays of a country or a region exclude each other. Keep one of the two"))
    }
}
