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
        return Zone(identifier: identifier) { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.wholeSeconds)))
        }
    }
}

extension Timestamp {
    /// Whole seconds since 1970, rounded down.
    fileprivate var wholeSeconds: Int64 { Int64((Double(milliseconds) / 1000).rounded(.down)) }
}
