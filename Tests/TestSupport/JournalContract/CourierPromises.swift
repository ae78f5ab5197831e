import SupportDesk
import Testing

extension JournalPromise {
    static let courier = [
        JournalPromise("A claim journals its attempt before anything is sent") { bench in
            let journal = try await bench.open()
            let admission = Sample.admission(1)
            let reference = admission.submission.reference
            try await journal.admit([admission])
            let now = Sample.start + .seconds(5)
            let claims = try await journal.claim(.smtp, limit: 10, at: now)
            var expected = Claim(
                reference: reference, attempt: 1, failures: 0, queuedAt: admission.submission.receivedAt,
                content: .bytes(Sample.message))
            expected.license = admission.submission.license
            #expect(claims == [expected])
            let dossier = try await Sample.dossier(reference, in: journal)
            #expect(dossier.submission?.state == .sending)
            #expect(dossier.submission?.attemptCount == 1)
            #expect(dossier.submission?.nextAttemptAt == nil)
            #expect(dossier.submission?.updatedAt == now)
            #expect(dossier.attempts == [Attempt(number: 1, channel: .smtp, endpoint: "", startedAt: now)])
            #expect(dossier.history.last?.state == .sending)
            #expect(dossier.history.last?.at == now)
            #expect(
                dossier.history.last?.text
                    == Bilingual(fr: "Envoi en cours (tentative 1)", en: "Sending (attempt 1)"))
            #expect(try await journal.claim(.smtp, limit: 10, at: now).isEmpty)
            #expect(try await journal.counts(submittedBy: nil) == [.sending: 1])
        },
        JournalPromise("Claims go by rank, then by age, each channel for itself, and never beyond the limit") { bench in
            let journal = try await bench.open()
            let ranks: [Int64] = [50, -3, 20, 20, 7, 99]
            try await journal.admit(ranks.enumerated().map { Sample.admission($0 + 1, rank: $1) })
            try await journal.admit([Sample.admission(10, channel: .fax, rank: -100)])
            let now = Sample.start + .seconds(5)
            #expect(try await journal.claim(.smtp, limit: 0, at: now).isEmpty)
            #expect(try await numbers(journal.claim(.smtp, limit: 4, at: now)) == [2, 5, 3, 4])
            #expect(try await numbers(journal.claim(.smtp, limit: 4, at: now)) == [1, 6])
            #expect(try await numbers(journal.claim(.fax, limit: 4, at: now)) == [10])
        },
        JournalPromise("What is not due yet waits, and keeps nobody of a higher rank waiting") { bench in
            let journal = try await bench.open()
            let now = Sample.start + .seconds(60)
            let waiting = (1...20).map {
                Sample.admission($0, rank: Int64($0), nextAttemptAt: now + .milliseconds(21 - $0))
            }
            try await journal.admit(waiting + [Sample.admission(30, rank: 1000, nextAttemptAt: now)])
            #expect(try await journal.nextDue(.fax) == nil)
            #expect(try await numbers(journal.claim(.smtp, limit: 100, at: now)) == [30])
            #expect(try await journal.nextDue(.smtp) == now + .milliseconds(1))
            #expect(try await numbers(journal.claim(.smtp, limit: 2, at: now + .milliseconds(5))) == [16, 17])
            let next = try #require(try await journal.nextDue(.smtp))
            #expect(next <= now + .milliseconds(5))
            #expect(try await numbers(journal.claim(.smtp, limit: 100, at: now + .milliseconds(5))) == [18, 19, 20])
            #expect(
                try await numbers(journal.claim(.smtp, limit: 100, at: now + .milliseconds(99))) == Array(1...15))
            #expect(try await journal.nextDue(.smtp) == nil)
        },
        JournalPromise("Where the clock was set back, nothing waits longer than it was meant to") { bench in
            let journal = try await bench.open()
            try await journal.admit((1...3).map { Sample.admission($0) })
            let claims = try await journal.claim(.smtp, limit: 2, at: Sample.start)
            for claim in claims {
                var verdict = RetryPolicy().verdict(on: .deferred, of: claim, at: Sample.start, jitter: 0)
                verdict.nextAttemptAt = Sample.start + .seconds(600)
                #expect(try await journal.conclude(verdict))
            }
            let before = Sample.start - .seconds(86_400)
            #expect(try await journal.clockWasSetBack(.fax, to: before) == 0)
            #expect(try await journal.clockWasSetBack(.smtp, to: before) == 2)
            #expect(try await journal.clockWasSetBack(.smtp, to: before) == 0)
            #expect(try await numbers(journal.claim(.smtp, limit: 9, at: before)) == [3])
            #expect(try await journal.claim(.smtp, limit: 9, at: before + .seconds(599)).isEmpty)
            let late = try await journal.claim(.smtp, limit: 9, at: before + .seconds(600))
            #expect(late.count == 2)
            #expect(late.allSatisfy { $0.queuedAt == before && $0.attempt == 2 })
        },
        JournalPromise("Only what is queued is claimed") { bench in
            let journal = try await bench.open()
            let states = State.allCases.filter { $0 != .queued && $0 != .sending }
            try await journal.admit(states.enumerated().map { Sample.admission($0, state: $1) })
            #expect(try await journal.nextDue(.smtp) == nil)
            #expect(try await journal.claim(.smtp, limit: 100, at: Sample.start + .seconds(86_400)).isEmpty)
        },
        JournalPromise("An accepted submission is relayed, with the peer's words") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let claim = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let now = Sample.start + .seconds(3)
            let verdict = Sample.verdict(Sample.acceptance, of: claim, at: now)
            #expect(try await journal.conclude(verdict))
            let dossier = try await Sample.dossier(claim.reference, in: journal)
            #expect(dossier.submission?.state == .relayed)
            #expect(dossier.submission?.relayedAt == now)
            #expect(dossier.submission?.updatedAt == now)
            #expect(dossier.submission?.nextAttemptAt == nil)
            #expect(dossier.submission?.reason == nil)
            #expect(
                dossier.attempts == [
                    Attempt(
                        number: 1, channel: .smtp, endpoint: "mail.example.fr:587",
                        startedAt: Sample.start + .seconds(1), endedAt: now, result: Sample.acceptance)
                ])
            #expect(dossier.history.map(\.state) == [.queued, .sending, .relayed])
            #expect(dossier.history.last?.text == verdict.text)
            #expect(try await journal.counts(submittedBy: nil) == [.relayed: 1])
            #expect(try await journal.nextDue(.smtp) == nil)
        },
        JournalPromise("An outcome and the claim of the next one are one write; an outcome that is late still claims") {
            bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1), Sample.admission(2), Sample.admission(3)])
            let (now, later) = (Sample.start + .seconds(1), Sample.start + .seconds(2))
            let first = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            let verdict = Sample.verdict(Sample.acceptance, of: first, at: later)
            let second = try #require(try await journal.conclude(verdict, thenClaim: .smtp, at: later))
            #expect(second.reference != first.reference && second.attempt == 1)
            #expect(try await journal.submission(first.reference)?.state == .relayed)
            #expect(try await journal.submission(second.reference)?.state == .sending)
            let third = try #require(try await journal.conclude(verdict, thenClaim: .smtp, at: later))
            #expect(Set([first, second, third].map(\.reference)).count == 3)
            #expect(try await journal.history(of: first.reference).map(\.state) == [.queued, .sending, .relayed])
            let last = Sample.verdict(Sample.acceptance, of: third, at: later)
            #expect(try await journal.conclude(last, thenClaim: .smtp, at: later) == nil)
            let all = try await journal.attempts(of: [first, second, third].map(\.reference))
            #expect(all.values.map(\.count) == [1, 1, 1])
        },
        JournalPromise("What moved comes once, as it stands, and where it moved again only with its last event") {
            bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1), Sample.admission(2)])
            #expect(try await journal.moved(since: 0, limit: 10)?.moves.map(\.submission.state) == [.queued, .queued])
            let claim = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let early = try #require(try await journal.moved(since: 0, limit: 2))
            #expect(early.last == 2 && early.moves.count == 1)
            #expect(early.moves.first?.submission.reference != claim.reference)
            let late = try #require(try await journal.moved(since: early.last, limit: 2))
            #expect(late.last == 3 && late.moves.map(\.submission.reference) == [claim.reference])
            #expect(late.moves.first?.latest.english == "Sending (attempt 1)")
            #expect(try await journal.moved(since: late.last, limit: 2) == nil)
        },
        JournalPromise("A refused submission has failed, and says why") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let claim = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let result = AttemptResult(
                .refused, code: 550, enhancedCode: "5.1.1", text: "No such user", reason: .recipientRefused,
                endpoint: "mail.example.fr:587")
            let verdict = Sample.verdict(result, of: claim, at: Sample.start + .seconds(2))
            #expect(try await journal.conclude(verdict))
            let submission = try #require(try await journal.submission(claim.reference))
            #expect(submission.state == .failed)
            #expect(submission.reason == verdict.reason)
            #expect(submission.reason?.code == .recipientRefused)
            #expect(submission.relayedAt == nil)
            #expect(try await journal.attempts(of: claim.reference).map(\.result) == [result])
        },
        JournalPromise("Failures count what failed on the submission's own account since a person queued it", failures),
        JournalPromise("A claim that was never begun leaves no attempt") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1), Sample.admission(2)])
            let claims = try await journal.claim(.smtp, limit: 2, at: Sample.start + .seconds(1))
            let now = Sample.start + .seconds(2)
            try await journal.unclaim(claims, at: now)
            for claim in claims {
                let dossier = try await Sample.dossier(claim.reference, in: journal)
                #expect(dossier.submission?.state == .queued)
                #expect(dossier.submission?.attemptCount == 0)
                #expect(dossier.submission?.nextAttemptAt == now)
                #expect(dossier.attempts.isEmpty)
                #expect(dossier.history.last?.state == .queued)
            }
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 2])
            #expect(try await journal.claim(.smtp, limit: 2, at: now) == claims)
        },
        JournalPromise("What was being sent when the program died goes back to the queue as uncertain") { bench in
            var journal = try await bench.open()
            try await journal.admit((1...4).map { Sample.admission($0) })
            let claims = try await journal.claim(.smtp, limit: 2, at: Sample.start + .seconds(1))
            try await bench.close(journal)
            journal = try await bench.open()
            let now = Sample.start + .seconds(100)
            #expect(try await journal.recover(at: now) == claims.map(\.reference))
            for claim in claims {
                let dossier = try await Sample.dossier(claim.reference, in: journal)
                #expect(dossier.submission?.state == .queued)
                #expect(dossier.submission?.reason?.code == .uncertain)
                #expect(dossier.submission?.nextAttemptAt == now)
                #expect(dossier.attempts.map(\.result?.outcome) == [.uncertain])
                #expect(dossier.attempts.map(\.endedAt) == [now])
                #expect(dossier.history.last?.state == .queued)
            }
            #expect(try await journal.recover(at: now).isEmpty)
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 4])
            let again = try await journal.claim(.smtp, limit: 2, at: now)
            #expect(again.map(\.reference) == claims.map(\.reference))
            #expect(again.map(\.attempt) == [2, 2])
            #expect(again.map(\.failures) == [1, 1])
        },
    ]

    /// Which samples were claimed, by their numbers.
    private static func numbers(_ claims: [Claim]) -> [Int] {
        claims.map { Int($0.reference.number & (1 << 19 - 1)) }
    }

    @Sendable private static func failures(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit([Sample.admission(1)])
        let fault = ChannelFault(.busy, fr: "Occupé", en: "Busy")
        let results: [(AttemptResult, failures: Int)] = [
            (Sample.deferral, 1),
            (AttemptResult(.deferred, code: 421, text: "Busy", fault: fault, endpoint: "m:25"), 1),
            (AttemptResult(.refused, code: 535, text: "No", fault: fault, endpoint: "m:25"), 1),
            (AttemptResult(.uncertain, code: 354, text: "Lost", endpoint: "m:25"), 2),
        ]
        var now = Sample.start + .seconds(1)
        for (number, (result, expected)) in results.enumerated() {
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            #expect(claim.attempt == number + 1)
            let verdict = Sample.verdict(result, of: claim, at: now)
            #expect(try await journal.conclude(verdict))
            let submission = try #require(try await journal.submission(claim.reference))
            #expect(submission.state == .queued)
            #expect(submission.nextAttemptAt == verdict.nextAttemptAt)
            #expect(submission.reason == verdict.reason)
            #expect(try await journal.nextDue(.smtp) == verdict.nextAttemptAt)
            let next = try #require(verdict.nextAttemptAt)
            if next > now {
                #expect(try await journal.claim(.smtp, limit: 1, at: next - .milliseconds(1)).isEmpty)
            }
            now = next
            let again = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            #expect(again.failures == expected)
            #expect(again.queuedAt == Sample.admission(1).submission.receivedAt)
            try await journal.unclaim([again], at: now)
        }
        let reference = Sample.admission(1).submission.reference
        #expect(try await journal.attempts(of: reference).map(\.result) == results.map(\.0))

        _ = try await journal.intervene(.retry, in: reference, by: "root", at: now + .seconds(1)).get()
        let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now + .seconds(1)).first)
        #expect(claim.failures == 0)
        #expect(claim.queuedAt == now + .seconds(1))
        #expect(claim.attempt == results.count + 1)
    }
}
