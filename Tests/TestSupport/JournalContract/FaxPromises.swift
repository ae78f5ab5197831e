import SupportDesk
import Testing

extension JournalPromise {
    static let fax = [
        JournalPromise("A step is written while its attempt is under way, and at no other time", fenced),
        JournalPromise("The steps of a fax are told, and shown while it is under way", steps),
        JournalPromise("What was handed over is under way, with how far it was; nothing else is", handedOver),
        JournalPromise(
            "After a stop, a fax that was not handed over was not tried; one that was is left alone", stopped),
        JournalPromise("A stop between any two steps of a fax loses none of them", powerCuts),
        JournalPromise("A fax is delivered, held, or goes on by another channel", concluded),
        JournalPromise("What goes by mail again falls back anew only if it never reached the gateway", returned),
        JournalPromise("Calls count from the hand-over on, and are corrected at the end", usage),
        JournalPromise("A channel's load is what waits for it and what it sends", load),
        JournalPromise("What waits for mail is told by how long it waits, reports alone", waiting),
        JournalPromise("Mail falls back to fax once, and only while it waits", fallback),
        JournalPromise("A person sends reports by fax, and nothing else; then it is no fallback any more", resent),
    ]

    private static let endpoint = "fax.example.fr:4559"

    /// A fax as it is claimed, one second after the start.
    private static func claimFax(_ journal: any Journal, _ number: Int = 1) async throws -> Claim {
        try await journal.admit([Sample.admission(number, channel: .fax)])
        return try #require(try await journal.claim(.fax, limit: 1, at: Sample.start + .seconds(1)).first)
    }

    private static func verdict(_ kind: FaxOutcome.Kind, of claim: Claim, calls: Int = 2, pages: Int = 3) -> Verdict {
        let fax = FaxOutcome(kind, code: 200, text: "OK", calls: calls, pages: pages, totalPages: 3)
        return FaxPolicy().verdict(
            on: AttemptResult(fax, endpoint: endpoint), of: claim, at: Sample.start + .seconds(9), jitter: 0)
    }

    private static let said = Bilingual(fr: "Fax : essai 2/5", en: "Fax: try 2/5")

    @Sendable private static func fenced(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let claim = try await claimFax(journal)
        let now = Sample.start + .seconds(2)
        let steps: [AttemptStep] = [.handingOver(endpoint: endpoint, calls: 5), .taken(job: "17"), .underWay(said)]
        var other = claim
        other.attempt = 2
        var unknown = claim
        unknown.reference = Sample.admission(99).submission.reference
        func nothingWritten(for claims: [Claim]) async throws {
            try await unchanged(claim.reference, in: journal) {
                for claim in claims {
                    for step in steps {
                        let isWritten = try await journal.note(step, of: claim, at: now)
                        #expect(!isWritten)
                    }
                }
            }
        }
        try await nothingWritten(for: [other, unknown])
        try await journal.unclaim([claim], at: now)
        try await nothingWritten(for: [claim])
        let again = try #require(try await journal.claim(.fax, limit: 1, at: now).first)
        #expect(try await journal.note(steps[0], of: again, at: now))
        #expect(try await journal.conclude(verdict(.delivered, of: again)))
        try await nothingWritten(for: [claim, again])
    }

    @Sendable private static func steps(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let claim = try await claimFax(journal)
        let steps: [AttemptStep] = [.handingOver(endpoint: endpoint, calls: 5), .taken(job: "17"), .underWay(said)]
        for (index, step) in steps.enumerated() {
            let now = Sample.start + .seconds(2 + index)
            #expect(try await journal.note(step, of: claim, at: now))
            let dossier = try await Sample.dossier(claim.reference, in: journal)
            #expect(dossier.submission?.state == .sending)
            #expect(dossier.submission?.updatedAt == now)
            #expect(dossier.history.last?.state == .sending && dossier.history.last?.at == now)
            #expect(dossier.history.last?.text == step.sentence)
            var attempt = Attempt(
                number: 1, channel: .fax, endpoint: endpoint, startedAt: Sample.start + .seconds(1))
            attempt.job = index > 0 ? "17" : nil
            attempt.progress = index > 1 ? said.english : nil
            #expect(dossier.attempts == [attempt])
        }
        #expect(try await journal.conclude(verdict(.delivered, of: claim)))
        let attempt = try #require(try await journal.attempts(of: claim.reference).first)
        #expect(attempt.progress == nil && attempt.job == "17" && attempt.result?.text == "OK")
    }

