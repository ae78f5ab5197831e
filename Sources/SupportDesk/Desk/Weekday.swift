/// A day of the week, in the order in which weeks are written in France.
package enum Weekday: Int, Hashable, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The name in full, in small letters in French, as within a sentence.
    package var name: Bilingual {
        switch self {
        case .monday: Bilingual(fr: "lundi", en: "Monday")
        case .tuesday: Bilingual(fr: "mardi", en: "Tuesday")
        case .wednesday: Bilingual(fr: "mercredi", en: "Wednesday")
        case .thursday: Bilingual(fr: "jeudi", en: "Thursday")
        case .friday: Bilingual(fr: "vendredi", en: "Friday")
        case .saturday: Bilingual(fr: "samedi", en: "Saturday")
        case .sunday: Bilingual(fr: "dimanche", en: "Sunday")
        }
    }

    /// The first three letters of the name; the French ones are what the configuration is written with.
    package var abbreviation: Bilingual {
        Bilingual(fr: String(name.french.prefix(3)), en: String(name.english.prefix(3)))
    }

    /// The day with this folded name, in full or short, in either language.
    init?(folded word: String) {
        guard let day = Self.known[word.filter { $0 != "." }] else { return nil }
        self = day
    }

    /// The days from this one to another, over the end of the week where need be; one day where both are the same.
    func through(_ last: Weekday) -> [Weekday] {
        let length = (last.rawValue - rawValue + 7) % 7
        return (0...length).compactMap { Weekday(rawValue: (rawValue + $0) % 7) }
    }

    private static let known: [String: Weekday] = {
        var table: [String: Weekday] = ["tues": .tuesday, "weds": .wednesday, "thur": .thursday, "thurs": .thursday]
        for day in allCases {
            for word in [day.name.french, day.name.english, day.abbreviation.french, day.abbreviation.english] {
                table[FieldName.fold(word)] = day
            }
        }
        return table
    }()
}

extension CalendarDate {
    /// The day of the week.
    package var dayOfWeek: Weekday {
        // `weekday` counts from Sunday.
        Weekday(rawValue: (weekday + 6) % 7) ?? .sunday
    }
}
