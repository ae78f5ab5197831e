import SupportDesk
import TestSupport
import Testing

@Suite("What the desk promises")
struct ResponsePromiseTests {
    private func claim(_ kind: Submission.Kind, isPromised: Bool = true, slotEnd: Timestamp? = nil) -> Claim {
        var claim = Claim(
            reference: Reference(number: 1), attempt: 1, failures: 0, queuedAt: Sample.start, content: .bytes([]))
        claim.kind = kind
        claim.isPromised = isPromised
        claim.slotEnd = slotEnd
        return claim
    }

    @Test("an answer to a report within four open hours, where a contract gives a right to one")
    func report() {
        let due = Sample.promise.due(for: claim(.report), relayedAt: Sample.start)
        #expect(due?.at == Sample.start + .seconds(5 * 3600 + 1800), "Monday 9:00 to 14:30")
        #expect(due?.calendar == "240 min; Europe/Paris | lun-ven 09:00-12:30 14:00-18:00 | fr")
        #expect(Sample.promise.due(for: claim(.report, isPromised: false), relayedAt: Sample.start) == nil)
    }

    @Test("a call by the end of its window")
    func callback() {
        let end = Sample.start + .seconds(86_400)
        #expect(Sample.promise.due(for: claim(.callback, slotEnd: end), relayedAt: Sample.start)?.at == end)
        #expect(Sample.promise.due(for: claim(.callback), relayedAt: Sample.start) == nil)
    }

    @Test(
        "nothing to what the service sends by itself",
        arguments: [Submission.Kind.callbackCancellation, .reminder, .notice])
    func others(kind: Submission.Kind) {
        #expect(Sample.promise.due(for: claim(kind, slotEnd: Sample.start), relayedAt: Sample.start) == nil)
    }

    @Test("overdue is what is neither answered nor ended once its due time is over")
    func overdue() {
        var submission = Sample.admission(1, state: .relayed).submission
        #expect(!submission.isOverdue(at: .init(milliseconds: .max / 2)), "nothing was due")
        let due = Sample.start + .seconds(60)
        submission.dueAt = due
        #expect(!submission.isOverdue(at: due))
        #expect(submission.isOverdue(at: due + .milliseconds(1)))
        for state in State.allCases {
            submission.state = state
            #expect(submission.isOverdue(at: due + .seconds(1)) == !state.isTerminal)
        }
        submission.state = .relayed
        submission.answeredAt = due
        #expect(!submission.isOverdue(at: due + .seconds(1)))
    }
}
