import CIcal
import Foundation
import SupportDesk
import Testing

/// A second opinion: libical reads the same calendar.
struct LibIcal {
    var method = ""
    /// What libical found wrong, and what breaks the rules of the method (RFC 5546).
    var errors: [String] = []
    var uid = ""
    var sequence = -1
    var status = ""
    var summary = ""
    var description: String?
    var organizer = ""
    var organizerName: String?
    var attendee = ""
    var attendeeName: String?
    var start = Timestamp(milliseconds: 0)
    var end: Timestamp?
    var stamp = Timestamp(milliseconds: 0)
    /// Names of all properties of the event.
    var properties: [String] = []
    /// Names of the components, `VEVENT` and what stands beside it.
    var components: [String] = []

    /// libical has tables that it fills when they are first used.
    private static let lock = NSLock()

    static func read(_ bytes: [UInt8]) throws -> LibIcal {
        try lock.withLock {
            let text = String(decoding: bytes, as: UTF8.self)
            let root = try #require(icalparser_parse_string(text))
            defer { icalcomponent_free(root) }
            return try LibIcal(root)
        }
    }

    private init(_ root: OpaquePointer) throws {
        try #require(icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
        if icalrestriction_check(root) == 0 { errors.append("a rule of the method is broken") }
        method = Self.text(icalproperty_method_to_string(icalcomponent_get_method(root)))
        var event: OpaquePointer?
        var zones: [String: OpaquePointer] = [:]
        var component = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT)
        while let found = component {
            components.append(Self.text(icalcomponent_kind_to_string(icalcomponent_isa(found))))
            if icalcomponent_isa(found) == ICAL_VEVENT_COMPONENT { event = found }
            if icalcomponent_isa(found) == ICAL_VTIMEZONE_COMPONENT {
                let zone = try #require(icaltimezone_new())
                try #require(icaltimezone_set_component(zone, icalcomponent_new_clone(found)) == 1)
                zones[Self.text(icaltimezone_get_tzid(zone))] = zone
            }
            component = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT)
        }
        defer { for zone in zones.values { icaltimezone_free(zone, 1) } }
        try read(try #require(event), zones)
        Self.collectErrors(root, into: &errors)
    }

    private mutating func read(_ event: OpaquePointer, _ zones: [String: OpaquePointer]) throws {
        uid = Self.text(icalcomponent_get_uid(event))
        sequence = Int(icalcomponent_get_sequence(event))
        status = Self.text(icalproperty_status_to_string(icalcomponent_get_status(event)))
        summary = Self.text(icalcomponent_get_summary(event))
        var property = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY)
        while let found = property {
            properties.append(Self.text(icalproperty_get_property_name(found)))
            let name = icalproperty_get_first_parameter(found, ICAL_CN_PARAMETER).map {
                Self.text(icalparameter_get_cn($0))
            }
            switch icalproperty_isa(found) {
            case ICAL_DESCRIPTION_PROPERTY: description = Self.text(icalproperty_get_description(found))
            case ICAL_ORGANIZER_PROPERTY:
                (organizer, organizerName) = (Self.text(icalproperty_get_organizer(found)), name)
            case ICAL_ATTENDEE_PROPERTY:
                (attendee, attendeeName) = (Self.text(icalproperty_get_attendee(found)), name)
            case ICAL_DTSTART_PROPERTY: start = try Self.instant(icalproperty_get_dtstart(found), found, zones)
            case ICAL_DTEND_PROPERTY: end = try Self.instant(icalproperty_get_dtend(found), found, zones)
            case ICAL_DTSTAMP_PROPERTY: stamp = try Self.instant(icalproperty_get_dtstamp(found), found, zones)
            default: break
            }
            property = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY)
        }
    }

    /// By the zone that stands in the message, not by one that libical knows.
    private static func instant(
        _ time: icaltimetype, _ property: OpaquePointer, _ zones: [String: OpaquePointer]
    ) throws -> Timestamp {
        let seconds: time_t
        if let parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER) {
            let zone = try #require(zones[text(icalparameter_get_tzid(parameter))])
            seconds = icaltime_as_timet_with_zone(time, zone)
        } else {
            try #require(icaltime_is_utc(time) == 1)
            seconds = icaltime_as_timet(time)
        }
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }

    private static func collectErrors(_ component: OpaquePointer, into errors: inout [String]) {
        var property = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY)
        while let found = property {
            errors.append(text(icalproperty_get_xlicerror(found)))
            property = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)
        }
        var inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
        while let found = inner {
            if [ICAL_XLICINVALID_COMPONENT, ICAL_X_COMPONENT].contains(icalcomponent_isa(found)) {
                errors.append("a component that is none")
            }
            collectErrors(found, into: &errors)
            inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)
        }
    }

    private static func text(_ words: UnsafePointer<CChar>?) -> String { words.map { String(cString: $0) } ?? "" }
}
