import SupportDesk
import Testing

extension JournalPromise {
    static let people = [
        JournalPromise("Every intervention does in every state what the rules say") { bench in
            let journal = try await bench.open()
            let now = Sample.start + .seconds(60)
            var number = 0
            for state in State.allCases {
                for intervention in [.retry, .cancel, .hold, .release, .resend(nil), .answered] as [Intervention] {
                    number += 1
                    try await intervene(intervention, number, state, in: journal, at: now)
                }
            }
        },
        JournalPromise("What a person has sent anew is due at once and starts afresh") { bench in
            let journal = try await bench.open()
            var admission = Sample.admission(1, state: .failed)
            admission.submission.reason = Reason(.expired, fr: "Abandonné", en: "Given up")
            try await journal.admit([admission])
            let now = Sample.start + .seconds(60)
            let changed = try await journal.intervene(
                .retry, in: admission.submission.reference, by: "root", at: now
            ).get()
            #expect(changed.nextAttemptAt == now)
            #expect(changed.reason == nil)
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
            #expect(claim.queuedAt == now)
            #expect(claim.failures == 0)
        },
        JournalPromise("Held or called off, a submission keeps the reason it had") { bench in
            let journal = try await bench.open()
            for (number, intervention) in [(1, Intervention.hold), (2, .cancel)] {
                var admission = Sample.admission(number)
                admission.submission.reason = Reason(.uncertain, fr: "Incertain", en: "Uncertain")
                try await journal.admit([admission])
                let changed = try await journal.intervene(
                    intervention, in: admission.submission.reference, by: "root", at: Sample.start + .seconds(1)
                ).get()
                #expect(changed.reason == admission.submission.reason)
                #expect(changed.nextAttemptAt == nil)
            }
            #expect(try await journal.claim(.smtp, limit: 9, at: Sample.start + .seconds(9)).isEmpty)
        },
        JournalPromise("A submission can be sent again over another channel") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1, state: .relayed), Sample.admission(2, state: .relayed)])
            let now = Sample.start + .seconds(60)
            let changed = try await journal.intervene(
                .resend(.fax), in: Sample.admission(1).submission.reference, by: "root", at: now
            ).get()
            #expect(changed.channel == .fax)
            _ = try await journal.intervene(
                .resend(nil), in: Sample.admission(2).submission.reference, by: "root", at: now
            ).get()
            #expect(
                try await journal.claim(.fax, limit: 9, at: now).map(\.reference)
                    == [Sample.admission(1).submission.reference])
            #expect(
                try await journal.claim(.smtp, limit: 9, at: now).map(\.reference)
                    == [Sample.admission(2).submission.reference])
            #expect(
                try await journal.attempts(of: Sample.admission(1).submission.reference).map(\.channel) == [.fax])
        },
        JournalPromise("When it was relayed stays known while it is sent again") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            let reference = Sample.admission(1).submission.reference
            var now = Sample.start
            for (result, relayed) in [(Sample.acceptance, 10), (Sample.deferral, 10), (Sample.acceptance, 30)] {
                now = now + .seconds(10)
                if try await journal.submission(reference)?.state == .relayed {
                    _ = try await journal.intervene(.resend(nil), in: reference, by: "root", at: now).get()
                } else {
                    _ = try await journal.intervene(.retry, in: reference, by: "root", at: now).get()
                }
                let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
                #expect(try await journal.conclude(Sample.verdict(result, of: claim, at: now)))
                #expect(try await journal.submission(reference)?.relayedAt == Sample.start + .seconds(relayed))
            }
        },
        JournalPromise("What has no message is not queued; what is unknown is refused") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1, state: .failed, message: nil)])
            let reference = Sample.admission(1).submission.reference
            try await unchanged(reference, in: journal) {
                for intervention in [.retry, .resend(.smtp)] as [Intervention] {
                    let result = try await journal.intervene(
                        intervention, in: reference, by: "root", at: Sample.start + .seconds(1))
                    #expect(throws: Intervention.Refusal.self) { try result.get() }
                }
            }
            let unknown = try await journal.intervene(
                .cancel, in: Sample.admission(2).submission.reference, by: "root", at: Sample.start + .seconds(1))
            let refusal = #expect(throws: Intervention.Refusal.self) { try unknown.get() }
            #expect(refusal?.isTemporary == false)
            #expect(try await journal.lastEvent() == 1)
        },
    ]

    private static func intervene(
        _ intervention: Intervention, _ number: Int, _ state: State, in journal: any Journal, at now: Timestamp
    ) async throws {
        let comment = Comment(rawValue: "\(intervention) from \(state)")
        // A submission is being sent only once it was claimed.
        let admission = Sample.admission(number, state: state == .sending ? .queued : state)
        let reference = admission.submission.reference
        try await journal.admit([admission])
        if state == .sending {
            #expect(try await journal.claim(.smtp, limit: 1, at: now).map(\.reference) == [reference], comment)
        }
        let before = try #require(try await journal.submission(reference))
        switch intervention.target(from: state) {
        case .failure(let refusal):
            try await unchanged(reference, in: journal) {
                let result = try await journal.intervene(intervention, in: reference, by: "léa", at: now)
                #expect(throws: refusal, comment) { try result.get() }
            }
        case .success(let target):
            let changed = try await journal.intervene(intervention, in: reference, by: "léa", at: now).get()
            #expect(changed.state == target, comment)
            #expect(changed.updatedAt == now, comment)
            #expect(changed.nextAttemptAt == (target == .queued ? now : nil), comment)
            #expect(try await journal.submission(reference) == changed, comment)
            var rest = changed
            rest.state = before.state
            rest.updatedAt = before.updatedAt
            rest.nextAttemptAt = before.nextAttemptAt
            #expect(!changed.isCleared, "nothing was held because of its license")
            #expect(changed.answeredAt == (target == .answered ? now : before.answeredAt), comment)
            rest.answeredAt = before.answeredAt
            #expect(rest == before, comment)
            let event = try #require(try await journal.history(of: reference).last)
            #expect(event.state == target, comment)
            #expect(event.at == now, comment)
            #expect(event.text == intervention.sentence(by: "léa"), comment)
        }
        // Out of the way of the next one's claim.
        for claim in try await journal.claim(.smtp, limit: 9, at: now) {
            _ = try await journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: now))
        }
    }
}
