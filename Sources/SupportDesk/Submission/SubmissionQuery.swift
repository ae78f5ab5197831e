/// Which submissions to list; all conditions hold at once. Newest first.
package struct SubmissionQuery: Hashable, Sendable {
    package var states: Set<State> = []
    package var license: String?
    package var since: Timestamp?
    package var until: Timestamp?
    package var channel: ChannelName?
    /// Found in subject, company, contact, licence or reference, whatever the case.
    package var search: String?
    package var submittedBy: UInt32?
    /// Only those whose answer was called overdue and has not come.
    package var isOverdue = false
    /// Goes on behind this one.
    package var before: Reference?
    package var limit = 50

    package init() {}
}
