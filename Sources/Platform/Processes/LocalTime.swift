import Glibc
package import SupportDesk

/// Wall time for people: the time zone of the machine, or of `TZ`.
package enum LocalTime {
    /// Date and time of day of an instant here.
    package static func civil(_ instant: Timestamp) -> CivilTime {
        var seconds = time_t(instant.milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return CivilTime(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    }

    /// The instant at which clocks here show a date and time; of two (end of summer time), the first.
    package static func instant(_ time: CivilTime) -> Timestamp {
        var parts = tm()
        parts.tm_year = Int32(time.year - 1900)
        parts.tm_mon = Int32(time.month - 1)
        parts.tm_mday = Int32(time.day)
        parts.tm_hour = Int32(time.hour)
        parts.tm_min = Int32(time.minute)
        parts.tm_sec = Int32(time.second)
        parts.tm_isdst = -1
        return Timestamp(milliseconds: Int64(mktime(&parts)) * 1000)
    }

    /// `23/11/2026 14:30` in French, `2026-11-23 14:30` in English.
    package static func text(_ instant: Timestamp, in language: Language) -> String {
        let time = civil(instant)
        let clock = "\(two(time.hour)):\(two(time.minute))"
        return switch language {
        case .french: "\(two(time.day))/\(two(time.month))/\(time.year) \(clock)"
        case .english: "\(time.year)-\(two(time.month))-\(two(time.day)) \(clock)"
        }
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
