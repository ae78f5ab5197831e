import Deadlines
import Logging
import Mail
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

/// The service on a real journal, with a clock that moves by hand.
private struct Watch {
    let folder: TemporaryFolder
    let journal: SQLiteJournal
    let time = ManualTime(Sample.start)
    let said = Locked<[String]>([])
    let wakes = Locked(0)
    var tools: Deadlines.Tools

    init(reminder: Bool = false, notify: String? = nil, register: Register? = nil) async throws {
        folder = try TemporaryFolder()
        journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        tools = Deadlines.Tools(
            zone: Sample.promise.calendar.zone, language: .french,
            composer: MailComposer(
                from: try Mailbox(address: "assistd@exemple.fr"),
                to: try Mailbox(name: "GESTIMUM", address: "desk@exemple.fr"), userAgent: "test",
                template: try MailTemplate.load()),
            isDeskReminded: reminder, administrator: try notify.map { try Mailbox(address: $0) }, register: register,
            entitlement: EntitlementRules())
    }

    /// Runs the service while the test does its part.
    func whileRunning(_ body: (Deadlines) async throws -> Void) async throws {
        let logger = Logger(label: "test") { [said] _ in Keeping(lines: said) }
        let sequence = Locked(ReferenceSequence())
        let deadlines = Deadlines(
            journal: journal, tools: { [tools] in tools },
            reference: { [time] in sequence.withLock { $0.next(at: time.now, seed: 1) } },
            queued: { [wakes] in wakes.withLock { $0 += 1 } }, clock: time.clock, sleeper: time.sleeper, logger: logger)
        let group = ServiceGroup(
            services: [deadlines], logger: Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { try await group.run() }
        try await body(deadlines)
        await group.triggerGracefulShutdown()
        try await running.value
    }

    /// A report that was relayed at the start and whose answer is due at an instant.
    func relay(_ number: Int, due: Timestamp?) async throws -> Reference {
        let admission = Sample.admission(number)
        try await journal.admit([admission])
        let claim = try #require(try await journal.claim(.smtp, limit: 1, at: Sample.start).first)
        var verdict = Sample.verdict(Sample.acceptance, of: claim, at: Sample.start)
        verdict.due = due.map { Due(at: $0, calendar: "test") }
        #expect(try await journal.conclude(verdict))
        return claim.reference
    }

    /// Waits until the service has nothing more to do for now.
    func rests() async { _ = await time.pause() }

    /// Lets the service wake as often as it wants until an instant has come.
    func passes(until instant: Timestamp) async {
        while time.now < instant, await time.passes() != nil {}
        await rests()
    }

    func followUps() async throws -> [Submission] {
        try await journal.submissions(SubmissionQuery()).filter { !$0.kind.isAsked }
    }
}

/// Keeps what is logged.
private struct Keeping: LogHandler {
    let lines: Locked<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(lines: Locked<[String]>) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let line = ([event.level.rawValue, "\(event.message)"] + fields).joined(separator: " ")
        lines.withLock { $0.append(line) }
    }
}

@Suite("Deadlines", .timeLimit(.minutes(5)))
struct DeadlinesTests {
    private let due = Sample.start + .seconds(4 * 3600)

    @Test("an answer is overdue once its time is over, not at it, and that is said once")
    func once() async throws {
        let watch = try await Watch()
        let reference = try await watch.relay(1, due: due)
        let unpromised = try await watch.relay(2, due: nil)
        try await watch.whileRunning { _ in
            await watch.passes(until: due)
            #expect(try await watch.journal.submission(reference)?.overdueAt == nil)
            await watch.passes(until: due + .milliseconds(1))
            await watch.rests()
            let submission = try #require(try await watch.journal.submission(reference))
            #expect(submission.overdueAt == due + .milliseconds(1))
            #expect(submission.state == .relayed)
            #expect(submission.isOverdue(at: watch.time.now))
            await watch.passes(until: due + .seconds(86_400))
            await watch.rests()
        }
        #expect(try await watch.journal.submission(unpromised)?.overdueAt == nil)
        let history = try await watch.journal.history(of: reference)
        #expect(history.filter { $0.text.english.hasPrefix("Overdue") }.count == 1)
        #expect(history.last?.text.french.hasPrefix("En retard") == true)
        #expect(history.last?.state == .relayed)
        #expect(watch.said.current.filter { $0.hasPrefix("warning overdue") }.count == 1)
        #expect(try await watch.followUps().isEmpty, "nobody asked for mails")
        #expect(watch.wakes.current == 0)
    }

