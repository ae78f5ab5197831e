/// The windows of one day, in minutes since midnight on the wall: half open, in order, with closed time between.
enum DayWindows {
    /// Why a text names no such windows; the sentence goes on after the entry it is about.
    struct Fault: Explained, Hashable {
        let explanation: Bilingual
    }

    /// Reads folded words like `9h-12h30`, `14:00-18:00`, also with commas or slashes between.
    ///
    /// Windows that touch become one.
    static func parse(_ words: some Sequence<String>) throws(Fault) -> [Range<Int>] {
        var windows: [Range<Int>] = []
        for text in words.flatMap({ $0.split(separator: ",") }) where ![":", "/", "et", "and"].contains(text) {
            windows.append(try window(text))
        }
        windows.sort { $0.lowerBound < $1.lowerBound }
        var merged: [Range<Int>] = []
        for window in windows {
            guard let last = merged.last, window.lowerBound <= last.upperBound else {
                merged.append(window)
                continue
            }
            if window.lowerBound < last.upperBound { throw overlap(last, window) }
            merged[merged.count - 1] = last.lowerBound..<window.upperBound
        }
        return merged
    }

    /// As in `09:00-12:30 14:00-18:00`.
    static func text(_ windows: [Range<Int>]) -> String {
        windows.map { "\(clock($0.lowerBound))-\(clock($0.upperBound))" }.joined(separator: " ")
    }

    private static func window(_ text: Substring) throws(Fault) -> Range<Int> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = minutes(ends[0]), let end = minutes(ends[1]) else {
            throw notUnderstood(text)
        }
        guard start < end else { throw backwards(text) }
        return start..<end
    }

    /// Reads `9h`, `9h30`, `09:30`, up to `24:00`.
    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.utf8.split(
            maxSplits: 1, omittingEmptySubsequences: false,
            whereSeparator: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "h") })
        guard parts.count == 2, (1...2).contains(parts[0].count),
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) }), let hour = Int(Substring(parts[0]))
        else { return nil }
        // Only `9h` does without the minutes.
        let isBare = parts[1].isEmpty && text.utf8.last == UInt8(ascii: "h")
        guard isBare || parts[1].count == 2, let minute = isBare ? 0 : Int(Substring(parts[1])) else { return nil }
        guard minute < 60, hour * 60 + minute <= 1440 else { return nil }
        return hour * 60 + minute
    }

    private static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private static func notUnderstood(_ text: Substring) -> Fault {
        Fault(
            explanation: Bilingual(
                fr: "« \(text.excerpt) » n'est pas une plage horaire. Écrivez le début et la fin avec un tiret, comme "
                    + "09:00-12:30 ou 9h-12h30 ; 24:00 est la fin de la journée",
                en: "“\(text.excerpt)” is not a span of hours. Write begin and end with a dash between, like "
                    + "09:00-12:30 or 9h-12h30; 24:00 is the end of the day"))
    }

    private static func backwards(_ text: Substring) -> Fault {
        Fault(
            explanation: Bilingual(
                fr: "la plage « \(text.excerpt) » finit avant d'avoir commencé. Mettez l'heure de fin après celle du "
                    + "début ; une nuit s'écrit en deux plages, jusqu'à 24:00 puis le lendemain à partir de 00:00",
                en: "the span “\(text.excerpt)” ends before it has begun. Put the end after the begin; a night is "
                    + "written as two spans, up to 24:00 and the next day from 00:00 on"))
    }

    private static func overlap(_ first: Range<Int>, _ second: Range<Int>) -> Fault {
        Fault(
            explanation: Bilingual(
                fr: "les plages \(text([first])) et \(text([second])) se chevauchent. Gardez une seule plage pour ces "
                    + "heures",
                en: "the spans \(text([first])) and \(text([second])) overlap. Keep one span for these hours"))
    }
}
