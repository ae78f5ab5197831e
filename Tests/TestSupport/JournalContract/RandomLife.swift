import SupportDesk
import Testing

/// A journal's life as chance would have it, and what must hold at every moment of it.
struct RandomLife {
    private var chance: SeededGenerator
    private let first: Int
    private var number: Int
    private var now: Timestamp
    private var references: [Reference] = []
    private var claims: [Claim] = []

    init(seed: UInt64) {
        chance = SeededGenerator(seed: seed)
        first = Int(seed) * 10_000
        number = first
        now = Sample.start + .seconds(100)
    }

    mutating func live(_ journal: inout any Journal, on bench: any JournalBench) async throws {
        for step in 0..<250 {
            now = now + .milliseconds(Int.random(in: 0...40_000, using: &chance))
            try await act(on: journal)
            if step == 120 {
                try await bench.close(journal)
                journal = try await bench.open()
                _ = try await journal.recover(at: now)
            }
            if step % 25 == 24 { try await check(journal) }
        }
    }

    private mutating func act(on journal: any Journal) async throws {
        switch Int.random(in: 0...11, using: &chance) {
        case 0...2:
            let admissions = (0..<Int.random(in: 1...4, using: &chance)).map { _ in
                number += 1
                return Sample.admission(
                    number, state: [.queued, .queued, .held, .rejected].randomElement(using: &chance) ?? .queued,
                    channel: number % 5 == 0 ? .fax : .smtp, uid: UInt32(number % 3), receivedAt: now,
                    rank: Int64.random(in: 0...100, using: &chance))
            }
            references += admissions.map(\.submission.reference)
            try await journal.admit(admissions)
        case 3...5:
            let channel: ChannelName = Bool.random(using: &chance) ? .smtp : .fax
            claims += try await journal.claim(channel, limit: Int.random(in: 1...5, using: &chance), at: now)
        case 6...8:
            guard let claim = claims.randomElement(using: &chance) else { return }
            let outcome = AttemptResult.Outcome.allCases.randomElement(using: &chance) ?? .accepted
            let fault =
                Bool.random(using: &chance) && outcome != .accepted
                ? ChannelFault(.tls, fr: "Certificat", en: "Certificate") : nil
            let result = AttemptResult(outcome, code: 250, text: "words", fault: fault, endpoint: "peer:25")
            _ = try await journal.conclude(Sample.verdict(result, of: claim, at: now))
        case 9:
            guard let claim = claims.randomElement(using: &chance) else { return }
            try await journal.unclaim([claim], at: now)
        default:
            guard let reference = references.randomElement(using: &chance) else { return }
            let interventions: [Intervention] = [.retry, .cancel, .hold, .release, .resend(nil), .resend(.fax)]
            guard let intervention = interventions.randomElement(using: &chance) else { return }
            _ = try await journal.intervene(intervention, in: reference, by: "root", at: now)
        }
    }

    private func check(_ journal: any Journal) async throws {
        var query = SubmissionQuery()
        query.limit = .max
        let all = try await journal.submissions(query)
        #expect(Set(all.map(\.reference)).isSuperset(of: references))
        for uid in [nil, 0, 1, 2] as [UInt32?] {
            let counted = Dictionary(grouping: all.filter { uid == nil || $0.submitter.uid == uid }, by: \.state)
            #expect(try await journal.counts(submittedBy: uid) == counted.mapValues(\.count))
        }
        let own = Set(references)
        for submission in all where own.contains(submission.reference) {
            let attempts = try await journal.attempts(of: submission.reference)
            let history = try await journal.history(of: submission.reference)
            #expect(attempts.map(\.number) == Array(1..<submission.attemptCount + 1))
            #expect(attempts.dropLast().allSatisfy { $0.endedAt != nil && $0.result != nil })
            #expect((attempts.last?.endedAt == nil && !attempts.isEmpty) == (submission.state == .sending))
            #expect(history.last?.state == submission.state)
            #expect(history.last?.at == submission.updatedAt)
            #expect((submission.nextAttemptAt != nil) == (submission.state == .queued))
            #expect((submission.relayedAt != nil) == history.contains { $0.state == .relayed })
        }
    }
}
