/// Wall time as people read it.
extension Zone {
    /// `23/11/2026 14:30` in French, `2026-11-23 14:30` in English.
    package func text(_ instant: Timestamp, in language: Language) -> String {
        let time = civil(instant)
        return "\(day(instant).text(in: language)) \(time.clock)"
    }

    /// `lundi 23/11/2026 14:30`, `Monday 2026-11-23 14:30`.
    package func longText(_ instant: Timestamp, in language: Language) -> String {
        "\(day(instant).weekdayName[language]) \(text(instant, in: language))"
    }

    /// `lundi 23/11/2026 de 14:00 à 18:00`; over several days each end has its own.
    package func span(_ range: Range<Timestamp>, in language: Language) -> String {
        let (start, end) = (range.lowerBound, range.upperBound)
        guard day(start) == day(end) else {
            let (from, to) = (longText(start, in: language), longText(end, in: language))
            return Bilingual(fr: "du \(from) au \(to)", en: "\(from) to \(to)")[language]
        }
        let date = "\(day(start).weekdayName[language]) \(day(start).text(in: language))"
        let (from, to) = (civil(start).clock, civil(end).clock)
        return Bilingual(fr: "\(date) de \(from) à \(to)", en: "\(date) from \(from) to \(to)")[language]
    }

    /// The same in both languages.
    package func span(_ range: Range<Timestamp>) -> Bilingual {
        Bilingual(fr: span(range, in: .french), en: span(range, in: .english))
    }

    /// The same in both languages.
    package func longText(_ instant: Timestamp) -> Bilingual {
        Bilingual(fr: longText(instant, in: .french), en: longText(instant, in: .english))
    }
}

extension CivilTime {
    /// `14:30`.
    package var clock: String {
        String(octets: 5) { text in
            text.put(hour)
            text.put(":", minute)
        }
    }
}

extension CalendarDate {
    /// `23/11/2026` in French, `2026-11-23` in English.
    package func text(in language: Language) -> String {
        guard language == .french else { return description }
        return String(octets: 10) { text in
            text.put(day)
            text.put("/", month)
            text.put("/", year, digits: 4)
        }
    }

    package var weekdayName: Bilingual { Self.weekdayNames[weekday] }

    /// From Sunday on.
    package static let weekdayNames = [
        Bilingual(fr: "dimanche", en: "Sunday"), Bilingual(fr: "lundi", en: "Monday"),
        Bilingual(fr: "mardi", en: "Tuesday"), Bilingual(fr: "mercredi", en: "Wednesday"),
        Bilingual(fr: "jeudi", en: "Thursday"), Bilingual(fr: "vendredi", en: "Friday"),
        Bilingual(fr: "samedi", en: "Saturday"),
    ]
}
