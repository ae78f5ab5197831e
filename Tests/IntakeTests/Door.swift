import Intake
import Logging
import Mail
import Platform
import SQLiteJournal
import ServiceLifecycle
import SupportDesk
import TestSupport

/// An intake at work on a real folder and a real journal.
struct Door {
    let folder: TemporaryFolder
    let journal: SQLiteJournal
    let settle: Duration
    let rescan: Duration
    let unknown: Policy
    /// What the disk has left, for a reserve of a million bytes; nil asks nobody.
    let room: Locked<FileSystemRoom>?
    var quotas = Quotas()
    /// Bytes of a report and its attachments.
    var limit = Self.largest
    /// Happens to each report between the look at its files and the moment they are taken over.
    var meanwhile: @Sendable () -> Void = {}

    init(
        folder: TemporaryFolder? = nil, settle: Duration = .milliseconds(50),
        rescan: Duration = .seconds(3600), unknown: Policy = .hold,
        room: Locked<FileSystemRoom>? = nil
    ) async throws {
        self.folder = try folder ?? TemporaryFolder()
        self.settle = settle
        self.rescan = rescan
        self.unknown = unknown
        self.room = room
        try self.folder.folder("incoming")
        try self.folder.folder("rejected")
        journal = try await SQLiteJournal.open(path: self.folder("journal/journal.sqlite"))
    }

    /// Runs the intake while the test does its part; it starts once the drop zone is watched.
    func whileRunning(_ body: (Door, Intake) async throws -> Void) async throws {
        let (watched, watching) = AsyncStream.makeStream(of: Void.self)
        let desk = AdmissionDesk(
            licenses: Admittance(
                rules: LicenseRules(), knowledge: .noRegister, policies: .init(unknown: unknown)),
            composer: MailComposer(
                from: try Mailbox(address: "assistd@exemple.fr"), to: try Mailbox(address: "desk@exemple.fr"),
                userAgent: "test", template: try MailTemplate.load()),
            channels: [.smtp], promise: Sample.promise,
            userName: { [meanwhile] in
                meanwhile()
                return "uid:\($0)"
            })
        var limits = ReportLimits()
        limits.total = limit
        var tools = Intake.Tools(
            settle: settle, rescan: rescan, limits: limits, reserve: room == nil ? 0 : Self.reserve,
            admissions: desk)
        tools.quotas = quotas
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let intake = Intake(
            paths: DropZonePaths(incoming: folder("incoming"), rejected: folder("rejected")), journal: journal,
            tools: { [tools] in tools }, admitted: {}, watching: { watching.yield() },
            rooms: { [room, folder] in room.map { [(folder("journal"), $0.current)] } ?? [] }, logger: quiet)
        let group = ServiceGroup(services: [intake], logger: quiet)
        let running = Task { try await group.run() }
        for await _ in watched { break }
        try await body(self, intake)
        await group.triggerGracefulShutdown()
        try await running.value
        try await journal.close()
    }

    static let reserve = 1_000_000
    static let largest = 100_000

    func all() async throws -> [Submission] {
        var query = SubmissionQuery()
        query.limit = 10_000
        return try await journal.submissions(query)
    }
}
