import Foundation
import SupportDesk

/// Which day it is at the desk.
struct DeskDay: Sendable {
    private let zone: TimeZone

    /// - Parameter timezone: an IANA name; UTC where the machine does not know it (`doctor` says so).
    init(timezone: String) {
        zone = TimeZone(identifier: timezone) ?? .gmt
    }

    @Sendable func callAsFunction(_ instant: Timestamp) -> CalendarDate {
        let seconds = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        return CalendarDate(instant, offset: .seconds(seconds))
    }
}
