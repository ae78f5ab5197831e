import Foundation
import SupportDesk
import Testing

extension Zone {
    /// The zone of the machine's time zone database.
    static func named(_ identifier: String) throws -> Zone {
        let zone = try #require(TimeZone(identifier: identifier))
        return Zone(identifier: identifier) { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        }
    }

    static func paris() throws -> Zone { try named("Europe/Paris") }
}

/// An instant by what a French wall clock shows, as `2026-11-23 09:00`.
func paris(_ text: String) throws -> Timestamp {
    let time = try #require(Timestamp(iso8601: text + (text.utf8.count == 16 ? ":00Z" : "Z")))
    return try Zone.paris().instant(CivilTime(time))
}

func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