    @Sendable private static func handedOver(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit((1...4).map { Sample.admission($0, channel: .fax) })
        try await journal.admit([Sample.admission(5)])
        let claims = try await journal.claim(.fax, limit: 3, at: Sample.start + .seconds(1))
        let mail = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1))
        #expect(try await journal.underWay(.fax).isEmpty)
        // The second waits to be handed over, the third was, the first is at work.
        for (index, second) in [(0, 2), (2, 3)] {
            #expect(
                try await journal.note(
                    .handingOver(endpoint: endpoint, calls: 5), of: claims[index], at: Sample.start + .seconds(second)))
        }
        #expect(try await journal.note(.taken(job: "17"), of: claims[0], at: Sample.start + .seconds(4)))
        var expected = [claims[0], claims[2]]
        expected[0].progress = AttemptProgress(
            endpoint: endpoint, handedAt: Sample.start + .seconds(2), job: "17")
        expected[1].progress = AttemptProgress(endpoint: endpoint, handedAt: Sample.start + .seconds(3))
        #expect(try await journal.underWay(.fax) == expected)
        #expect(try await journal.underWay(.smtp).isEmpty, "\(mail)")
        #expect(expected[0].parcel.progress == expected[0].progress)
        for claim in claims { #expect(try await journal.conclude(verdict(.delivered, of: claim))) }
        #expect(try await journal.underWay(.fax).isEmpty)
    }

    @Sendable private static func stopped(_ bench: any JournalBench) async throws {
        var journal = try await bench.open()
        try await journal.admit([1, 2].map { Sample.admission($0, channel: .fax) } + [Sample.admission(3)])
        let faxes = try await journal.claim(.fax, limit: 2, at: Sample.start + .seconds(1))
        let mail = try #require(try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
        let handed = Sample.start + .seconds(2)
        #expect(try await journal.note(.handingOver(endpoint: endpoint, calls: 5), of: faxes[1], at: handed))
        let before = try await Sample.dossier(faxes[1].reference, in: journal)
        try await bench.close(journal)
        journal = try await bench.open()
        let now = Sample.start + .seconds(100)
        #expect(try await journal.recover(at: now) == [mail.reference])
        #expect(try await journal.submission(mail.reference)?.reason?.code == .uncertain)

        #expect(try await Sample.dossier(faxes[1].reference, in: journal) == before)
        #expect(try await journal.underWay(.fax).map(\.reference) == [faxes[1].reference])

        let back = try await Sample.dossier(faxes[0].reference, in: journal)
        #expect(back.submission?.state == .queued && back.submission?.reason == nil)
        #expect(back.submission?.attemptCount == 0 && back.attempts.isEmpty)
        #expect(back.submission?.nextAttemptAt == now)
        #expect(try await journal.claim(.fax, limit: 9, at: now) == [faxes[0]])
        #expect(try await journal.recover(at: now).isEmpty)
    }

    @Sendable private static func powerCuts(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let claim = try await claimFax(journal)
        func survives() async throws {
            let cut = try await bench.openAsAfterPowerCut()
            #expect(
                try await Sample.dossier(claim.reference, in: cut)
                    == Sample.dossier(claim.reference, in: journal))
            #expect(try await cut.underWay(.fax) == journal.underWay(.fax))
            #expect(try await cut.faxUsage(since: Sample.start) == journal.faxUsage(since: Sample.start))
            try await bench.close(cut)
        }
        try await survives()
        for step in [.handingOver(endpoint: endpoint, calls: 5), .taken(job: "17"), .underWay(said)] as [AttemptStep] {
            #expect(try await journal.note(step, of: claim, at: Sample.start + .seconds(2)))
            try await survives()
        }
        #expect(try await journal.conclude(verdict(.delivered, of: claim)))
        try await survives()
        try await bench.close(journal)
    }
}
