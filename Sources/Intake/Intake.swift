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

    private var completeness = Completeness(settle: .seconds(2))
    private var references = ReferenceSequence()
    private var nextRescan = Duration.zero
    /// Complete and waiting for their turn, oldest first.
    private var arrivals: ArraySlice<[UInt8]> = []
    private var arriving: Set<[UInt8]> = []
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
                nextRescan = .zero
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
            completeness.settle = tools.settle
            try gather(in: zone, tools)
            try await take(in: zone, tools)
            if trouble != nil { logger.notice("reports are taken in again") }
            trouble = nil
            if !arrivals.isEmpty { continue }
            try await forgetTaken(in: zone)
            let next = min(nextRescan, completeness.nextLook ?? nextRescan)
            let pause = next - uptime()
            if pause > .zero { await wake.wait(upTo: pause, sleeper: sleeper) }
        }
    }

    /// Brings hints, looks and the timer together into arrivals.
    private func gather(in zone: DropZone, _ tools: Tools) throws {
        let now = uptime()
        let hints = zone.watch.take()
        if hints.folderChanged || now >= nextRescan, !zone.incoming.isInPlace {
            throw DropZoneLost(path: paths.incoming)
        }
        for hint in hints.hints where ReportFormat.of(hint.name) != .ignored { note(hint, at: now) }
        if hints.overflowed { completeness.forgetWriters() }
        if hints.overflowed || now >= nextRescan {
            try rescan(zone, at: now)
            if nextRescan == .zero { watching() }
            nextRescan = now + tools.rescan
        }
        for name in completeness.due(at: now) {
            guard let info = try zone.incoming.info(name) else {
                completeness.forget(name)
                continue
            }
            if completeness.looked(name, info, at: now) { arrive(name) }
        }
    }

    private func note(_ hint: FolderWatch.Hint, at now: Duration) {
        switch hint.kind {
        case .gone: completeness.forget(hint.name)
        case .closed: completeness.closed(hint.name, at: now)
        case .made: completeness.touched(hint.name, by: .made, at: now)
        case .written: completeness.touched(hint.name, by: .writing, at: now)
        case .changed: completeness.touched(hint.name, by: .none, at: now)
        case .movedIn(let old):
            if let old, ReportFormat.of(old) != .ignored {
                // A person renames: perhaps once more in a moment.
                completeness.closed(hint.name, at: now)
            } else {
                completeness.forget(hint.name)
                arrive(hint.name)
            }
        }
    }

    /// Once in the line is enough: read twice in a batch, a file would be admitted twice.
    private func arrive(_ name: [UInt8]) {
        if arriving.insert(name).inserted { arrivals.append(name) }
    }

    private func rescan(_ zone: DropZone, at now: Duration) throws {
        let names = try zone.incoming.names().filter { ReportFormat.of($0) != .ignored }
        let present = Set(names)
        for name in completeness.names where !present.contains(name) { completeness.forget(name) }
        let wall = clock.now.milliseconds
        for name in names where stuck[name] == nil {
            // What was last touched long before this start is no longer being written.
            let changed = try nextRescan == .zero ? zone.incoming.info(name)?.changed : nil
            let hasLainStill = changed.map { wall - $0 / 1_000_000 > 60_000 } ?? false
            completeness.found(name, hasLainStill: hasLainStill, at: now)
        }
    }

    // MARK: Taking in

    /// One batch of what has arrived.
    private func take(in zone: DropZone, _ tools: Tools) async throws {
        let reader = DropReader(incoming: zone.incoming, limits: tools.limits, parse: ReportReading.parse)
        var batch: [Admission] = []
        var bytes = 0
        while batch.count < Self.batchReports, bytes < Self.batchBytes, let name = arrivals.popFirst() {
            arriving.remove(name)
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
            completeness.forget(name)
            return nil
        case .changing:
            completeness.touched(name, by: .none, at: uptime())
            return nil
        case .lacking(let found, let rejection):
            if completeness.lacks(name, at: uptime()) { return nil }
            (dropped, reading) = (found, .failure(rejection))
        case .report(let found, let report): (dropped, reading) = (found, .success(report))
        case .refused(let found, let rejection): (dropped, reading) = (found, .failure(rejection))
        }
        if let taken = stuck[name] {
            if taken.files.first == dropped.files.first { return nil }
            stuck[name] = nil
        }
        for file in dropped.files { completeness.forget(file.name) }
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
                completeness.found(file.name, hasLainStill: true, at: uptime())
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
