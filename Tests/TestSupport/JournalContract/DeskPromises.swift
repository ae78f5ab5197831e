import SupportDesk
import Testing

/// What the desk's rules need: due times, call-backs, what must not be sent after all.
extension JournalPromise {
    static let desk = [
        JournalPromise("A due time is fixed with what it was computed from, and never moved") { bench in
            let journal = try await bench.open()
            let reference = try await relay(1, due: 100, in: journal)
            let first = try #require(try await journal.submission(reference))
            #expect(first.dueAt == Sample.start + .seconds(100))
            #expect(first.dueCalendar == "100")
            #expect(first.overdueAt == nil)
            _ = try await journal.intervene(.resend(nil), in: reference, by: "root", at: Sample.start).get()
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: Sample.start).first)
            var verdict = Sample.verdict(Sample.acceptance, of: claim, at: Sample.start + .seconds(5))
            verdict.due = Due(at: Sample.start + .seconds(999), calendar: "other")
            #expect(try await journal.conclude(verdict))
            let second = try #require(try await journal.submission(reference))
            #expect(second.dueAt == first.dueAt && second.dueCalendar == first.dueCalendar)
            #expect(second.relayedAt == Sample.start + .seconds(5))
        },
        JournalPromise("What is claimed tells what its sending depends on") { bench in
            let journal = try await bench.open()
            var admission = Sample.admission(1, license: "GES777")
            admission.submission.kind = .notice
            admission.submission.isPromised = true
            admission.submission.details.version = "9.4"
            admission.submission.slot = CallbackSlot(
                start: Sample.start, end: Sample.start + .seconds(60), sequence: 0,
                origin: admission.submission.reference)
            try await journal.admit([admission])
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            #expect(claim.kind == .notice && claim.parcel.recipient == .administrator)
            #expect(claim.license == "GES777" && claim.version == "9.4")
            #expect(claim.isPromised && !claim.isCleared)
            #expect(claim.slotEnd == Sample.start + .seconds(60))
        },
        JournalPromise("What is turned back was no attempt, and says why it is where it is") { bench in
            let journal = try await bench.open()
            for (number, state) in [(1, State.held), (2, .rejected)] {
                try await journal.admit([Sample.admission(number)])
                let claim = try #require(
                    try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
                let reason = Reason(.contractExpired, fr: "Échu", en: "Expired")
                let now = Sample.start + .seconds(2)
                try await journal.turnBack(claim, to: state, for: reason, at: now)
                let submission = try #require(try await journal.submission(claim.reference))
                #expect(submission.state == state && submission.reason == reason)
                #expect(submission.attemptCount == 0 && submission.nextAttemptAt == nil)
                #expect(try await journal.attempts(of: claim.reference).isEmpty)
                #expect(try await journal.history(of: claim.reference).last?.text == reason.text)
                // Late, as every verdict may be: it changes nothing.
                try await journal.turnBack(claim, to: .held, for: reason, at: now + .seconds(1))
                #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: now)) == false)
                #expect(try await journal.submission(claim.reference) == submission)
            }
            #expect(try await journal.counts(submittedBy: nil) == [.held: 1, .rejected: 1])
            let held = Sample.admission(1).submission.reference
            for intervention in [Intervention.release, .retry] {
                let asked = try await journal.intervene(
                    intervention, in: held, by: "léa", isAdministrator: false, at: Sample.start)
                #expect(asked == .failure(Intervention.forAdministrators))
            }
            let released = try await journal.intervene(.release, in: held, by: "root", at: Sample.start).get()
            #expect(released.isCleared)
            let claim = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(3)).first
            #expect(claim?.isCleared == true)
        },
        JournalPromise("What a quota held only an administrator lets go, and its license is judged all the same") {
            bench in
            let journal = try await bench.open()
            var admission = Sample.admission(1, state: .held)
            admission.submission.reason = Reason(.quotaExceeded, fr: "Trop", en: "Too many")
            let reference = admission.submission.reference
            try await journal.admit([admission])
            for isCancelled in [false, true] {
                if isCancelled {
                    _ = try await journal.intervene(
                        .cancel, in: reference, by: "léa", isAdministrator: false, at: Sample.start
                    ).get()
                }
                let asked = try await journal.intervene(
                    .retry, in: reference, by: "léa", isAdministrator: false, at: Sample.start)
                #expect(asked == .failure(Intervention.forAdministrators))
            }
            let released = try await journal.intervene(.retry, in: reference, by: "root", at: Sample.start).get()
            #expect(!released.isCleared && released.state == .queued)
        },
        JournalPromise("What was handed in is counted by user, license and hour; not what was refused or over a quota")
        {
            bench in
            let journal = try await bench.open()
            let hour = Sample.start.milliseconds / 3_600_000
            var over = Sample.admission(8, state: .held, uid: 1)
            over.submission.reason = Reason(.quotaExceeded, fr: "Trop", en: "Too many")
            var (callback, notice) = (Sample.admission(9, uid: 2), Sample.admission(10, uid: 2))
            callback.submission.kind = .callback
            notice.submission.kind = .notice
            try await journal.admit([
                Sample.admission(1, uid: 1), Sample.admission(2, state: .held, uid: 1),
                Sample.admission(3, state: .rejected, uid: 1), Sample.admission(4, license: "B", uid: 1),
                Sample.admission(5, uid: 1, receivedAt: Sample.start + .seconds(3600)),
                Sample.admission(6, uid: 1, receivedAt: Sample.start - .milliseconds(1)), over, callback, notice,
            ])
            let found = try await journal.handedIn(since: Sample.start)
            #expect(
                Set(found) == [
                    .init(uid: 1, license: "GES12345", hour: hour, count: 2),
                    .init(uid: 1, license: "B", hour: hour, count: 1),
                    .init(uid: 1, license: "GES12345", hour: hour + 1, count: 1),
                    .init(uid: 2, license: "GES12345", hour: hour, count: 1),
                ])
        },
        JournalPromise("Who missed their due time is listed earliest first, until it was said or an answer came") {
            bench in
            let journal = try await bench.open()
            #expect(try await journal.nextDeadline() == nil)
            var references: [Reference] = []
            for (number, due) in [(1, 300), (2, 100), (3, 200), (4, 400)] {
                references.append(try await relay(number, due: due, in: journal))
            }
            try await journal.admit([Sample.admission(5)])
            #expect(try await journal.nextDeadline() == Sample.start + .seconds(100))
            let at = Sample.start + .seconds(300)
            #expect(
                try await journal.missed(before: at, limit: 9).map(\.reference) == [references[1], references[2]],
                "at its due time nothing is late yet")
            #expect(try await journal.missed(before: at, limit: 1).count == 1)
            _ = try await journal.intervene(.answered, in: references[1], by: "léa", at: at).get()
            #expect(try await journal.nextDeadline() == Sample.start + .seconds(200))
            let text = Bilingual(fr: "En retard", en: "Overdue")
            #expect(try await journal.markOverdue(references[2], text, sending: [], at: at))
            #expect(try await journal.nextDeadline() == Sample.start + .seconds(300))
            #expect(try await journal.missed(before: at, limit: 9).isEmpty)
            var query = SubmissionQuery()
            query.isOverdue = true
            #expect(try await journal.submissions(query).map(\.reference) == [references[2]])
            _ = try await journal.intervene(.answered, in: references[2], by: "léa", at: at).get()
            #expect(try await journal.submissions(query).isEmpty)
        },
        JournalPromise("What was answered and is sent again is never overdue") { bench in
            let journal = try await bench.open()
            let reference = try await relay(1, due: 100, in: journal)
            let at = Sample.start + .seconds(50)
            _ = try await journal.intervene(.answered, in: reference, by: "léa", at: at).get()
            _ = try await journal.intervene(.resend(nil), in: reference, by: "léa", at: at).get()
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: at).first)
            #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: at)))
            let late = Sample.start + .seconds(200)
            #expect(try await journal.nextDeadline() == nil)
            #expect(try await journal.missed(before: late, limit: 9).isEmpty)
            let text = Bilingual(fr: "En retard", en: "Overdue")
            #expect(try await journal.markOverdue(reference, text, sending: [], at: late) == false)
        },
        JournalPromise("Overdue is said once, and with it what follows is queued, or nothing is") { bench in
            let journal = try await bench.open()
            let reference = try await relay(1, due: 100, in: journal)
            let text = Bilingual(fr: "En retard", en: "Overdue")
            let (early, late) = (Sample.start + .seconds(100), Sample.start + .seconds(101))
            var followUp = Sample.admission(50, receivedAt: late)
            followUp.submission.kind = .reminder
            followUp.submission.related = reference
            #expect(try await journal.markOverdue(reference, text, sending: [followUp], at: early) == false)
            #expect(try await journal.submission(followUp.submission.reference) == nil)
            #expect(try await journal.markOverdue(reference, text, sending: [followUp], at: late))
            let marked = try #require(try await journal.submission(reference))
            #expect(marked.overdueAt == late && marked.state == .relayed)
            let queued = try #require(try await journal.submission(followUp.submission.reference))
            #expect(queued.kind == .reminder && queued.related == reference && queued.state == .queued)
            let again = Sample.admission(51, receivedAt: late)
            #expect(try await journal.markOverdue(reference, text, sending: [again], at: late) == false)
            #expect(try await journal.submission(again.submission.reference) == nil)
            #expect(try await journal.history(of: reference).filter { $0.text == text }.count == 1)
            let after = try await bench.openAsAfterPowerCut()
            #expect(try await after.submission(reference) == marked)
            #expect(try await after.submission(queued.reference) == queued)
            #expect(try await after.isFirstToSay("x", at: late))
        },
        JournalPromise("Something is said for the first time once, also by many at once") { bench in
            let journal = try await bench.open()
            let firsts = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { try await journal.isFirstToSay("é 1", at: Sample.start) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(firsts == 1)
            #expect(try await journal.isFirstToSay("é 2", at: Sample.start))
        },
        JournalPromise("What takes another's place calls it off in the same step, or is not taken in") { bench in
            let journal = try await bench.open()
            let old = try await relay(1, due: 100, in: journal)
            func successor(_ number: Int, of reference: Reference) -> Admission {
                var admission = Sample.admission(number)
                admission.submission.kind = .callback
                admission.submission.slot = CallbackSlot(
                    start: Sample.start, end: Sample.start + .seconds(60), sequence: number, origin: old)
                admission.superseded = Superseded(
                    reference: reference, text: Bilingual(fr: "Déplacé", en: "Moved"))
                return admission
            }
            let new = successor(2, of: old)
            try await journal.admit([new])
            let called = try #require(try await journal.submission(old))
            #expect(called.state == .cancelled)
            #expect(try await journal.history(of: old).last?.text == Bilingual(fr: "Déplacé", en: "Moved"))
            #expect(try await journal.nextDeadline() == nil, "nobody waits for it any more")
            #expect(try await journal.slots(of: old).map(\.reference) == [new.submission.reference])
            for gone in [old, Reference(number: 99)] {
                let refused = successor(3, of: gone)
                await #expect(throws: Superseded.Refusal.self) { try await journal.admit([refused]) }
                #expect(try await journal.submission(refused.submission.reference) == nil)
            }
            _ = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1))
            let during = successor(4, of: new.submission.reference)
            await #expect(throws: Superseded.Refusal.self) { try await journal.admit([during]) }
            #expect(try await journal.counts(submittedBy: nil) == [.cancelled: 1, .sending: 1])
        },
        JournalPromise("A call-back that was replaced is not sent again, nor one the desk knows of called off unsaid") {
            bench in
            let journal = try await bench.open()
            func slot(_ number: Int, sequence: Int, state: State = .queued) -> Admission {
                var admission = Sample.admission(number, state: state)
                admission.submission.kind = .callback
                admission.submission.slot = CallbackSlot(
                    start: Sample.start, end: Sample.start, sequence: sequence,
                    origin: Sample.admission(1).submission.reference)
                return admission
            }
            func asks(_ intervention: Intervention, _ number: Int) async throws -> Bool {
                let result = try await journal.intervene(
                    intervention, in: Sample.admission(number).submission.reference, by: "léa", at: Sample.start)
                guard case .failure(let refusal) = result else { return true }
                #expect(!refusal.isTemporary && refusal.explanation.french.contains("assistctl callback"))
                return false
            }
            try await journal.admit([slot(1, sequence: 0)])
            let claim = try #require(try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1)).first)
            #expect(try await journal.conclude(Sample.verdict(Sample.acceptance, of: claim, at: Sample.start)))
            try await journal.admit([slot(2, sequence: 1)])
            #expect(try await asks(.resend(nil), 1) == false, "the newer one would be undone")
            #expect(try await asks(.cancel, 2) == false, "the desk still has the older one")
            #expect(try await asks(.hold, 2))
            #expect(try await asks(.release, 2))
            try await journal.admit([slot(3, sequence: 2, state: .held)])
            #expect(try await asks(.retry, 3))
        },
        JournalPromise("The figures are right, for all and for one user, and leave out what was not asked for") {
            bench in
            let journal = try await bench.open()
            let empty = try await journal.statistics(since: nil, submittedBy: nil, at: Sample.start)
            #expect(empty == Statistics())
            var all: [Reference] = []
            for number in 1...4 { all.append(try await relay(number, due: 100 * number, in: journal)) }
            try await journal.admit([Sample.admission(5, state: .rejected, uid: 7)])
            var notice = Sample.admission(6)
            notice.submission.kind = .notice
            try await journal.admit([notice])
            _ = try await journal.intervene(.answered, in: all[0], by: "léa", at: Sample.start + .seconds(90)).get()
            _ = try await journal.intervene(.answered, in: all[1], by: "léa", at: Sample.start + .seconds(250)).get()
            let now = Sample.start + .seconds(350)
            let figures = try await journal.statistics(since: nil, submittedBy: nil, at: now)
            #expect(figures.byState == [.relayed: 2, .answered: 2, .rejected: 1])
            #expect(figures.byChannel == [.smtp: 5] && figures.total == 5)
            #expect(figures.answeredWithDueTime == 2 && figures.answeredInTime == 1 && figures.overdue == 1)
            #expect(figures.shareInTime == 1.0 / 3)
            #expect(figures.delivery.count == 4 && figures.delivery.longest == .milliseconds(9_999))
            #expect(figures.response.count == 2 && figures.response.median == .seconds(80))
            #expect(figures.response.percentile95 == .seconds(240))
            let own = try await journal.statistics(since: nil, submittedBy: 7, at: now)
            #expect(own.byState == [.rejected: 1] && own.delivery.count == 0)
            let later = try await journal.statistics(since: Sample.start + .milliseconds(4), submittedBy: nil, at: now)
            #expect(later.byState == [.relayed: 1, .rejected: 1])
        },
    ]

    /// A submission that was relayed ten seconds after the start, and whose answer is due so many seconds after it.
    private static func relay(_ number: Int, due: Int, in journal: any Journal) async throws -> Reference {
        try await journal.admit([Sample.admission(number)])
        let now = Sample.start + .seconds(10)
        let claim = try #require(try await journal.claim(.smtp, limit: 1, at: now).first)
        var verdict = Sample.verdict(Sample.acceptance, of: claim, at: now)
        verdict.due = Due(at: Sample.start + .seconds(due), calendar: "\(due)")
        #expect(try await journal.conclude(verdict))
        return claim.reference
    }
}
