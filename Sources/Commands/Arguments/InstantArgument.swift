import SupportDesk

/// A point in time as a person types it: `2026-11-23`, `2026-11-23 14:30`, ISO 8601, or `2h` and `3d` ago.
enum InstantArgument: Hashable {
    case exact(Timestamp)
    /// In local time.
    case local(CivilTime)
    case ago(Duration)

    init(_ text: String) throws {
        if let instant = Timestamp(iso8601: text) {
            self = .exact(instant)
        } else if let time = Self.civil(text) {
            self = .local(time)
        } else if let length = DurationArgument.length(text) {
            self = .ago(length)
        } else {
            throw BadValue(
                fr: "écrivez une date (2026-11-23), une date et une heure (\"2026-11-23 14:30\"), ou une durée "
                    + "écoulée (2h, 3d).",
                en: "write a date (2026-11-23), a date and time (\"2026-11-23 14:30\"), or how long ago (2h, 3d).")
        }
    }

    func instant(in context: CommandContext) -> Timestamp {
        switch self {
        case .exact(let instant): instant
        case .local(let time): context.zone.instant(time)
        case .ago(let length): context.clock.now - length
        }
    }

    /// `2026-11-23`, with a time of day or without, seconds or none; also `23/11/2026`.
    private static func civil(_ text: String) -> CivilTime? {
        let halves = text.split(maxSplits: 1) { $0 == " " || $0 == "T" || $0 == "t" }
        guard let first = halves.first else { return nil }
        var date = first.split(separator: "-", omittingEmptySubsequences: false)
        if date.count != 3 { date = first.split(separator: "/", omittingEmptySubsequences: false).reversed() }
        let clock = halves.count == 2 ? halves[1].split(separator: ":", omittingEmptySubsequences: false) : ["0", "0"]
        guard date.count == 3, date[0].count == 4, (2...3).contains(clock.count) else { return nil }
        let numbers = (date + clock).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } && part.count <= 4 ? Int(part) : nil
        }
        guard !numbers.contains(nil) else { return nil }
        let n = numbers.compactMap { $0 }
        let time = CivilTime(
            year: n[0], month: n[1], day: n[2], hour: n[3], minute: n[4], second: n.count > 5 ? n[5] : 0)
        return time.isValid ? time : nil
    }
}

/// A length of time as the configuration writes it: `200ms`, `90s`, `5m`, `4h`, `30d`.
enum DurationArgument {
    static func length(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number < 1_000_000_000 else { return nil }
        return switch text.dropFirst(digits.count) {
        case "ms": .milliseconds(number)
        case "s": .seconds(number)
        case "m", "min": .seconds(number * 60)
        case "h": .seconds(number * 3600)
        case "d", "j": .seconds(number * 86_400)
        default: nil
        }
    }

    static func parse(_ text: String) throws -> Duration {
        if let length = length(text) { return length }
        throw BadValue(fr: "écrivez une durée comme 30s, 5m ou 2h.", en: "write a duration such as 30s, 5m or 2h.")
    }
}
