import SupportDesk

/// What `hours --at --json` prints: whether the desk is open, and what follows from it.
struct OpeningView: Encodable {
    var at: String
    var open: Bool
    /// When it opens next; while it is open, after it has closed.
    var nextOpening: String?
    /// When the answer is due to something that is relayed then.
    var dueAt: String?

    init(_ desk: KnownDesk, at instant: Timestamp) {
        at = "\(instant)"
        open = desk.calendar.isOpen(at: instant)
        nextOpening = desk.calendar.nextOpening(after: instant)?.description
        dueAt = desk.due(instant)?.description
    }

    enum CodingKeys: String, CodingKey {
        case at, open
        case nextOpening = "next_opening"
        case dueAt = "due_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(open, forKey: .open)
        try container.encode(nextOpening, forKey: .nextOpening)
        try container.encode(dueAt, forKey: .dueAt)
    }
}
