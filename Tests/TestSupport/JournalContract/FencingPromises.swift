import SupportDesk
import Testing

extension JournalPromise {
    static let fencing = [
        JournalPromise("A verdict is written once") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let claim = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let now = Sample.start + .seconds(2)
            #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: now)))
            try await unchanged(claim.reference, in: journal) {
                #expect(try await !journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: now)))
                #expect(try await !journal.conclude(Sample.verdict(Sample.deferral, of: claim, at: now)))
                try await journal.unclaim([claim], at: now)
            }
        },
        JournalPromise("A late verdict on an earlier attempt changes nothing") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let first = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let now = Sample.start + .seconds(2)
            _ = try await journal.recover(at: now)
            try await unchanged(first.reference, in: journal) {
                #expect(try await !journal.conclude(Sample.verdict(Sample.acceptance, of: first, at: now)))
                try await journal.unclaim([first], at: now)
            }
            let second = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            try await unchanged(first.reference, in: journal) {
                #expect(try await !journal.conclude(Sample.verdict(Sample.acceptance, of: first, at: now)))
                try await journal.unclaim([first], at: now)
            }
            #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: second, at: now)))
        },
        JournalPromise("A verdict on what the journal does not hold is ignored") { bench in
            let journal = try await bench.open()
            let claim = Claim(
                reference: Sample.admission(7).submission.reference, attempt: 1, failures: 0, queuedAt: Sample.start,
                content: .bytes([]))
            #expect(try await !journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: Sample.start)))
            try await journal.unclaim([claim], at: Sample.start)
            #expect(try await journal.lastEvent() == 0)
            #expect(try await journal.counts(submittedBy: nil).isEmpty)
        },
        JournalPromise("Of many verdicts on one attempt, exactly one is written") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let claim = try #require(
                try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            let written = try await withThrowingTaskGroup(of: Bool.self) { group in
                for second in 2...40 {
                    group.addTask {
                        try await journal.conclude(
                            Sample.verdict(Sample.acceptance, of: claim, at: Sample.start + .seconds(second)))
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(written == 1)
            #expect(try await journal.history(of: claim.reference).count == 3)
        },
    ]

    /// Runs a body that must leave no trace.
    static func unchanged(
        _ reference: Reference, in journal: any Journal, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async throws {
        let before = try await Sample.dossier(reference, in: journal)
        let last = try await journal.lastEvent()
        let counts = try await journal.counts(submittedBy: nil)
        try await body()
        #expect(try await Sample.dossier(reference, in: journal) == before, sourceLocation: sourceLocation)
        #expect(try await journal.lastEvent() == last, sourceLocation: sourceLocation)
        #expect(try await journal.counts(submittedBy: nil) == counts, sourceLocation: sourceLocation)
    }
}
