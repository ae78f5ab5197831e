import SupportDesk
import Testing

/// How faxes end, what they cost, and what mail falls back to.
extension JournalPromise {
    private static let endpoint = "fax.example.fr:4559"
    private static let text = Bilingual(fr: "Passe au fax", en: "Goes to fax")

    private static func handOver(_ number: Int, in journal: any Journal, at now: Timestamp) async throws -> Claim {
        try await journal.admit([Sample.admission(number, channel: .fax)])
        let claim = try #require(try await journal.claim(.fax, limit: 1, at: now).first)
        #expect(try await journal.note(.handingOver(endpoint: endpoint, calls: 5), of: claim, at: now))
        return claim
    }

    private static func result(_ kind: FaxOutcome.Kind, calls: Int = 2, pages: Int = 3) -> AttemptResult {
        AttemptResult(FaxOutcome(kind, text: "OK", calls: calls, pages: pages, totalPages: 3), endpoint: endpoint)
    }

    private static func verdict(_ result: AttemptResult, of claim: Claim, mails: Bool = false) -> Verdict {
        var policy = FaxPolicy()
        policy.mailsAfterFallback = mails
        return policy.verdict(on: result, of: claim, at: Sample.start + .seconds(9), jitter: 0)
    }

    @Sendable static func concluded(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let now = Sample.start + .seconds(2)
        let end = Sample.start + .seconds(9)
        let delivered = try await handOver(1, in: journal, at: now)
        #expect(try await journal.conclude(verdict(result(.delivered), of: delivered)))
        var submission = try #require(try await journal.submission(delivered.reference))
        #expect(submission.state == .delivered && submission.relayedAt == end && submission.deliveredAt == end)

        let relayed = try await handOver(2, in: journal, at: now)
        #expect(try await journal.conclude(verdict(result(.relayed), of: relayed)))
        submission = try #require(try await journal.submission(relayed.reference))
        #expect(submission.state == .relayed && submission.relayedAt == end && submission.deliveredAt == nil)

        let doubtful = try await handOver(3, in: journal, at: now)
        #expect(try await journal.conclude(verdict(result(.uncertain(.vanished)), of: doubtful)))
        submission = try #require(try await journal.submission(doubtful.reference))
        #expect(submission.state == .held && submission.reason?.code == .uncertain)
        #expect(submission.nextAttemptAt == nil && submission.relayedAt == nil)
        #expect(try await journal.nextDue(.fax) == nil)
        #expect(try await journal.claim(.fax, limit: 9, at: end + .seconds(1_000_000)).isEmpty)
        #expect(try await journal.counts(submittedBy: nil) == [.delivered: 1, .relayed: 1, .held: 1])
    }

    @Sendable static func returned(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let fault = ChannelFault(.unreachable, fr: "Injoignable", en: "Unreachable")
        let ends: [(AttemptResult, mails: Bool, again: Bool)] = [
            (AttemptResult(.deferred, text: "x", fault: fault, endpoint: endpoint), false, true),
            (result(.notSent(.busy)), false, false), (result(.refused(.number)), false, false),
            (result(.delivered), true, false),
        ]
        for (number, (result, mails, again)) in ends.enumerated() {
            let reference = Sample.admission(number).submission.reference
            try await journal.admit([Sample.admission(number)])
            let now = Sample.start + .seconds(2)
            #expect(try await journal.fallBack(reference, text, at: now))
            let claim = try #require(try await journal.claim(.fax, limit: 1, at: now).first)
            #expect(claim.isFallback && claim.parcel.isFallback)
            #expect(try await journal.note(.handingOver(endpoint: endpoint, calls: 5), of: claim, at: now))
            #expect(try await journal.underWay(.fax).map(\.isFallback) == [true])
            #expect(try await journal.conclude(verdict(result, of: claim, mails: mails)))
            let submission = try #require(try await journal.submission(reference))
            #expect(submission.state == .queued && submission.channel == .smtp)
            #expect(try await journal.nextDue(.fax) == nil)
            let end = Sample.start + .seconds(9)
            #expect(try await journal.fallBack(reference, text, at: end) == again, "\(result)")
            if again {
                let anew = try #require(try await journal.claim(.fax, limit: 1, at: end).first)
                #expect(try await journal.conclude(verdict(Self.result(.delivered), of: anew)))
                continue
            }
            let mail = try #require(try await journal.claim(.smtp, limit: 1, at: end).first)
            #expect(mail.reference == reference && mail.attempt == 2)
            #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: mail, at: end)))
        }
    }

