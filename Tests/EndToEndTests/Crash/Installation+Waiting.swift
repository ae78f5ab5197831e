import ControlAPI
import Foundation
import SupportDesk
import TestSupport
import Testing
import UnixSocketHTTP

/// Nothing happens any more, and what was waited for has not.
struct Stuck: Error, CustomStringConvertible {
    /// How many seconds nothing has to happen: more than any machine needs.
    static let patience = 60
    let submissions: [SubmissionView]

    var description: String {
        "nothing happens any more: " + submissions.map { "\($0.subject) \($0.state)" }.joined(separator: ", ")
    }
}

extension Installation {
    /// Waits until what the daemon has taken in fulfils a condition.
    ///
    /// - Parameter condition: is told whether nothing is left in the drop zone, too.
    /// - Throws: `UnixSocketFailure` where the daemon went away, `Stuck`.
    @discardableResult
    func submissions(
        until condition: (_ submissions: [SubmissionView], _ isAllTaken: Bool) -> Bool
    ) async throws -> [SubmissionView] {
        var quiet = 0
        while true {
            try Task.checkCancellation()
            let last = try #require(try await get("/v1/events")["last"] as? Int)
            let isAllTaken = try folder.names(in: "spool/incoming").allSatisfy { $0.hasPrefix(".") }
            let answer = try await answer("/v1/submissions?limit=500")
            let page = try JSONDecoder().decode(SubmissionPage.self, from: Data(answer.body))
            if condition(page.submissions, isAllTaken) { return page.submissions }
            // A file leaves after the event that tells of it.
            let news = try await get("/v1/events?after=\(last)&wait=1")["last"] as? Int
            quiet = news == last ? quiet + 1 : 0
            if quiet >= Stuck.patience { throw Stuck(submissions: page.submissions) }
        }
    }
}

extension SubmissionView {
    /// Whether it is in one of these states.
    func isAt(_ states: Set<State>) -> Bool { State(rawValue: state).map(states.contains) ?? false }

    /// Whether nothing more becomes of it soon.
    var isAtRest: Bool {
        isAt([.relayed, .cancelled, .rejected, .failed]) || isAt([.queued]) && attempts.last?.outcome == "deferred"
    }
}
