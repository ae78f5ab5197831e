extension OpeningHours {
    /// Reads entries like `lun-ven 09:00-12:30 14:00-18:00`, `sam 9h-12h`, `sun closed`; also several in one text with
    /// semicolons between. Days that are not mentioned are days off.
    ///
    /// - Throws: what is wrong with the first entry that cannot be used, or that the desk would never open.
    package init(_ entries: [String]) throws(OpeningHoursFault) {
        var week: [Weekday: [Range<Int>]] = [:]
        for entry in EntryWords.entries(of: entries) {
            let words = EntryWords.words(of: entry)
            guard let first = words.first else { continue }
            let days = try Self.days(first, entry: entry)
            let windows = try Self.windows(words.dropFirst(), entry: entry)
            for day in days {
                guard week.updateValue(windows, forKey: day) == nil else { throw .twice(day, entry: entry) }
            }
        }
        if week.values.allSatisfy(\.isEmpty) { throw .neverOpen }
        self.init(week: Weekday.allCases.map { week[$0] ?? [] })
    }

    /// Reads `lun`, `lun,mer,ven`, `sam-lun`; a colon may follow.
    private static func days(_ word: String, entry: String) throws(OpeningHoursFault) -> [Weekday] {
        let list = word.hasSuffix(":") ? word.dropLast() : word[...]
        var days: [Weekday] = []
        for item in list.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = item.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = ends.first, let last = ends.last, let begin = Weekday(folded: String(first)),
                let end = Weekday(folded: String(last))
            else { throw .unknownDay(String(item), entry: entry) }
            days += begin.through(end)
        }
        return days
    }

    private static func windows(_ words: ArraySlice<String>, entry: String) throws(OpeningHoursFault) -> [Range<Int>] {
        guard let first = words.first else { throw .noHours(entry: entry) }
        if words.count == 1, EntryWords.saysClosed(first) { return [] }
        let windows: [Range<Int>]
        do throws(DayWindows.Fault) {
            windows = try DayWindows.parse(words)
        } catch {
            throw OpeningHoursFault(entry: entry, error.explanation)
        }
        if windows.isEmpty { throw .noHours(entry: entry) }
        return windows
    }
}

/// Why opening hours cannot be used.
package struct OpeningHoursFault: Explained, Hashable {
    /// The entry at fault as it was written; nil where it is the whole.
    package let entry: String?
    package let explanation: Bilingual

    private init(entry: String?, explanation: Bilingual) {
        self.entry = entry
        self.explanation = explanation
    }

    /// - Parameter reason: goes on after the entry.
    fileprivate init(entry: String, _ reason: Bilingual) {
        self.init(
            entry: entry,
            explanation: Bilingual(
                fr: "Horaires d'ouverture « \(entry.excerpt) » : \(reason.french).",
                en: "Opening hours “\(entry.excerpt)”: \(reason.english)."))
    }

    fileprivate static func unknownDay(_ word: String, entry: String) -> OpeningHoursFault {
        OpeningHoursFault(
            entry: entry,
            Bilingual(
                fr: "« \(word.excerpt) » n'est pas un jour. Commencez par les jours, comme lun-ven, sam ou lun,mer,ven",
                en: "“\(word.excerpt)” is not a day. Begin with the days, like mon-fri, sat or mon,wed,fri"))
    }

    fileprivate static func noHours(entry: String) -> OpeningHoursFault {
        OpeningHoursFault(
            entry: entry,
            Bilingual(
                fr: "les heures manquent. Ajoutez-les après les jours, comme lun-ven 09:00-12:30 14:00-18:00, "
                    + "ou écrivez « fermé »",
                en: "the hours are missing. Add them after the days, like mon-fri 09:00-12:30 14:00-18:00, "
                    + "or write “closed”"))
    }

    fileprivate static func twice(_ day: Weekday, entry: String) -> OpeningHoursFault {
        OpeningHoursFault(
            entry: entry,
            Bilingual(
                fr: "le \(day.name.french) est déjà indiqué. Écrivez toutes les plages d'un jour à un seul endroit",
                en: "\(day.name.english) has been given already. Write all hours of a day in one place"))
    }

    fileprivate static let neverOpen = OpeningHoursFault(
        entry: nil,
        explanation: Bilingual(
            fr: "Les horaires d'ouverture ne prévoient aucune ouverture de toute la semaine. Indiquez au moins un "
                + "jour avec ses heures, comme lun-ven 09:00-12:30 14:00-18:00.",
            en: "The opening hours have no opening in the whole week. Give at least one day with its hours, "
                + "like mon-fri 09:00-12:30 14:00-18:00."))
}
