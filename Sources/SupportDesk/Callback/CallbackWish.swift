/// When somebody wishes to be called back, read from what they wrote.
package enum CallbackWish: Hashable, Sendable {
    /// As soon as may be.
    case soonest
    case at(Timestamp)
    /// Not at all.
    case never

    /// Reads `24/11/2026 14h30`, `2026-11-24 14:00`, `mardi 14h`, `demain matin`, `14:00`, ISO 8601, or `dès que possible`.
    ///
    /// - Parameters:
    ///   - zone: whose wall time is meant where the text does not say.
    ///   - now: what `demain` and a time without a date are seen from.
    /// - Returns: nil where the text cannot be understood, or names a day or time there is not.
    package init?(_ text: String, zone: Zone, now: Timestamp) {
        let plain = text.trimmed
        if let instant = Timestamp(iso8601: plain) {
            self = .at(instant)
            return
        }
        let folded = plain.wishForm
        if Self.soonestWords.contains(folded) {
            self = .soonest
            return
        }
        if Self.neverWords.contains(folded) {
            self = .never
            return
        }
        var reading = Reading(today: zone.day(now))
        for word in Self.words(folded) {
            guard reading.take(word) else { return nil }
        }
        guard let wish = reading.wish(zone: zone, now: now) else { return nil }
        self = .at(wish)
    }

    /// The words, with `14 h 30` and a `T` between date and time made one way of writing.
    private static func words(_ folded: String) -> [String] {
        var words: [String] = []
        for word in folded.split(separator: " ").map(String.init) {
            let isHour = word.first == "h" && word.dropFirst().utf8.allSatisfy(\.isDigit)
            let isMinute = word.utf8.count == 2 && word.utf8.allSatisfy(\.isDigit)
            if let last = words.last, isHour && last.utf8.allSatisfy(\.isDigit) || isMinute && last.hasSuffix("h") {
                words[words.count - 1] += word
            } else if let t = word.firstIndex(of: "t"), CalendarDate(String(word[..<t])) != nil {
                words += [String(word[..<t]), String(word[word.index(after: t)...])]
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static let neverWords: Set<String> = [
        "non", "no", "n", "0", "faux", "false", "jamais", "never", "aucun", "none", "sans", "pas de rappel",
    ]

    private static let soonestWords: Set<String> = [
        "oui", "yes", "o", "y", "1", "vrai", "true", "asap", "now", "maintenant", "soonest", "des que possible",
        "au plus vite", "au plus tot", "as soon as possible", "immediatement", "rapidement", "urgent",
    ]
}

/// What was understood so far, word by word.
private struct Reading {
    let today: CalendarDate
    var date: CalendarDate?
    /// From a day of the week: a date beside it decides, and must be such a day.
    var weekday: CalendarDate?
    /// Minutes since midnight.
    var minutes: Int?
    /// Likewise, from a part of the day: a time beside it decides.
    var part: Int?
    /// The day of a month whose name is to follow.
    var dayOfMonth: Int?
    private var isRange = false

    init(today: CalendarDate) {
        self.today = today
    }

    /// False where the word cannot be made sense of.
    mutating func take(_ word: String) -> Bool {
        if Self.fillers.contains(word) {
            isRange = isRange || word == "entre" || word == "between" || word == "de" || word == "from"
            return true
        }
        if let dayOfMonth {
            self.dayOfMonth = nil
            guard date == nil, let month = Self.month(word) else { return false }
            date = next(dayOfMonth, month)
            return date != nil
        }
        if let part = Self.part(word) {
            self.part = part
            return true
        }
        if let day = weekday(word) {
            guard weekday == nil else { return false }
            weekday = day
            return true
        }
        if let day = day(word) {
            guard date == nil else { return false }
            date = day
            return true
        }
        if date != nil, let year = Int(word), (2000...9999).contains(year), word.utf8.count == 4 {
            date = date.flatMap { CalendarDate(year: year, month: $0.month, day: $0.day) }
            return date != nil
        }
        if let number = Int(word.hasSuffix("er") ? word.dropLast(2) : Substring(word)), (1...31).contains(number) {
            dayOfMonth = number
            return true
        }
        guard let time = Self.time(word) else { return false }
        // Of a range its beginning counts: the desk has hours of its own for the end.
        if minutes == nil { minutes = time } else if !isRange { return false }
        return true
    }

    func wish(zone: Zone, now: Timestamp) -> Timestamp? {
        func instant(_ day: CalendarDate, _ minutes: Int) -> Timestamp {
            zone.instant(
                CivilTime(year: day.year, month: day.month, day: day.day, hour: minutes / 60, minute: minutes % 60))
        }
        guard dayOfMonth == nil else { return nil }
        let minutes = minutes ?? part
        if let date, let weekday, date.weekday != weekday.weekday { return nil }
        if let date = date ?? weekday { return instant(date, minutes ?? 0) }
        guard let minutes else { return nil }
        let wish = instant(today, minutes)
        return wish >= now ? wish : instant(today.adding(days: 1), minutes)
    }

    /// The next such day, perhaps today.
    private func weekday(_ word: String) -> CalendarDate? {
        let names = CalendarDate.weekdayNames
        guard let weekday = names.firstIndex(where: { $0.french == word || $0.english.lowercased() == word }) else {
            return nil
        }
        return today.adding(days: (weekday - today.weekday + 7) % 7)
    }

    private func day(_ word: String) -> CalendarDate? {
        switch word {
        case "aujourd'hui", "today": return today
        case "demain", "tomorrow": return today.adding(days: 1)
        case "apres-demain", "surlendemain": return today.adding(days: 2)
        default: break
        }
        if let date = CalendarDate(word.replacing(".", with: "/")) { return date }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let dayOfMonth = Int(parts[0]), let month = Int(parts[1]) else { return nil }
        return next(dayOfMonth, month)
    }

    /// The next such day of the year, perhaps today.
    private func next(_ day: Int, _ month: Int) -> CalendarDate? {
        guard let date = CalendarDate(year: today.year, month: month, day: day) else { return nil }
        return date >= today ? date : CalendarDate(year: today.year + 1, month: month, day: day)
    }

    private static func month(_ word: String) -> Int? {
        let names = [
            ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
            ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"),
            ("octobre", "october"), ("novembre", "november"), ("decembre", "december"),
        ]
        return names.firstIndex { $0.0 == word || $0.1 == word }.map { $0 + 1 }
    }

    private static func part(_ word: String) -> Int? {
        switch word {
        case "matin", "matinee", "morning": 9 * 60
        case "midi", "noon": 12 * 60
        case "apres-midi", "afternoon": 14 * 60
        case "soir", "soiree", "evening": 18 * 60
        default: nil
        }
    }

    /// `14:00`, `14:00:00`, `14h`, `14h30`, `2pm`, or a part of the day.
    private static func time(_ word: String) -> Int? {
        var text = Substring(word)
        var half: Int?
        for (ending, hours) in [("am", 0), ("pm", 12)] where text.hasSuffix(ending) {
            text = text.dropLast(2)
            half = hours
        }
        let parts = text.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == ":" || $0 == "h" }
        // A bare number may be anything.
        guard parts.count > 1 || text.count < word.count else { return nil }
        let numbers = parts.map { part in
            part.isEmpty ? 0 : part.utf8.count <= 2 && part.utf8.allSatisfy(\.isDigit) ? Int(part) ?? -1 : -1
        }
        guard !parts[0].isEmpty, (1...3).contains(numbers.count) else { return nil }
        // Noon is 12 pm, midnight 12 am.
        let hour = half.map { (1...12).contains(numbers[0]) ? numbers[0] % 12 + $0 : -1 } ?? numbers[0]
        let minute = numbers.count > 1 ? numbers[1] : 0
        guard (0...23).contains(hour), (0...59).contains(minute), numbers.allSatisfy({ (0...59).contains($0) })
        else { return nil }
        return hour * 60 + minute
    }

    private static let fillers: Set<String> = [
        "a", "le", "vers", "entre", "et", "de", "du", "au", "la", "dans", "l'", "at", "on", "between", "and", "from",
        "to",
        "the", "in", "-", "des", "prochain", "next", "ce", "cet", "cette", "this",
    ]
}

extension String {
    /// Without case, accents and doubled blanks, so that words can be compared.
    fileprivate var wishForm: String {
        unicodeScalars.split { $0.isBlank || $0 == "," || $0 == ";" }
            .map { FieldName.fold(String($0)) }
            .filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
