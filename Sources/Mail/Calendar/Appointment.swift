package import SupportDesk

/// A time that a desk and somebody have agreed on, as it goes into the calendars of both.
package struct Appointment: Sendable {
    /// What the message is for (RFC 5546, 1.4).
    package enum Method: String, Sendable, CaseIterable {
        /// Puts the appointment into a calendar, or changes it there.
        case request = "REQUEST"
        /// Takes it out again.
        case cancel = "CANCEL"
    }

    /// How sure it is while it stands; what is taken out of a calendar is `CANCELLED` (RFC 5545, 3.8.1.11).
    package enum Status: String, Sendable, CaseIterable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
    }

    /// The same in every message about this appointment, and in no other's; not empty (RFC 5545, 3.8.4.7).
    package var uid: String
    /// Counts the changes, from 0; a calendar believes the message with the highest (RFC 5545, 3.8.7.4).
    package var sequence: Int
    package var method: Method
    package var start: Timestamp
    /// Where it is not after the start, the appointment is a moment.
    package var end: Timestamp
    /// When this message was made.
    package var stamp: Timestamp
    /// The wall clock that both go by.
    package var zone: Zone
    /// What it is, in a line; not empty.
    package var summary: String
    /// More words; empty where there are none.
    package var description: String
    package var organizer: Mailbox
    package var attendee: Mailbox
    /// Told by a request.
    package var status: Status

    package init(
        uid: String, sequence: Int = 0, method: Method = .request, start: Timestamp, end: Timestamp, stamp: Timestamp,
        zone: Zone, summary: String, description: String = "", organizer: Mailbox, attendee: Mailbox,
        status: Status = .confirmed
    ) {
        self.uid = uid
        self.sequence = sequence
        self.method = method
        self.start = start
        self.end = end
        self.stamp = stamp
        self.zone = zone
        self.summary = summary
        self.description = description
        self.organizer = organizer
        self.attendee = attendee
        self.status = status
    }
}