    @Test("desk and administrator are told once each, also after a restart")
    func followUps() async throws {
        var watch = try await Watch(reminder: true, notify: "admin@exemple.fr")
        let reference = try await watch.relay(1, due: due)
        watch.time.advance(by: .seconds(5 * 3600))
        for _ in 0..<2 {
            try await watch.whileRunning { _ in await watch.rests() }
        }
        watch.tools.isDeskReminded = true
        let sent = try await watch.followUps().sorted { $0.kind.rawValue < $1.kind.rawValue }
        #expect(sent.map(\.kind) == [.notice, .reminder])
        #expect(sent.allSatisfy { $0.related == reference && $0.state == .queued && $0.dueAt == nil })
        #expect(watch.wakes.current == 1)
        for submission in sent {
            guard case .bytes(let bytes)? = try await watch.journal.message(of: submission.reference) else {
                Issue.record("no message")
                continue
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("Auto-Submitted: auto-generated"))
            #expect(text.contains("[\(reference)]"))
            switch submission.kind {
            case .reminder:
                #expect(text.contains("desk@exemple.fr"))
                #expect(text.contains("In-Reply-To: <\(reference)@example.fr>"))
            default: #expect(text.contains("To: admin@exemple.fr"))
            }
        }
        let claims = try await watch.journal.claim(.smtp, limit: 9, at: watch.time.now)
        #expect(Set(claims.map(\.parcel.recipient)) == [.desk, .administrator])
    }

    @Test("what is answered in time, or by another way, is never overdue")
    func answered() async throws {
        let watch = try await Watch(reminder: true)
        let reference = try await watch.relay(1, due: due)
        _ = try await watch.journal.intervene(.answered, in: reference, by: "léa", at: Sample.start).get()
        watch.time.advance(by: .seconds(5 * 3600))
        try await watch.whileRunning { _ in await watch.rests() }
        #expect(try await watch.journal.submission(reference)?.overdueAt == nil)
        #expect(try await watch.followUps().isEmpty)
    }

    @Test("a due time that is announced while it sleeps is not missed")
    func announced() async throws {
        let watch = try await Watch()
        try await watch.whileRunning { deadlines in
            await watch.rests()
            let reference = try await watch.relay(1, due: due)
            deadlines.expect(due)
            // It was asleep until midnight: now it lies down anew, for a minute at most.
            while let rest = await watch.time.pause(), rest > .seconds(60) { await Task.yield() }
            await watch.passes(until: due + .seconds(60))
            await watch.rests()
            #expect(try await watch.journal.submission(reference)?.overdueAt == due + .milliseconds(1))
        }
    }

    @Test("a contract that ends within two weeks is named once in the log, a renewed one again when its time comes")
    func contracts() async throws {
        func register(_ end: String) throws -> Register {
            try Register.parse(
                Array("licence;societe;contrat;fin_contrat\n1111;Œuvre;G-TEL;\(end)\n2222;B;G-TEL;2027-12-31\n".utf8))
        }
        var watch = try await Watch(register: try register("2026-12-01"))
        for _ in 0..<2 {
            try await watch.whileRunning { deadlines in
                await watch.rests()
                await deadlines.lookAgain()
                await watch.rests()
            }
        }
        let said = watch.said.current
        #expect(said.count == 1, "\(said)")
        #expect(said.first?.contains("license=1111") == true && said.first?.contains("2026-12-01") == true)
        watch.tools.register = try register("2026-12-05")
        try await watch.whileRunning { _ in await watch.rests() }
        #expect(watch.said.current.count == 2)
    }

    @Test("a contract is named on the day it comes within two weeks, though nothing else happens")
    func nextDay() async throws {
        // 2026-11-23 is the start; from the 24th on, the 8th of December is within 14 days.
        let register = try Register.parse(Array("licence;contrat;fin_contrat\n1111;G-TEL;2026-12-08\n".utf8))
        let watch = try await Watch(register: register)
        try await watch.whileRunning { _ in
            await watch.rests()
            #expect(watch.said.current.isEmpty)
            await watch.passes(until: Sample.start + .seconds(15 * 3600))
            await watch.rests()
        }
        #expect(watch.said.current.count == 1)
    }
}
