import ControlAPI
import SupportDesk

extension CommandContext {
    /// `23/11/2026 14:30` or `2026-11-23 14:30`, in local time; the text itself where it is no instant.
    func moment(_ text: String) -> String {
        Timestamp(iso8601: text).map { moment($0) } ?? text.harmless
    }

    func moment(_ instant: Timestamp) -> String {
        let time = zone.civil(instant)
        return "\(date(time)) \(time.hour.inTwo):\(time.minute.inTwo)"
    }

    /// With seconds, as in a history.
    func preciseMoment(_ text: String) -> String {
        guard let instant = Timestamp(iso8601: text) else { return text.harmless }
        return moment(instant) + ":" + zone.civil(instant).second.inTwo
    }

    private func date(_ time: CivilTime) -> String {
        switch language {
        case .french: "\(time.day.inTwo)/\(time.month.inTwo)/\(time.year)"
        case .english: "\(time.year)-\(time.month.inTwo)-\(time.day.inTwo)"
        }
    }

    /// A date without a time of day, as `2026-11-23` in the API.
    func day(_ text: String) -> String {
        let parts = text.split(separator: "-")
        guard language == .french, parts.count == 3, parts[0].count == 4 else { return text.harmless }
        return "\(parts[2])/\(parts[1])/\(parts[0])".harmless
    }

    /// The window of a call-back, in local time.
    func span(_ slot: CallbackView) -> String {
        guard let start = Timestamp(iso8601: slot.start), let end = Timestamp(iso8601: slot.end), start <= end else {
            return "\(slot.start.harmless) – \(slot.end.harmless)"
        }
        return zone.span(start..<end, in: language)
    }

    /// The moment and, within two days, how far away it is.
    func momentAndDistance(_ text: String) -> String {
        guard let instant = Timestamp(iso8601: text) else { return text.harmless }
        guard let distance = distance(to: instant) else { return moment(instant) }
        return "\(moment(instant)) (\(distance))"
    }

    /// `il y a 3 min`, `in 2 h`; nil beyond two days.
    func distance(to instant: Timestamp) -> String? {
        let seconds = (instant - clock.now).components.seconds
        guard abs(seconds) < 172_800 else { return nil }
        let span = span(abs(seconds))
        if abs(seconds) < 1 { return say(fr: "à l'instant", en: "now") }
        return seconds > 0
            ? say(fr: "dans \(span)", en: "in \(span)") : say(fr: "il y a \(span)", en: "\(span) ago")
    }

    /// For a narrow column: `3 min`, `2 h`, `4 j`, then the date.
    func age(_ text: String) -> String {
        guard let instant = Timestamp(iso8601: text) else { return text.harmless }
        let seconds = max(0, (clock.now - instant).components.seconds)
        return seconds < 30 * 86_400 ? span(seconds) : date(zone.civil(instant))
    }

    /// A length of time in its largest unit.
    func span(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: say(fr: "\(seconds / 86_400) j", en: "\(seconds / 86_400) d")
        }
    }

    /// Bytes: `4,2 Ko`, `4.2 kB`.
    func size(_ bytes: Int) -> String {
        let unit = say(fr: "o", en: "B")
        guard bytes >= 1000 else { return "\(bytes) \(unit)" }
        let (scale, prefix) = bytes >= 999_950 ? (1_000_000, "M") : (1000, say(fr: "K", en: "k"))
        let tenths = (bytes * 10 + scale / 2) / scale
        let number = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(say(fr: ",", en: "."))\(tenths % 10)"
        return "\(number) \(prefix)\(unit)"
    }
}

extension Int {
    /// At least two digits.
    fileprivate var inTwo: String { self < 10 ? "0\(self)" : "\(self)" }
}
