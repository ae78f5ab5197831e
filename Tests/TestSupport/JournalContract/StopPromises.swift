import SupportDesk
import Testing

extension JournalPromise {
    /// What becomes of submissions that were being sent when the program stopped, again and again.
    static let stops: [JournalPromise] = [
        JournalPromise(
            "What may stop the program each time it is sent waits longer each time, and in the end for a person",
            stoppers),
        JournalPromise("What only sometimes ends with the program is not held for that", notOnlyStops),
        JournalPromise("What stopped the program twice goes alone, and takes no others along", oneByOne),
    ]

    @Sendable private static func stoppers(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        let admission = Sample.admission(1)
        let reference = admission.submission.reference
        try await journal.admit([admission])
        var now = Sample.start + .seconds(1)
        // A person's retry counts anew.
        for round in 0..<2 {
            for stop in 0..<5 {
                let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
                #expect(claim.failures == stop)
                now = now + .seconds(10)
                #expect(try await journal.recover(at: now) == [reference])
                guard stop < 4 else { break }
                let due = now + .seconds(stop * 60)
                #expect(try await journal.submission(reference)?.nextAttemptAt == due)
                #expect(try await journal.nextDue(.smtp) == due)
                if due > now {
                    #expect(try await journal.claim(.smtp, limit: 1, at: due - .milliseconds(1)).isEmpty)
                }
                now = due
            }
            let dossier = try await Sample.dossier(reference, in: journal)
            #expect(dossier.submission?.state == .held)
            #expect(dossier.submission?.reason?.code == .uncertain)
            #expect(dossier.submission?.nextAttemptAt == nil)
            #expect(dossier.attempts.map(\.result?.outcome) == Array(repeating: .uncertain, count: 5 * (round + 1)))
            #expect(dossier.history.last?.state == .held)
            #expect(try await journal.counts(submittedBy: nil) == [.held: 1])
            #expect(try await journal.nextDue(.smtp) == nil)
            #expect(try await journal.recover(at: now).isEmpty)
            _ = try await journal.intervene(.retry, in: reference, by: "root", at: now).get()
        }
    }

    @Sendable private static func notOnlyStops(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit([Sample.admission(1)])
        let reference = Sample.admission(1).submission.reference
        var now = Sample.start + .seconds(1)
        for attempt in 1...12 {
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            // Each fifth time the server answers, or its answer is lost: the program lived.
            if attempt.isMultiple(of: 5) {
                let result =
                    attempt == 5
                    ? Sample.deferral : AttemptResult(.uncertain, code: 354, text: "Lost", endpoint: "m:25")
                try await journal.conclude(Sample.verdict(result, of: claim, at: now))
            } else {
                _ = try await journal.recover(at: now)
            }
            #expect(try await journal.submission(reference)?.state == .queued)
            now = try #require(try await journal.nextDue(.smtp))
        }
    }

    @Sendable private static func oneByOne(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit((1...4).map { Sample.admission($0) })
        let now = Sample.start + .seconds(1)
        let first = try await journal.claim(.smtp, limit: 3, at: now)
        _ = try await journal.recover(at: now)
        // All at once as ever: nobody knows yet that one of them stops the program.
        #expect(try await journal.claim(.smtp, limit: 3, at: now).map(\.reference) == first.map(\.reference))
        _ = try await journal.recover(at: now)
        #expect(
            try await journal.claim(.smtp, limit: 4, at: now).map(\.reference) == [
                Sample.admission(4).submission.reference
            ])
        for (place, claim) in first.enumerated() {
            let due = now + .seconds(60 + 10 * place)
            #expect(try await journal.submission(claim.reference)?.nextAttemptAt == due)
            #expect(try await journal.claim(.smtp, limit: 4, at: due).map(\.reference) == [claim.reference])
        }
    }
}
