import Courier
import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@Suite("From mail to fax", .timeLimit(.minutes(1)))
struct FallbackTests {
    /// Looks once at what waits, at an instant; which went to fax, in order.
    private func moved(
        after: Duration = .seconds(2 * 3600), at now: Timestamp, isOpen: Bool = true,
        mayFax: @escaping @Sendable (Submission) -> Bool = { _ in true }, _ admissions: [Admission],
        prepare: (SQLiteJournal) async throws -> Void = { _ in }
    ) async throws -> [Int] {
        let folder = try TemporaryFolder()
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        try await journal.admit(admissions)
        try await prepare(journal)
        let time = ManualTime(now)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let fallback = Fallback(
            journal: journal, settings: { .init(after: after, calendar: Sample.promise.calendar) }, mayFax: mayFax,
            room: { isOpen ? 4 : 0 }, moved: {}, clock: time.clock, sleeper: time.sleeper, logger: quiet)
        let group = ServiceGroup(services: [fallback], logger: quiet)
        let running = Task { try await group.run() }
        // It lies down when it has looked.
        _ = await time.pause()
        await group.triggerGracefulShutdown()
        try await running.value
        var query = SubmissionQuery()
        query.channel = .fax
        query.states = [.queued]
        let moved = try await journal.submissions(query).reversed().map(\.reference)
        try await journal.close()
        return moved.compactMap { reference in
            admissions.firstIndex { $0.submission.reference == reference }.map { $0 + 1 }
        }
    }

    /// Monday, 9:00 at the desk.
    private let opening = Sample.start

    @Test("Only open time counts, to the millisecond")
    func openTime() async throws {
        // Received at 8:00, before the desk opens.
        let early = Sample.admission(1, receivedAt: opening - .seconds(3600))
        let due = opening + .seconds(2 * 3600)
        #expect(try await moved(at: due - .milliseconds(1), [early]) == [])
        #expect(try await moved(at: due, [early]) == [1])
        // Received on Friday at 17:00: an hour then, an hour on Monday.
        let friday = Sample.admission(1, receivedAt: opening - .seconds(64 * 3600))
        #expect(try await moved(at: opening + .seconds(3599), [friday]) == [])
        #expect(try await moved(at: opening + .seconds(3600), [friday]) == [1])
    }

    @Test("The longest waiting go first, as many as the fax line has room for")
    func room() async throws {
        let admissions = (1...7).map { Sample.admission($0, receivedAt: opening - .seconds(100 - $0)) }
        #expect(try await moved(at: opening + .seconds(9000), admissions) == [1, 2, 3, 4])
        let faxes = (1...3).map { Sample.admission(10 + $0, channel: .fax, nextAttemptAt: opening + .seconds(99_999)) }
        #expect(
            try await moved(at: opening + .seconds(9000), admissions + faxes).filter { $0 <= 7 } == [1])
    }

    @Test("Nothing moves while no fax can be begun, nor what its license does not cover")
    func barred() async throws {
        let admissions = [Sample.admission(1, license: "MAIL"), Sample.admission(2, license: "BOTH")]
        let late = opening + .seconds(9000)
        #expect(try await moved(at: late, isOpen: false, admissions) == [])
        #expect(try await moved(at: late, mayFax: { $0.license == "BOTH" }, admissions) == [2])
    }

    @Test("However many wait whose license does not cover fax, those behind them go")
    func behind() async throws {
        let barred = (1...450).map { Sample.admission($0, license: "MAIL", receivedAt: opening - .seconds(1000 - $0)) }
        let last = Sample.admission(451, license: "BOTH", receivedAt: opening)
        #expect(
            try await moved(at: opening + .seconds(9000), mayFax: { $0.license == "BOTH" }, barred + [last]) == [451])
    }

    @Test("Each goes once: what came back to mail does not go again")
    func once() async throws {
        let moved = try await moved(at: opening + .seconds(9000), [Sample.admission(1)]) { journal in
            let reference = Sample.admission(1).submission.reference
            let now = opening + .seconds(8000)
            #expect(try await journal.fallBack(reference, Bilingual(fr: "a", en: "b"), at: now))
            let claim = try #require(try await journal.claim(.fax, limit: 1, at: now).first)
            #expect(claim.isFallback)
            let result = AttemptResult(FaxOutcome(.notSent(.busy), text: ""), endpoint: "fax")
            try await journal.conclude(FaxPolicy().verdict(on: result, of: claim, at: now, jitter: 0))
        }
        #expect(moved == [])
    }

    @Test("What waits for a fax that cannot be begun goes back to mail, and may fall back again")
    func back() async throws {
        let reference = Sample.admission(1).submission.reference
        let now = opening + .seconds(9000)
        let moved = try await moved(at: now, isOpen: false, [Sample.admission(1)]) { journal in
            let isMoved = try await journal.fallBack(reference, Bilingual(fr: "a", en: "b"), at: now)
            #expect(isMoved)
        }
        #expect(moved == [])
        let again = try await self.moved(at: now, [Sample.admission(1)]) { (journal) async throws in
            #expect(try await journal.fallBack(reference, Bilingual(fr: "a", en: "b"), at: now))
            #expect(try await journal.returnFallbacks(Bilingual(fr: "a", en: "b"), at: now) == 1)
            #expect(try await journal.nextDue(.smtp) == now)
            #expect(try await journal.nextDue(.fax) == nil)
        }
        #expect(again == [1])
    }

    @Test("Only reports fall back")
    func reports() async throws {
        var callback = Sample.admission(1)
        callback.submission.kind = .callback
        var held = Sample.admission(2)
        held.submission.state = .held
        #expect(try await moved(at: opening + .seconds(9000), [callback, held]) == [])
    }
}
