import SupportDesk

extension FaxStanding {
    /// What a status program printed: a word, and words for people.
    init(printed line: String) {
        let (word, text) = Self.split(line)
        func words(_ text: String) -> String { text.isEmpty ? word : text }
        switch word {
        case "sending": self = .underWay(FaxProgress(text: text))
        case "delivered": self = .over(FaxOutcome(.delivered, text: words(text)))
        case "relayed": self = .over(FaxOutcome(.relayed, text: words(text)))
        case "refused": self = .over(FaxOutcome(.refused(.job), text: words(text)))
        case "uncertain": self = .over(FaxOutcome(.uncertain(.unclear), text: words(text)))
        case "unknown" where text.isEmpty: self = .unknown
        case "not-sent":
            let (name, rest) = Self.split(text)
            if let cause = Self.causes[name] {
                self = .over(FaxOutcome(.notSent(cause), text: rest.isEmpty ? name : rest))
            } else {
                self = .underWay(Self.remark(line))
            }
        default: self = .underWay(Self.remark(line))
        }
    }

    private static let causes: [String: FaxOutcome.Cause] = [
        "busy": .busy, "no-answer": .noAnswer, "no-fax": .noFaxMachine, "no-dialtone": .noDialTone, "line": .line,
    ]

    /// Nothing is concluded from what is not understood.
    private static func remark(_ line: String) -> FaxProgress {
        FaxProgress(text: "not understood: \(line)")
    }

    private static func split(_ line: String) -> (word: String, text: String) {
        let parts = line.split(separator: " ", maxSplits: 1)
        return (parts.first.map(String.init) ?? "", parts.dropFirst().first.map(String.init) ?? "")
    }
}
