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
            submission: submission(state, language), latest: Bilingual(fr: "Reçu", en: "Received")
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
        let text = Receipt(submission: hostile, latest: Bilingual(fr: "Reçu", en: "Received")).text
        #expect(!text.contains("\r\nÉtat : répondu"))
        #expect(!text.unicodeScalars.contains("\u{202E}"))
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
