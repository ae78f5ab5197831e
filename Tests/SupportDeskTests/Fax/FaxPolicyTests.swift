import SupportDesk
import TestSupport
import Testing

@Suite("What becomes of a submission after a fax")
struct FaxPolicyTests {
    private static let now = Sample.start + .seconds(60)

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: FaxOutcome.Kind
        var isFallback: Bool
        var failures: Int
        var mailsAfterFallback: Bool
        var testDescription: String {
            "\(kind), fallback \(isFallback), failures \(failures), mails after \(mailsAfterFallback)"
        }
    }

    static let kinds: [FaxOutcome.Kind] =
        [.delivered, .relayed, .calledOff] + FaxOutcome.Cause.allCases.map { .notSent($0) }
        + FaxOutcome.Refusal.allCases.map { .refused($0) } + FaxOutcome.Doubt.allCases.map { .uncertain($0) }

    static let table: [Case] = kinds.flatMap { kind in
        [false, true].flatMap { isFallback in
            [false, true].flatMap { mails in
                (0...2).map { Case(kind: kind, isFallback: isFallback, failures: $0, mailsAfterFallback: mails) }
            }
        }
    }

    private func claim(_ isFallback: Bool, _ failures: Int) -> Claim {
        var claim = Claim(
            reference: Sample.admission(1).submission.reference, attempt: failures + 1, failures: failures,
            queuedAt: Sample.start, content: .bytes([]))
        claim.isFallback = isFallback
        return claim
    }

    private func verdict(_ result: AttemptResult, _ claim: Claim, mails: Bool, jitter: Double = 0.5) -> Verdict {
        var policy = FaxPolicy()
        policy.mailsAfterFallback = mails
        return policy.verdict(on: result, of: claim, at: Self.now, jitter: jitter)
    }

    /// State, channel, and whether it waits.
    private func expected(_ row: Case) -> (State, ChannelName?, waits: Bool, Reason.Code?) {
        switch row.kind {
        case .uncertain: (.held, nil, false, .uncertain)
        case .calledOff: (.cancelled, nil, false, nil)
        case .delivered where row.isFallback && row.mailsAfterFallback: (.queued, .smtp, false, nil)
        case .relayed where row.isFallback && row.mailsAfterFallback: (.queued, .smtp, false, nil)
        case .delivered: (.delivered, nil, false, nil)
        case .relayed: (.relayed, nil, false, nil)
        case .notSent where row.isFallback: (.queued, .smtp, false, nil)
        case .refused where row.isFallback: (.queued, .smtp, false, nil)
        case .notSent where row.failures < 2: (.queued, nil, true, nil)
        case .notSent, .refused: (.failed, nil, false, .faxFailed)
        }
    }

    @Test("the whole table", arguments: table)
    func whole(_ row: Case) {
        let claim = claim(row.isFallback, row.failures)
        let result = AttemptResult(FaxOutcome(row.kind, text: "E07"), endpoint: "fax")
        let verdict = verdict(result, claim, mails: row.mailsAfterFallback)
        let (state, channel, waits, reason) = expected(row)
        #expect(verdict.state == state)
        #expect(verdict.channel == channel)
        #expect(verdict.reason?.code == reason)
        #expect(verdict.reference == claim.reference && verdict.attempt == claim.attempt)
        #expect(verdict.result == result && verdict.at == Self.now)
        #expect((verdict.nextAttemptAt != nil) == (state == .queued))
        if waits {
            #expect(verdict.nextAttemptAt == Self.now + .seconds(3600 + 180))
        } else if state == .queued {
            #expect(verdict.nextAttemptAt == Self.now)
        }
        #expect(verdict.text.french.contains("E07") && verdict.text.english.contains("E07"))
        #expect(verdict.text.english.contains("Mail is tried again") == (channel == .smtp))
        #expect(verdict.text.french.contains("courriel est essayé") == (channel == .smtp))
    }

    @Test("another job waits an hour at least, whatever chance says", arguments: [0, 0.5, 0.999])
    func wait(jitter: Double) throws {
        let result = AttemptResult(FaxOutcome(.notSent(.busy), text: ""), endpoint: "fax")
        let next = try #require(verdict(result, claim(false, 0), mails: false, jitter: jitter).nextAttemptAt)
        #expect(next >= Self.now + .seconds(3600) && next <= Self.now + .seconds(3960))
    }

    @Test("a fault of the gateway costs a submission nothing; what stands in for mail goes back to it")
    func fault() {
        let fault = ChannelFault(.unreachable, fr: "Injoignable", en: "Unreachable")
        for outcome in [AttemptResult.Outcome.deferred, .refused] {
            let result = AttemptResult(outcome, text: "x", fault: fault, endpoint: "fax")
            for failures in 0...2 {
                let own = verdict(result, claim(false, failures), mails: false)
                #expect(own.state == .queued && own.channel == nil && own.nextAttemptAt == Self.now)
                let fallback = verdict(result, claim(true, failures), mails: false)
                #expect(fallback.state == .queued && fallback.channel == .smtp)
                #expect(fallback.nextAttemptAt == Self.now)
            }
        }
        let doubt = AttemptResult(.uncertain, text: "x", fault: fault, endpoint: "fax")
        #expect(verdict(doubt, claim(true, 0), mails: true).state == .held, "whatever else is wrong")
    }

    @Test("what a person has to decide says which commands decide it")
    func advice() throws {
        let reference = claim(false, 0).reference.description
        let doubt = AttemptResult(FaxOutcome(.uncertain(.vanished), text: ""), endpoint: "fax")
        let held = try #require(verdict(doubt, claim(false, 0), mails: false).reason).text
        let refused = AttemptResult(FaxOutcome(.refused(.number), text: ""), endpoint: "fax")
        let failed = try #require(verdict(refused, claim(false, 0), mails: false).reason).text
        for text in [held.french, held.english] {
            for command in ["release", "resend --channel smtp", "cancel"] {
                #expect(text.contains("assistctl \(command) \(reference)"), "\(text)")
            }
        }
        for text in [failed.french, failed.english] {
            for command in ["retry", "resend --channel smtp"] {
                #expect(text.contains("assistctl \(command) \(reference)"), "\(text)")
            }
            #expect(text.contains("fax.number") && text.contains("assistctl doctor"))
        }
        // Somebody who has no credit left has nothing to look for on the line.
        for (refusal, words) in [(FaxOutcome.Refusal.document, "fax.pictures"), (.credit, "credit")] {
            let result = AttemptResult(FaxOutcome(.refused(refusal), text: ""), endpoint: "fax")
            let text = try #require(verdict(result, claim(false, 0), mails: false).reason).text.english
            #expect(text.contains(words) && !text.contains("fax.number"), "\(text)")
        }
    }
}