    @Sendable static func usage(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        #expect(try await journal.faxUsage(since: Sample.start) == FaxUsage())
        try await journal.admit([Sample.admission(9, channel: .fax)])
        let claim = try #require(try await journal.claim(.fax, limit: 1, at: Sample.start + .seconds(2)).first)
        #expect(try await journal.faxUsage(since: Sample.start) == FaxUsage(), "nothing is dialled yet")
        let handed = Sample.start + .seconds(3)
        #expect(try await journal.note(.handingOver(endpoint: endpoint, calls: 5), of: claim, at: handed))
        #expect(try await journal.faxUsage(since: Sample.start) == FaxUsage(calls: 5), "all that it may come to")
        #expect(try await journal.faxUsage(since: handed) == FaxUsage(calls: 5))
        #expect(try await journal.faxUsage(since: handed + .milliseconds(1)) == FaxUsage())
        #expect(try await journal.conclude(verdict(result(.delivered, calls: 4, pages: 3), of: claim)))
        #expect(try await journal.faxUsage(since: handed) == FaxUsage(calls: 4, pages: 3))
        #expect(
            try await journal.faxUsage(since: handed + .milliseconds(1)) == FaxUsage(),
            "it counts where it was handed over, not where it ended")
        let second = try await handOver(10, in: journal, at: handed + .seconds(1))
        #expect(try await journal.faxUsage(since: handed) == FaxUsage(calls: 9, pages: 3))
        #expect(try await journal.conclude(verdict(result(.refused(.job), calls: 0, pages: 0), of: second)))
        #expect(try await journal.faxUsage(since: handed) == FaxUsage(calls: 4, pages: 3))
    }

    @Sendable static func load(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        #expect(try await journal.load(of: .fax) == 0)
        let later = Sample.start + .seconds(3600)
        try await journal.admit(
            [1, 2].map { Sample.admission($0, channel: .fax) } + [
                Sample.admission(3, channel: .fax, nextAttemptAt: later),
                Sample.admission(4, state: .held, channel: .fax), Sample.admission(5),
            ])
        #expect(try await journal.load(of: .fax) == 3)
        #expect(try await journal.load(of: .smtp) == 1)
        let claim = try #require(try await journal.claim(.fax, limit: 1, at: Sample.start + .seconds(2)).first)
        #expect(try await journal.load(of: .fax) == 3, "what is being sent still keeps the line busy")
        #expect(try await journal.conclude(verdict(result(.delivered), of: claim)))
        #expect(try await journal.load(of: .fax) == 2)
    }

    @Sendable static func waiting(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        var notice = Sample.admission(6)
        notice.submission.kind = .notice
        var callback = Sample.admission(7)
        callback.submission.kind = .callback
        try await journal.admit([
            Sample.admission(1, receivedAt: Sample.start + .seconds(30)),
            Sample.admission(2, receivedAt: Sample.start + .seconds(10)),
            Sample.admission(3, receivedAt: Sample.start + .seconds(20), nextAttemptAt: Sample.start + .seconds(999)),
            Sample.admission(4, channel: .fax), Sample.admission(5, state: .held), notice, callback,
        ])
        func waiting(before second: Int, skipping: Int = 0, limit: Int = 9) async throws -> [Reference] {
            try await journal.waitingForMail(
                queuedBefore: Sample.start + .seconds(second), skipping: skipping, limit: limit
            ).map(\.submission.reference)
        }
        let references = (0...7).map { Sample.admission($0).submission.reference }
        #expect(try await waiting(before: 30) == [references[2], references[3], references[1]])
        #expect(try await waiting(before: 29) == [references[2], references[3]])
        #expect(try await waiting(before: 30, limit: 1) == [references[2]])
        #expect(try await waiting(before: 30, skipping: 1, limit: 1) == [references[3]])
        #expect(try await waiting(before: 30, skipping: 3).isEmpty)
        #expect(try await waiting(before: 30, limit: 0).isEmpty)
        let first = try #require(
            try await journal.waitingForMail(queuedBefore: Sample.start + .seconds(30), skipping: 0, limit: 1).first)
        #expect(first.since == Sample.start + .seconds(10))
        #expect(first.submission == (try await journal.submission(references[2])))
        #expect(try await journal.fallBack(references[2], text, at: Sample.start + .seconds(40)))
        #expect(try await waiting(before: 30) == [references[3], references[1]])
        // A person's retry counts anew.
        _ = try await journal.intervene(.retry, in: references[3], by: "root", at: Sample.start + .seconds(50)).get()
        #expect(try await waiting(before: 30) == [references[1]])
    }

    @Sendable static func fallback(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        var notice = Sample.admission(5)
        notice.submission.kind = .notice
        try await journal.admit([
            Sample.admission(1), Sample.admission(2, state: .held), Sample.admission(3, channel: .fax),
            Sample.admission(4, rank: -1), notice,
        ])
        let references = (0...6).map { Sample.admission($0).submission.reference }
        let now = Sample.start + .seconds(2)
        // A failure counts for the channel it happened on.
        let tried = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
        #expect(tried.reference == references[4])
        for index in [2, 3, 4, 5, 6] {
            try await unchanged(references[index], in: journal) {
                let isMoved = try await journal.fallBack(references[index], text, at: now)
                #expect(!isMoved)
            }
        }
        #expect(try await journal.conclude(Sample.verdict(Sample.deferral, of: tried, at: now)))
        for index in [1, 4] {
            #expect(try await journal.fallBack(references[index], text, at: now))
            let dossier = try await Sample.dossier(references[index], in: journal)
            #expect(dossier.submission?.state == .queued && dossier.submission?.channel == .fax)
            #expect(dossier.submission?.nextAttemptAt == now && dossier.submission?.updatedAt == now)
            #expect(dossier.history.last?.text == text && dossier.history.last?.state == .queued)
            try await unchanged(references[index], in: journal) {
                let isMoved = try await journal.fallBack(references[index], text, at: now)
                #expect(!isMoved)
            }
        }
        #expect(try await journal.nextDue(.fax) != nil)
        let claims = try await journal.claim(.fax, limit: 9, at: now)
        #expect(Set(claims.map(\.reference)) == [references[1], references[3], references[4]])
        #expect(claims.allSatisfy { $0.failures == 0 })
        #expect(Set(claims.filter(\.isFallback).map(\.reference)) == [references[1], references[4]])
    }

    @Sendable static func resent(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        var callback = Sample.admission(1, state: .failed)
        callback.submission.kind = .callback
        try await journal.admit([callback, Sample.admission(2)])
        let now = Sample.start + .seconds(5)
        try await unchanged(callback.submission.reference, in: journal) {
            let outcome = try await journal.intervene(
                .resend(.fax), in: callback.submission.reference, by: "root", at: now)
            guard case .failure(let refusal) = outcome else {
                Issue.record("a call-back went to fax")
                return
            }
            #expect(!refusal.isTemporary && refusal.explanation.english.contains("only reports go by fax"))
        }
        let reference = Sample.admission(2).submission.reference
        #expect(try await journal.fallBack(reference, text, at: now))
        let moved = try await journal.intervene(.resend(.fax), in: reference, by: "root", at: now).get()
        #expect(moved.channel == .fax && moved.state == .queued)
        let claim = try #require(try await journal.claim(.fax, limit: 1, at: now).first)
        #expect(!claim.isFallback && claim.queuedAt == now)
        try await journal.unclaim([claim], at: now)
        // Back to mail, it may fall back like any other.
        _ = try await journal.intervene(.resend(.smtp), in: reference, by: "root", at: now).get()
        #expect(try await journal.fallBack(reference, text, at: now))
    }
}
