import Foundation
import Glibc
package import SupportDesk

extension Zone {
    /// The machine's, or that of `TZ`.
    package static let local: Zone = {
        tzset()
        return Zone(identifier: "local") { instant in
            var seconds = time_t(instant.wholeSeconds)
            var parts = tm()
            localtime_r(&seconds, &parts)
            return parts.tm_gmtoff
        }
    }()

    /// A zone of the time zone database.
    ///
    /// - Returns: nil where this machine does not know it.
    package static func named(_ identifier: String) -> Zone? {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        // No clock changes but at a full quarter of an hour, and nearly all that is asked for is today.
        let last = Locked<(quarter: Int64, seconds: Int)?>(nil)
        return Zone(identifier: identifier) { instant in
            let quarter = instant.quarterOfAnHour
            if let last = last.current, last.quarter == quarter { return last.seconds }
            let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.wholeSeconds)))
            last.withLock { $0 = (quarter, seconds) }
            return seconds
        }
    }
}

extension Timestamp {
    fileprivate var quarterOfAnHour: Int64 {
        let (quarter, rest) = wholeSeconds.quotientAndRemainder(dividingBy: 900)
        return rest < 0 ? quarter - 1 : quarter
    }

    /// Whole seconds since 1970, rounded down.
    fileprivate var wholeSeconds: Int64 { Int64((Double(milliseconds) / 1000).rounded(.down)) }
}
