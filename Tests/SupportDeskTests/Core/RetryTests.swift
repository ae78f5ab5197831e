import SupportDesk
import Testing

@Suite("Retries and verdicts")
struct RetryTests {
    static let start = Timestamp(milliseconds: 1_795_440_600_000)

    private func claim(attempt: Int = 1, failures: Int = 0) -> Claim {
        Claim(
            reference: Reference(number: 7), attempt: attempt, failures: failures, queuedAt: Self.start,
            content: .bytes([]))
    }

    private func verdict(
        _ result: AttemptResult, after elapsed: Duration = .zero, failures: Int = 0, jitter: Double = 0.5
    ) -> Verdict {
        RetryPolicy().verdict(
            on: result, of: claim(attempt: failures + 1, failures: failures), at: Self.start + elapsed, jitter: jitter)
    }

    @Test("waits grow to the ceiling")
    func waits() {
        let policy = RetryPolicy()
        let minutes = (1...9).map { policy.wait(afterFailures: $0, jitter: 0.5) / .seconds(60) }
        #expect(zip(minutes, [1, 5, 15, 30, 60, 120, 120, 120, 120]).allSatisfy { abs($0 - $1) < 0.001 })
        #expect(policy.wait(afterFailures: 1_000_000, jitter: 0.5) / policy.ceiling < 1.001)
    }

    @Test("jitter spreads them by a tenth to either side")
    func jitter() {
        let policy = RetryPolicy()
        #expect(abs(policy.wait(afterFailures: 1, jitter: 0) / .seconds(54) - 1) < 0.001)
        #expect(policy.wait(afterFailures: 1, jitter: 0.999) < .seconds(66))
        #expect(policy.wait(afterFailures: 1, jitter: 0.2) < policy.wait(afterFailures: 1, jitter: 0.3))
    }

    @Test("accepted: relayed, and no more than that")
    func accepted() {
        let verdict = verdict(AttemptResult(.accepted, code: 250, text: "Ok", endpoint: "mail:25"))
        #expect(verdict.state == .relayed)
        #expect(verdict.nextAttemptAt == nil && verdict.reason == nil)
        #expect(verdict.text.english == "Accepted by mail:25: 250 Ok")
    }

    @Test("refused: failed, in the server's words")
    func refused() {
        let verdict = verdict(
            AttemptResult(.refused, code: 550, enhancedCode: "5.1.1", text: "No such user", reason: .recipientRefused))
        #expect(verdict.state == .failed)
        #expect(verdict.nextAttemptAt == nil)
        #expect(verdict.reason?.code == .recipientRefused)
        #expect(verdict.reason?.text.french.contains("550 5.1.1 No such user") == true)
        #expect(self.verdict(AttemptResult(.refused, text: "")).reason?.code == .messageRefused)
    }

    @Test("deferred: queued with a wait for its own failures")
    func deferred() throws {
        let verdict = verdict(AttemptResult(.deferred, code: 451, text: "later"), failures: 1)
        #expect(verdict.state == .queued)
        let wait = try #require(verdict.nextAttemptAt) - Self.start
        #expect(abs(wait / .seconds(300) - 1) < 0.001)
        #expect(verdict.reason == nil)
    }

    @Test("the last try is at the instant of giving up, and then it is given up")
    func givingUp() {
        let end = RetryPolicy().giveUp
        let result = AttemptResult(.deferred, code: 451, text: "later")
        #expect(verdict(result, after: end - .seconds(10), failures: 50).nextAttemptAt == Self.start + end)
        let last = verdict(result, after: end, failures: 50)
        #expect(last.state == .failed)
        #expect(last.reason?.code == .expired)
        #expect(last.reason?.text.french.contains("51 tentatives") == true)
    }

    @Test("uncertain: says so and tries again")
    func uncertain() {
        let verdict = verdict(AttemptResult(.uncertain, code: 354, text: "connection lost"))
        #expect(verdict.state == .queued)
        #expect(verdict.reason?.code == .uncertain)
        #expect(verdict.nextAttemptAt ?? Self.start > Self.start)
    }

    @Test("a fault of the channel never counts against a submission", arguments: ChannelFault.Kind.allCases)
    func faults(kind: ChannelFault.Kind) {
        let fault = ChannelFault(kind, fr: "panne", en: "down")
        for outcome in [AttemptResult.Outcome.refused, .deferred] {
            let late = RetryPolicy().giveUp + .seconds(1)
            let verdict = verdict(AttemptResult(outcome, text: "", fault: fault), after: late)
            #expect(verdict.state == .queued)
            #expect(verdict.nextAttemptAt == Self.start + late)
            #expect(verdict.text.french == "Canal indisponible : panne")
        }
    }

    @Test("an uncertain end is uncertain, whatever broke the channel")
    func uncertainFault() {
        let fault = ChannelFault(.unreachable, fr: "panne", en: "down")
        let verdict = verdict(AttemptResult(.uncertain, text: "", fault: fault))
        #expect(verdict.reason?.code == .uncertain)
        #expect(verdict.nextAttemptAt ?? Self.start > Self.start)
    }

