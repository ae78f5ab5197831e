import Foundation
import Mail
import SupportDesk
import Testing

/// Appointments for these tests, in zones as the system knows them.
enum Planned {
    static func zone(_ identifier: String) throws -> Zone {
        let zone = try #require(TimeZone(identifier: identifier))
        return Zone(identifier: identifier) { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        }
    }

    static func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(iso8601: text)) }

    /// An hour from Mon, 23 Nov 2026 14:30 in Paris.
    static func appointment(in zone: String = "Europe/Paris") throws -> Appointment {
        let start = try instant("2026-11-23T13:30:00Z")
        return Appointment(
            uid: "asd-3dmv-9ek3-1wte@client.example", sequence: 2, start: start, end: start + .seconds(3600),
            stamp: try instant("2026-11-23T08:00:01Z"), zone: try self.zone(zone), summary: "Rappel de l’assistance",
            description: "Au 01 99 00 12 34.\nLicence 00012345",
            organizer: try Mailbox(name: "Assistance Étoile", address: "rapports@client.example"),
            attendee: try Mailbox(name: "Hélène Martin", address: "helene@exemple.fr"))
    }

    static let zones = [
        "Europe/Paris", "Indian/Reunion", "America/Martinique", "Australia/Sydney", "UTC", "Asia/Kolkata",
        "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Pacific/Auckland", "Europe/Dublin",
        "America/Cayenne", "Pacific/Noumea",
    ]

    static let hostile = [
        "a\r\nATTENDEE:mailto:x@y.fr", "a\nEND:VEVENT\nBEGIN:VEVENT", "a\rb", "a;b,c\\d:e\"f", #"\n \N \\ \; \,"#,
        "“😀”, 👨‍👩‍👧‍👦; e\u{301}", String(repeating: "é😀", count: 1700), String(repeating: "a", count: 10_240),
        String(repeating: "\\;,\n", count: 500), "deux  blancs", "^n ^' ^^", "\n\n\n", "a\tb", ":", ";", ",", "\\",
        "=",
        "TZID=Europe/Paris:19700101T000000", "日本語の件名はどうなりますか、とても長いので折り返しが必要です",
    ]
}
