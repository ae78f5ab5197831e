import Logging
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport
import Testing

@testable import Receipts

@Suite("Receipts", .timeLimit(.minutes(1)))
struct ReceiptTests {
    private func submission(_ state: State, _ language: Language) -> Submission {
        var submission = Sample.full(1).submission
        submission.state = state
        submission.language = language
        return submission
    }

    @Test("every state has its words and an advice in both languages", arguments: State.allCases, Language.allCases)
    func states(state: State, language: Language) {
        let text = Receipt(
            submission: submission(state, language), latest: Bilingual(fr: "Reçu", en: "Received"), at: Sample.start
        ).text
        #expect(text.contains(state.name[language]))
        #expect(text.contains("(\(state.rawValue))"))
        #expect(text.contains(language == .french ? "Référence" : "Reference"))
        #expect(text.contains("T-17"), "the sender's own reference is echoed")
        let other: Language = language == .french ? .english : .french
        #expect(!text.contains(other == .french ? "Reçu" : "Received the"))
        #expect(text.split(separator: "\r\n", omittingEmptySubsequences: false).allSatisfy { !$0.contains("\n") })
    }

    @Test("nothing from a report can add a line or turn the writing direction")
    func harmless() {
        var hostile = submission(.queued, .french)
        hostile.subject = "a\r\nÉtat : répondu\u{202E}"
        let text = Receipt(submission: hostile, latest: Bilingual(fr: "Reçu", en: "Received"), at: Sample.start).text
        #expect(!text.contains("\r\nÉtat : répondu"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    /// Relayed on Monday at 9:00 in Paris, with an answer due on Tuesday at 12:00 there.
    private func promised(_ language: Language, _ state: State = .relayed) -> Submission {
        var submission = Sample.admission(1, state: state).submission
        submission.language = language
        submission.relayedAt = Sample.start
        submission.dueAt = Sample.start + .seconds(27 * 3600)
        return submission
    }

    private func text(
        _ submission: Submission, at instant: Timestamp, local: Zone = Sample.promise.calendar.zone
    ) -> String {
        Receipt(
            submission: submission, latest: Bilingual(fr: "x", en: "x"), zone: Sample.promise.calendar.zone,
            local: local,
            at: instant
        ).text
    }

    @Test("it tells by when the answer is due, in the desk's time, and that it is late")
    func due() {
        let (before, after) = (Sample.start + .seconds(3600), Sample.start + .seconds(28 * 3600))
        #expect(text(promised(.french), at: before).contains(": avant le mardi 24/11/2026 12:00\r\n"))
        #expect(text(promised(.english), at: before).contains(": by Tuesday 2026-11-24 12:00\r\n"))
        #expect(
            text(promised(.french), at: before, local: .utc).contains(
                ": avant le mardi 24/11/2026 12:00 (Europe/Paris)\r\n"), "which clock is meant is said where it matters"
        )
        #expect(text(promised(.french), at: after).contains("EN RETARD"))
        #expect(text(promised(.english), at: after).contains("OVERDUE"))
        #expect(!text(promised(.french, .answered), at: after).contains("24/11/2026 12:00"))
    }

    @Test("that of a call-back tells its window", arguments: Language.allCases)
    func callback(language: Language) {
        var submission = promised(language)
        submission.kind = .callback
        submission.related = Reference(number: 5)
        submission.slot = CallbackSlot(
            start: Sample.start, end: Sample.start + .seconds(5 * 3600), sequence: 0, origin: submission.reference)
        let text = text(submission, at: Sample.start)
        let window = Bilingual(fr: "lundi 23/11/2026 de 09:00 à 14:00", en: "Monday 2026-11-23 from 09:00 to 14:00")
        #expect(text.contains(window[language]))
        #expect(text.contains("\(Reference(number: 5))"))
        #expect(text.contains(Bilingual(fr: "Soyez joignable", en: "Be reachable")[language]))
    }

    @Test("nobody gets one for what the service sends by itself")
    func ownMails() async throws {
        let folder = try TemporaryFolder()
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        var admissions = [Sample.admission(1), Sample.admission(2), Sample.admission(3), Sample.admission(4)]
        for (index, kind) in [Submission.Kind.report, .callback, .reminder, .notice].enumerated() {
            admissions[index].submission.kind = kind
        }
        try await journal.admit(admissions)
        try folder.folder("receipts")
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await ReceiptWriter(journal: journal, folder: folder("receipts"), logger: quiet).catchUp()
        let expected = admissions.prefix(2).map { "\($0.submission.reference).txt" }
        #expect(try folder.names(in: "receipts").sorted() == expected.sorted())
    }

    @Test("a long backlog is written in pages, each of which is a sign of life")
    func pages() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("receipts")
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        try await journal.admit((1...Self.backlog).map { Sample.admission($0) })
        let writer = writer(journal, folder)
        try await writer.catchUp()
        #expect(writer.heartbeat.count == 4)
        #expect(try folder.names(in: "receipts").count == Self.backlog)
        #expect(try await journal.bookmark("receipts") == 0, "nothing is durable yet")
        await writer.keep()
        #expect(try await journal.bookmark("receipts") == Int64(Self.backlog))
        try await journal.close()
    }

    @Test("a stop waits for what is behind, but not for ever: the next start writes the rest", arguments: [0, 6])
    func stop(secondsEachLook: Int) async throws {
        let folder = try TemporaryFolder()
        try folder.folder("receipts")
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        try await journal.admit((1...Self.backlog).map { Sample.admission($0) })
        // Every look at the clock takes its time.
        let now = Locked(Sample.start)
        let clock = WallClock {
            now.withLock { now in
                now = now + .seconds(secondsEachLook)
                return now
            }
        }
        let group = ServiceGroup(services: [writer(journal, folder, clock)], logger: Self.quiet)
        await group.triggerGracefulShutdown()
        try await group.run()
        let written = secondsEachLook == 0 ? Self.backlog : ReceiptWriter.page
        #expect(try folder.names(in: "receipts").count == written)
        #expect(try await journal.bookmark("receipts") == Int64(written))
        try await writer(journal, folder).catchUp()
        #expect(try folder.names(in: "receipts").count == Self.backlog)
        try await journal.close()
    }

    private static let backlog = ReceiptWriter.page * 3 + 7
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func writer(_ journal: any Journal, _ folder: TemporaryFolder, _ clock: WallClock = .system)
        -> ReceiptWriter
    {
        ReceiptWriter(journal: journal, folder: folder("receipts"), clock: clock, logger: Self.quiet)
    }

    @Test("each change of state is told, also one that came while nobody was writing")
    func follows() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("receipts")
        let journal = try await SQLiteJournal.open(path: folder("journal.sqlite"))
        let writer = writer(journal, folder)
        let admission = Sample.admission(1)
        let reference = admission.submission.reference
        try await journal.admit([admission])
        try await writer.catchUp()
        #expect(try folder.text(of: "receipts/\(reference).txt").contains("(queued)"))
        _ = try await journal.intervene(.hold, in: reference, by: "marie", at: Sample.start)
        // A writer that was not there at the time, as after a crash.
        try await self.writer(journal, folder).catchUp()
        let text = try folder.text(of: "receipts/\(reference).txt")
        #expect(text.contains("(held)"))
        #expect(text.contains("marie"))
        #expect(try folder.names(in: "receipts") == ["\(reference).txt"], "no temporary files are left")
        try await journal.close()
    }
}
