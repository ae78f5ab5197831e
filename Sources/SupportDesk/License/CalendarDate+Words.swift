extension CalendarDate {
    /// In sentences: `31/12/2026` in French, `2026-12-31` in English.
    var written: Bilingual {
        let parts = description.split(separator: "-")
        return Bilingual(fr: parts.reversed().joined(separator: "/"), en: description)
    }

    /// The same day of the next year; the 1st of March for the 29th of February.
    var aYearLater: CalendarDate {
        adding(days: CivilTime.daysSinceEpoch(year: year + 1, month: month, day: day) - daysSinceEpoch)
    }
}