    @Test("a state is queued exactly when it has a next instant")
    func invariant() {
        let fault = ChannelFault(.busy, fr: "", en: "")
        for outcome in AttemptResult.Outcome.allCases {
            for fault in [nil, fault] where !(outcome == .accepted && fault != nil) {
                for elapsed in [Duration.zero, RetryPolicy().giveUp] {
                    let verdict = verdict(AttemptResult(outcome, text: "", fault: fault), after: elapsed)
                    #expect((verdict.state == .queued) == (verdict.nextAttemptAt != nil))
                    #expect(verdict.attempt == 1 && verdict.at == Self.start + elapsed)
                }
            }
        }
    }
}

@Suite("Breaker")
struct BreakerTests {
    static let start = Timestamp(milliseconds: 0)

    private func probe(_ breaker: Breaker) -> Timestamp? {
        if case .open(_, _, let probeAt) = breaker.position { return probeAt }
        return nil
    }

    private func fault(_ kind: ChannelFault.Kind) -> ChannelFault { ChannelFault(kind, fr: "x", en: "x") }

    @Test("closed at first, open after a fault, closed again by a reset")
    func cycle() {
        var breaker = Breaker()
        #expect(breaker.position == .closed)
        breaker.trip(fault(.unreachable), at: Self.start, jitter: 1)
        #expect(probe(breaker) == Self.start + .milliseconds(250))
        breaker.reset()
        #expect(breaker == Breaker())
    }

    @Test("several connections meeting one fault count once")
    func once() {
        var breaker = Breaker()
        breaker.trip(fault(.authentication), at: Self.start, jitter: 1)
        let before = breaker
        breaker.trip(fault(.authentication), at: Self.start + .seconds(14), jitter: 1)
        #expect(breaker == before)
        breaker.trip(fault(.authentication), at: Self.start + .seconds(15), jitter: 1)
        #expect(probe(breaker) == Self.start + .seconds(45))
    }

    @Test(
        "waits double to a ceiling of their kind",
        arguments: [
            (ChannelFault.Kind.unreachable, 0.25, 1.0), (.busy, 5, 120), (.tls, 5, 60), (.configuration, 5, 60),
            (.authentication, 15, 300),
        ])
    func ceilings(kind: ChannelFault.Kind, first: Double, ceiling: Double) throws {
        var breaker = Breaker()
        var now = Self.start
        var waits: [Double] = []
        for _ in 0..<20 {
            breaker.trip(fault(kind), at: now, jitter: 1)
            let next = try #require(probe(breaker))
            waits.append((next - now) / .seconds(1))
            now = next
        }
        #expect(waits.first == first)
        #expect(waits[1] == min(first * 2, ceiling))
        #expect(waits.last == ceiling)
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
        guard case .open(_, let since, _) = breaker.position else { return #expect(Bool(false)) }
        #expect(since == Self.start)
    }

    @Test("a server that is away for long is asked less often")
    func away() throws {
        var breaker = Breaker()
        var now = Self.start
        for _ in 0..<700 {
            breaker.trip(fault(.unreachable), at: now, jitter: 1)
            now = try #require(probe(breaker))
        }
        breaker.trip(fault(.unreachable), at: now, jitter: 1)
        #expect(try #require(probe(breaker)) - now == .seconds(15))
    }

    @Test("where the clock is set back a probe is not put off for as long, and never twice")
    func setBack() {
        var breaker = Breaker()
        breaker.trip(fault(.authentication), at: Self.start, jitter: 1)
        breaker.clockStands(at: Self.start - .seconds(285))
        #expect(probe(breaker) == Self.start + .seconds(15))
        let before = Self.start - .seconds(86_400)
        breaker.clockStands(at: before)
        #expect(breaker.position == .open(fault(.authentication), since: before, probeAt: before))
        breaker.trip(fault(.authentication), at: before, jitter: 1)
        breaker.clockStands(at: before)
        #expect(probe(breaker) == before + .seconds(30))
    }

    @Test("jitter shortens a wait by a tenth at most")
    func jitter() {
        var breaker = Breaker()
        breaker.trip(fault(.busy), at: Self.start, jitter: 0)
        #expect(probe(breaker) == Self.start + .milliseconds(4500))
    }

    @Test("a change made here brings the next probe forward; waits begin anew, and it stays on trial")
    func hasten() throws {
        var breaker = Breaker()
        var now = Self.start
        for _ in 0..<8 {
            breaker.trip(fault(.authentication), at: now, jitter: 1)
            now = try #require(probe(breaker))
        }
        breaker.trip(fault(.authentication), at: now, jitter: 1)
        let change = now + .seconds(7)
        breaker.hasten(to: change)
        #expect(breaker.position == .open(fault(.authentication), since: Self.start, probeAt: change))
        var failed = breaker
        failed.trip(fault(.configuration), at: change, jitter: 1)
        #expect(failed.position == .open(fault(.configuration), since: Self.start, probeAt: change + .seconds(10)))
        breaker.probed()
        #expect(breaker.isOnTrial)
        breaker.reset()
        #expect(!breaker.isOnTrial)
        breaker.hasten(to: change)
        #expect(breaker == Breaker())
    }
}
