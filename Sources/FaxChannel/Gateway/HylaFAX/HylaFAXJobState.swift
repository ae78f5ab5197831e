import SupportDesk

/// A job as hfaxd lists it.
struct HylaFAXJobState: Hashable, Sendable {
    /// One symbol each (hfaxd(8), `JobFmt`, `%a`).
    enum State: Character, Sendable {
        case undefined = "?"
        case suspended = "T"
        case pending = "P"
        case sleeping = "S"
        case blocked = "B"
        case waiting = "W"
        case running = "R"
        case done = "D"
        case failed = "F"
    }

    var id: Int
    var state: State
    /// Calls made, and how many may be.
    var calls: Int
    var maximumCalls: Int
    /// Pages confirmed, and how many there are; 0 before the document was prepared.
    var pages: Int
    var totalPages: Int
    /// How often a fax machine was reached and the page that was to go next did not get confirmed, without a confirmed
    /// page since. What the status says is about the last call only: where an earlier one lost the confirmation, the
    /// page may have arrived, and this is all that remains of it.
    var failedTries: Int
    /// As the submitter wrote it.
    var tag: String
    /// What the last call came to, in words; empty for nothing.
    var status: String

    /// What to hand to JOBFMT so that each line can be parsed: texts last, for what they may hold.
    static let format = "%j|%a|%d|%x|%p|%y|%b|%J|%s"

    /// A line that does not have the form asked for.
    struct Malformed: Error, Hashable {
        var line: String
    }

    /// - Parameter line: of a list in the format above, without its end.
    init(line: String) throws(Malformed) {
        let fields = line.split(separator: "|", maxSplits: 8, omittingEmptySubsequences: false).map(\.bare)
        guard fields.count == 9, let symbol = fields[1].first, fields[1].count == 1,
            let state = State(rawValue: symbol)
        else { throw Malformed(line: line.harmless) }
        func number(_ index: Int) throws(Malformed) -> Int {
            guard let number = UInt32(fields[index]) else { throw Malformed(line: line.harmless) }
            return Int(number)
        }
        id = try number(0)
        self.state = state
        calls = try number(2)
        maximumCalls = try number(3)
        pages = try number(4)
        totalPages = try number(5)
        failedTries = try number(6)
        tag = String(fields[7])
        status = String(fields[8]).harmless
    }

    /// What went wrong first: the rest of the status is what HylaFAX concluded from it.
    var firstSentence: String {
        String(status.prefix { $0 != ";" }.bare)
    }
}

/// A job under the name by which a gateway is asked about it: `12 ASD-4F7K-9M2T-X8QB/2`. Numbers start anew where a
/// server is set up again; the tag tells that it is still the same job.
struct HylaFAXJobName: Hashable, Sendable, CustomStringConvertible {
    var id: Int
    var tag: String

    init(id: Int, tag: String) {
        self.id = id
        self.tag = tag
    }

    /// nil for what is no such name.
    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let id = UInt32(parts[0]) else { return nil }
        self.init(id: Int(id), tag: String(parts[1]))
    }

    var description: String { "\(id) \(tag)" }

    func names(_ job: HylaFAXJobState) -> Bool { job.id == id && job.tag == tag }
}

extension Substring {
    /// Without the blanks at its ends.
    fileprivate var bare: Substring {
        let tail = reversed().prefix { $0 == " " }.count
        return dropLast(tail).drop { $0 == " " }
    }
}
