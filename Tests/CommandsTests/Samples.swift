import ControlAPI

/// Values of the API that tests begin with.
enum Samples {
    static let reference = "ASD-4F7K-9M2T-X8QB"
    static let other = "ASD-4F7K-9M2T-X8QC"

    static func submission(
        _ reference: String = reference, state: String = "queued", subject: String = "Impression impossible"
    ) -> SubmissionView {
        SubmissionView(
            reference: reference, state: state, channel: "smtp", license: "12345", subject: subject,
            priority: "normal", source: "control", submitter: "alice", receivedAt: "2026-11-23T11:57:00Z",
            updatedAt: "2026-11-23T11:57:00Z", size: 4213)
    }

    static func event(_ id: Int64, state: String, _ reference: String = reference) -> EventView {
        EventView(
            id: id, reference: reference, at: "2026-11-23T12:00:01Z", state: state, text: "Something happened",
            textFR: "Il s'est passé quelque chose")
    }

    static var status: StatusView {
        StatusView(
            version: "0.1.0", startedAt: "2026-11-23T09:00:00Z", counts: ["failed": 3, "relayed": 8],
            channels: [
                ChannelView(name: "smtp", working: true),
                ChannelView(
                    name: "fax", working: false, fault: SentenceView(text: "No gateway.", textFR: "Pas de passerelle."),
                    since: "2026-11-23T11:00:00Z", nextProbeAt: "2026-11-23T12:05:00Z"),
            ],
            intakeStopped: nil, register: RegisterView(path: "/etc/assistd/r.csv", licenses: 2, fault: nil),
            attention: [submission(other, state: "held")], newest: [submission()])
    }
}
