import SupportDesk
import Testing

extension JournalPromise {
    static let crowd = [
        JournalPromise("A thousand submissions at once are all taken in") { bench in
            let journal = try await bench.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...1000 {
                    group.addTask { try await journal.admit([Sample.admission(number, uid: UInt32(number % 4))]) }
                }
                try await group.waitForAll()
            }
            var query = SubmissionQuery()
            query.limit = 2000
            #expect(
                try await journal.submissions(query).map(\.reference)
                    == (1...1000).reversed().map { Sample.admission($0).submission.reference })
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 1000])
            #expect(try await journal.counts(submittedBy: 3) == [.queued: 250])
            #expect(try await journal.events(after: 0, limit: 2000).count == 1000)
        },
        JournalPromise("However many claim at once, each submission is claimed once") { bench in
            let journal = try await bench.open()
            try await journal.admit((1...200).map { Sample.admission($0) })
            let claims = try await withThrowingTaskGroup(of: [Claim].self) { group in
                for _ in 0..<50 {
                    group.addTask { try await journal.claim(.smtp, limit: 5, at: Sample.start + .seconds(1)) }
                }
                return try await group.reduce(into: [Claim]()) { $0 += $1 }
            }
            #expect(claims.count == 200)
            #expect(Set(claims.map(\.reference)).count == 200)
        },
        JournalPromise("A cancelled caller's write is carried through, and neighbours notice nothing") { bench in
            let journal = try await bench.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...300 {
                    group.addTask {
                        let caller = Task { try await journal.admit([Sample.admission(number)]) }
                        if number % 2 == 0 { caller.cancel() }
                        try await caller.value
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 300])
            let verdicts = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                let claims = try await journal.claim(.smtp, limit: 300, at: Sample.start + .seconds(1))
                for claim in claims {
                    let verdict = Sample.verdict(Sample.acceptance, of: claim, at: Sample.start + .seconds(2))
                    #expect(try await journal.conclude(verdict))
                }
                #expect(claims.count == 300)
            }
            try await verdicts.value
            #expect(try await journal.counts(submittedBy: nil) == [.relayed: 300])
        },
        JournalPromise("Whatever is done, rows, counts, attempts and history tell one story") { bench in
            for seed in 1...4 as ClosedRange<UInt64> {
                var journal = try await bench.open()
                var life = RandomLife(seed: seed)
                try await life.live(&journal, on: bench)
                try await bench.close(journal)
            }
        },
    ]
}
