/// When a technician is to call back, as the desk is told in a calendar entry (RFC 5545).
package struct CallbackSlot: Hashable, Sendable {
    package var start: Timestamp
    package var end: Timestamp
    /// Counts the changes of one call-back, from 0 (RFC 5545, 3.8.7.4).
    package var sequence: Int
    /// The first request's reference: it names the entry for good, whatever is changed.
    package var origin: Reference

    package init(start: Timestamp, end: Timestamp, sequence: Int, origin: Reference) {
        self.start = start
        self.end = end
        self.sequence = sequence
        self.origin = origin
    }
}
