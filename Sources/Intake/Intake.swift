package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Takes reports in: what lies complete in the drop zone, and what programs hand over.
///
/// Read, judged and composed one by one, admitted to the journal in batches: one sync serves many reports. Only then
/// do the files leave the drop zone.
package actor Intake: Service {
    /// What the composition gives; asked anew for each batch, so that a reload and a changed register take effect.
    package struct Tools: Sendable {
        package var settle: Duration
        package var rescan: Duration
        package var limits: ReportLimits
        package var admissions: AdmissionDesk

        package init(settle: Duration, rescan: Duration, limits: ReportLimits, admissions: AdmissionDesk) {
            self.settle = settle
            self.rescan = rescan
            self.limits = limits
            self.admissions = admissions
        }
    }

    private let executor = BlockingExecutor(label: "assistd.intake")
    nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated package let heartbeat: Heartbeat
    private let paths: DropZonePaths
    private let journal: any Journal
    private let tools: @Sendable () -> Tools
    private let admitted: @Sendable () -> Void
    private let watching: @Sendable () -> Void
    private let clock: WallClock
    private let uptime: @Sendable () -> Duration
    private let sleeper: Sleeper
    private let logger: Logger
    private let wake = WakeSignal()

    private var lookout = Lookout()
    private var references = ReferenceSequence()
    /// Taken in, but still lying in the drop zone because they could not be removed.
    private var stuck: [[UInt8]: Taken] = [:]
    private var toForget: [Reference] = []
    private var trouble: Bilingual?
    private static let batchBytes = 16_000_000
    private static let batchReports = 256

    /// - Parameters:
    ///   - admitted: called when submissions were admitted; wakes the couriers.
    ///   - watching: called once the drop zone is watched and was looked through.
    ///   - uptime: a clock that never jumps.
    package init(
        paths: DropZonePaths, journal: any Journal, tools: @escaping @Sendable () -> Tools,
        admitted: @escaping @Sendable () -> Void, watching: @escaping @Sendable () -> Void = {},
        clock: WallClock = .system, uptime: @escaping @Sendable () -> Duration = Intake.systemUptime,
        sleeper: Sleeper = .system, logger: Logger
    ) {
        self.paths = paths
        self.journal = journal
        self.tools = tools
        self.admitted = admitted
        self.watching = watching
        self.clock = clock
        self.uptime = uptime
        self.sleeper = sleeper
        self.logger = logger
        heartbeat = Heartbeat("intake", wake: wake)
    }

    /// The machine's monotonic clock.
    package static let systemUptime: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()

    /// Why nothing is taken in now; nil while all is well.
    package var stopped: Bilingual? { trouble }

    /// Settings or the register changed.
    nonisolated package func lookAgain() { wake.raise() }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.watch() }
    }

    // MARK: The drop zone

    /// Opens the drop zone and works there; begins anew when the folder was lost or something failed.
    private func watch() async {
        while !Task.isCancelled {
            do {
                let zone = try DropZone(paths)
                try await finishTaken(in: zone)
                lookout.begin()
                try await work(in: zone)
            } catch {
                if trouble != error.inWords { logger.critical("nothing is taken in: \(error.inWords.english)") }
                trouble = error.inWords
                heartbeat.beat()
                await wake.wait(upTo: .seconds(2), sleeper: sleeper)
            }
        }
    }

    private func work(in zone: DropZone) async throws {
        let signals = Task { [wake] in
            for await _ in zone.watch.wakeups { wake.raise() }
        }
        defer { signals.cancel() }
        while !Task.isCancelled {
            heartbeat.beat()
            let tools = tools()
            let wasNew = lookout.isNew
            try lookout.look(
                around: zone, settle: tools.settle, rescan: tools.rescan, at: uptime(), wall: clock.now,
                except: Set(stuck.keys))
            if wasNew { watching() }
            try await take(in: zone, tools)
            if trouble != nil { logger.notice("reports are taken in again") }
            trouble = nil
            if !lookout.isLineEmpty { continue }
            try await forgetTaken(in: zone)
            let pause = lookout.nextLook.map { $0 - uptime() }
            if pause.map({ $0 > .zero }) ?? true { await wake.wait(upTo: pause, sleeper: sleeper) }
        }
    }

    // MARK: Taking in

    /// One batch of what has arrived.
    private func take(in zone: DropZone, _ tools: Tools) async throws {
        let reader = DropReader(incoming: zone.incoming, limits: tools.limits, parse: ReportReading.parse)
        var batch: [Admission] = []
        var bytes = 0
        while batch.count < Self.batchReports, bytes < Self.batchBytes, let name = lookout.next() {
            guard let admission = try admission(for: name, reader, tools) else { continue }
            bytes += admission.submission.size
            batch.append(admission)
        }
        try await admit(batch, in: zone)
    }

    /// Reads and judges one name; nil where nothing is to be admitted (yet).
    private func admission(for name: [UInt8], _ reader: DropReader, _ tools: Tools) throws -> Admission? {
        let dropped: Dropped
        let reading: Result<Report, Rejection>
        switch try reader.read(name) {
        case .nothing:
            lookout.forget(name)
            return nil
        case .changing:
            lookout.changed(name, at: uptime())
            return nil
        case .lacking(let found, let rejection):
            if lookout.lacks(name, at: uptime()) { return nil }
            (dropped, reading) = (found, .failure(rejection))
        case .report(let found, let report): (dropped, reading) = (found, .success(report))
        case .refused(let found, let rejection): (dropped, reading) = (found, .failure(rejection))
        }
        if let taken = stuck[name] {
            if taken.files.first == dropped.files.first { return nil }
            stuck[name] = nil
        }
        for file in dropped.files { lookout.forget(file.name) }
        let origin = Origin(
            source: .spool(file: dropped.name), uid: dropped.owner, size: dropped.size, files: dropped.files)
        return try tools.admissions.admission(of: reading, origin, reference: nextReference(), at: clock.now)
    }

    private func nextReference() -> Reference {
        references.next(at: clock.now, seed: UInt64.random(in: 0...UInt64.max))
    }

    private func admit(_ batch: [Admission], in zone: DropZone) async throws {
        guard !batch.isEmpty else { return }
        do {
            try await journal.admit(batch)
        } catch {
            // Nothing was admitted: the files are still there and will be looked at again.
            for file in batch.compactMap({ $0.taken?.files.first }) {
                lookout.putBack(file.name, at: uptime())
            }
            throw error
        }
        admitted()
        for admission in batch {
            log(admission.submission)
            if let taken = admission.taken { dispose(of: taken, admission.submission, in: zone) }
        }
    }

    private func log(_ submission: Submission) {
        var metadata: Logger.Metadata = [
            "reference": "\(submission.reference)", "state": "\(submission.state.rawValue)",
            "license": "\(submission.license)", "submitter": "\(submission.submitter.name)",
            "size": "\(submission.size)",
        ]
        if case .spool(let file) = submission.source { metadata["file"] = "\(file.harmless)" }
        if let reason = submission.reason { metadata["reason"] = "\(reason.code.rawValue)" }
        logger.log(level: submission.state == .rejected ? .notice : .info, "taken in", metadata: metadata)
    }

    // MARK: Out of the drop zone

    private func dispose(of taken: Taken, _ submission: Submission?, in zone: DropZone) {
        do {
            try zone.disposal.dispose(of: taken, submission)
            for file in taken.files { stuck[file.name] = nil }
            toForget.append(taken.reference)
        } catch {
            for file in taken.files { stuck[file.name] = taken }
            logger.error(
                "taken in, but it cannot leave the drop zone: \(error.explanation.english)",
                metadata: ["reference": "\(taken.reference)"])
        }
    }

    /// What an earlier run admitted may still lie in the drop zone.
    private func finishTaken(in zone: DropZone) async throws {
        for taken in try await journal.takenFiles() {
            dispose(of: taken, try await journal.submission(taken.reference), in: zone)
        }
        try await forgetTaken(in: zone)
    }

    private func forgetTaken(in zone: DropZone) async throws {
        guard !toForget.isEmpty else { return }
        // Only when the removal itself is durable may the journal forget whose files they were.
        try zone.incoming.synchronize()
        try await journal.forgetTaken(toForget)
        toForget.removeAll()
    }

    // MARK: Programs

    /// Takes in what a program hands over; a refusal is journalled like any other.
    package func submit(_ upload: Upload) async throws -> Submission {
        let tools = tools()
        let origin = Origin(
            source: .control, uid: upload.uid,
            size: upload.attachments.reduce(upload.content.count) { $0 + $1.content.count }, files: [])
        let admission = try tools.admissions.admission(
            of: ReportReading.read(upload, limits: tools.limits), origin, reference: nextReference(), at: clock.now)
        try await journal.admit([admission])
        admitted()
        log(admission.submission)
        return admission.submission
    }
}
