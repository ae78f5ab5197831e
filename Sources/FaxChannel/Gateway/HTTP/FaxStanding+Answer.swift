import Configuration
import SupportDesk

extension FaxStanding {
    /// What a service says of a job; nil where its answer has no state at all.
    init?(_ answer: JSONAnswer?, _ poll: FaxProfile.Question) {
        guard let answer else { return nil }
        let values = poll.state.map { answer[$0]?.text ?? "" }
        guard let first = values.first, !first.isEmpty else { return nil }
        var parts = values
        while parts.last == "" { parts.removeLast() }
        let state = parts.joined(separator: "/")
        let meaning = poll.states[state]
        let said = poll.text.compactMap { answer[$0]?.text }.filter { !$0.isEmpty }
        let words = ([meaning?.words ?? ""] + said + ["state \(state)"]).filter { !$0.isEmpty }
        let text = String(words.joined(separator: "; ").unicodeScalars.prefix(300)).harmless
        let pages = max(0, poll.pages.flatMap { answer[$0]?.integer } ?? 0)
        let calls = poll.calls.flatMap { answer[$0]?.integer }.flatMap { $0 >= 0 ? $0 : nil }
        guard let kind = meaning?.kind else {
            // Nothing is concluded from a state that nobody described.
            let remark = meaning == nil ? "not understood: \(text)" : text
            self = .underWay(FaxProgress(calls: calls, text: remark))
            return
        }
        let total = poll.totalPages.flatMap { answer[$0]?.integer }.flatMap { $0 > 0 ? $0 : nil }
        self = .over(
            FaxOutcome(
                Self.checked(kind, pages: pages, of: total), code: Int(first), text: text, calls: calls ?? 0,
                pages: pages, totalPages: total))
    }

    /// The kind, but for what the number of pages says against it.
    private static func checked(_ kind: FaxOutcome.Kind, pages: Int, of total: Int?) -> FaxOutcome.Kind {
        switch kind {
        case .notSent, .refused, .calledOff, .uncertain(.unclear): pages > 0 ? .uncertain(.brokeOff) : kind
        case .delivered, .relayed, .uncertain: kind
        }
    }
}
