import SupportDesk

/// Which submissions a list shows.
struct SubmissionFilter {
    var states: [State] = []
    var license: String?
    var since: Timestamp?
    var until: Timestamp?
    var channel: ChannelName?
    var search: String?
    var overdue = false

    func ask(_ target: inout ControlTarget) {
        for state in states { target.ask("state", state.rawValue) }
        target.ask("license", license)
        target.ask("since", since?.description)
        target.ask("until", until?.description)
        target.ask("channel", channel?.rawValue)
        target.ask("search", search)
        if overdue { target.ask("overdue", "1") }
    }
}
