extension Holidays {
    /// Reads entries: `fr`, `aucun` or a region; a day or a range of days, of one year or of every year, alone (closed),
    /// with `ouvert`, or with the hours of that day. Also several in one text with semicolons between.
    ///
    /// - Throws: what is wrong with the first entry that cannot be used.
    package init(_ entries: [String]) throws(HolidaysFault) {
        var saysNone = false
        var saysFrance = false
        var regions: Set<PublicHoliday.Region> = []
        var dated: [CalendarDate: Rule] = [:]
        var yearly: [CalendarDate: Rule] = [:]
        for entry in EntryWords.entries(of: entries) {
            let words = EntryWords.words(of: entry)
            let name = words.joined().filter { !"-'.".contains($0) }
            if ["none", "aucun"].contains(name) {
                saysNone = true
            } else if Self.everywhere.contains(name) {
                saysFrance = true
            } else if let region = Self.regions[name] {
                saysFrance = true
                regions.insert(region)
            } else {
                guard let first = words.first, let span = try HolidaySpan.parse(first, entry: entry) else {
                    throw .unknown(entry)
                }
                let rule = try Self.rule(words.dropFirst(), entry: entry)
                for day in span.days {
                    let before =
                        span.isYearly ? yearly.updateValue(rule, forKey: day) : dated.updateValue(rule, forKey: day)
                    if let before, before != rule { throw .contradiction(span.text(day), entry: entry) }
                }
            }
            if saysNone, saysFrance { throw .noneAndSome(entry) }
        }
        self.init(keepsStatutory: !saysNone, regions: regions, dated: dated, yearly: yearly)
    }

    private static let everywhere = ["fr", "france", "metropole", "francemetropolitaine"]

    /// By folded name, without dashes.
    private static let regions: [String: PublicHoliday.Region] = {
        var table: [String: PublicHoliday.Region] = [
            "lareunion": .reunion, "guyanefrancaise": .guyane, "frenchguiana": .guyane,
            "stbarthelemy": .saintBarthelemy, "stmartin": .saintMartin,
        ]
        for region in PublicHoliday.Region.allCases { table[region.rawValue.filter { $0 != "-" }] = region }
        return table
    }()

    private static func rule(_ words: ArraySlice<String>, entry: String) throws(HolidaysFault) -> Rule {
        guard let first = words.first else { return .closed }
        if words.count == 1, EntryWords.saysClosed(first) { return .closed }
        if words.count == 1, EntryWords.saysOpen(first) { return .open }
        let windows: [Range<Int>]
        do throws(DayWindows.Fault) {
            windows = try DayWindows.parse(words)
        } catch {
            throw HolidaysFault(entry: entry, error.explanation)
        }
        return windows.isEmpty ? .closed : .hours(windows)
    }
}
