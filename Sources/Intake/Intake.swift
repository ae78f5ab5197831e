package import Logging
package import Platform
import ServiceLifecycle
package import SupportDesk

/// Takes reports in: what lies complete in the drop zone, and what programs hand over.
///
/// Read, judged and composed one by one, admitted to the journal in batches: one sync serves many reports. Only then
/// do the files leave the drop zone.
package actor Intake: Service {
    private let executor = BlockingExecutor(label: "assistd.intake")
    nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated package let heartbeat: Heartbeat
    private let paths: DropZonePaths
    let journal: any Journal
    let tools: @Sendable () -> Tools
    let admitted: @Sendable () -> Void
    private let watching: @Sendable () -> Void
    let clock: WallClock
    let rooms: @Sendable () -> [(folder: String, room: FileSystemRoom)]
    private let claimed: @Sendable () throws -> Void
    private let uptime: @Sendable () -> Duration
    private let sleeper: Sleeper
    let logger: Logger
    private let wake = WakeSignal()

    private var lookout = Lookout()
    private var references = ReferenceSequence()
    var departure: Departure
    private(set) var trouble: Bilingual?
    /// The drop zone cannot be watched.
    var isBlind = false
    /// The last look at the disk found too little room.
    var isShort = false
    /// Bytes of reports that are being admitted.
    var underWay = 0
    /// Since when something has left the drop zone and is still in the journal's list.
    var goneSince: Duration?
    /// nil until something has to be counted.
    var usage: QuotaUsage?
    private static let batchBytes = 16_000_000
    private static let batchReports = 128
    /// What is looked at without being taken counts too: it may be much, and the loop is watched.
    private static let batchReads = 1024
    /// How long, and how much, the journal still lists what has left.
    static let rememberGone = Duration.seconds(1)
    static let mostGone = 5000
    /// How often the disk is looked at while there is too little room.
    private static let lookForRoom = Duration.seconds(5)

    /// - Parameters:
    ///   - admitted: called when submissions were admitted; wakes the couriers.
    ///   - watching: called once the drop zone is watched and was looked through.
    ///   - rooms: what is left on the file systems that are written to, each with a folder on it.
    ///   - claimed: called before the drop zone is opened; throws where it is somebody else's.
    ///   - uptime: a clock that never jumps.
    package init(
        paths: DropZonePaths, journal: any Journal, tools: @escaping @Sendable () -> Tools,
        admitted: @escaping @Sendable () -> Void, watching: @escaping @Sendable () -> Void = {},
        rooms: @escaping @Sendable () -> [(folder: String, room: FileSystemRoom)] = { [] },
        claimed: @escaping @Sendable () throws -> Void = {}, clock: WallClock = .system,
        uptime: @escaping @Sendable () -> Duration = Intake.systemUptime,
        sleeper: Sleeper = .system, logger: Logger
    ) {
        self.paths = paths
        self.journal = journal
        self.tools = tools
        self.admitted = admitted
        self.watching = watching
        self.rooms = rooms
        self.claimed = claimed
        self.clock = clock
        self.uptime = uptime
        self.sleeper = sleeper
        self.logger = logger
        departure = Departure(logger: logger)
        heartbeat = Heartbeat("intake", wake: wake)
    }

    /// The machine's monotonic clock.
    package static let systemUptime: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()

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
                try claimed()
                let zone = try DropZone(paths) { [wake] in wake.raise() }
                try await finishTaken(in: zone)
                note(zone.blindness)
                lookout.begin()
                try await work(in: zone)
            } catch {
                if trouble != error.inWords { logger.critical("nothing is taken in: \(error.inWords.english)") }
                trouble = error.inWords
                heartbeat.beat()
                await wake.wait(upTo: journal.failure == nil ? .seconds(2) : .seconds(60), sleeper: sleeper)
            }
        }
    }

    private func work(in zone: DropZone) async throws {
        while !Task.isCancelled {
            heartbeat.beat()
            if let failure = journal.failure { throw failure }
            let tools = tools()
            let wasNew = lookout.isNew
            let lookedThrough = try lookout.look(
                around: zone, settle: tools.settle, rescan: tools.rescan, at: uptime(), wall: clock.now,
                except: departure.names)
            if lookedThrough { departure.lookAgain(by: zone.disposal) }
            if wasNew { watching() }
            let allowance = try? allowance(tools)
            if let allowance { try await take(in: zone, tools, upTo: allowance) }
            if trouble != nil, allowance != nil { logger.notice("reports are taken in again") }
            trouble = nil
            if let due = nextForgetting(at: uptime()), uptime() >= due { try await forgetTaken(in: zone) }
            if allowance != nil, !lookout.isLineEmpty { continue }
            let next = [lookout.nextLook, nextForgetting(at: uptime())].compactMap(\.self).min().map { $0 - uptime() }
            let pause = [next, allowance == nil ? Self.lookForRoom : nil].compactMap(\.self).min()
            if pause.map({ $0 > .zero }) ?? true { await wake.wait(upTo: pause, sleeper: sleeper) }
            // Perhaps it can be watched by now.
            if zone.watch == nil { break }
        }
        try await forgetTaken(in: zone)
    }

    // MARK: Taking in

    /// One batch of what has arrived.
    ///
    /// - Parameter allowance: bytes, after which there may be no room for more.
    private func take(in zone: DropZone, _ tools: Tools, upTo allowance: Int) async throws {
        var batch: [(dropped: Dropped, reading: Result<Report, Rejection>)] = []
        var (bytes, reads) = (0, 0)
        var failure: SystemError?
        let neighbors = Neighbors(zone.incoming)
        while batch.count < Self.batchReports, bytes < Self.batchBytes, bytes <= allowance, reads < Self.batchReads,
            failure == nil, let next = lookout.next()
        {
            reads += 1
            do throws(SystemError) {
                guard let found = try read(next.name, wasMovedIn: next.wasMovedIn, in: zone, neighbors, tools) else {
                    continue
                }
                bytes += found.dropped.size
                batch.append(found)
            } catch {
                lookout.putBack(next.name, at: uptime())
                failure = error
            }
        }
        // What a report names goes with it, even if it could be a report of its own.
        let read = batch.compactMap(\.dropped.files.first?.name)
        batch = Self.withoutAttachments(batch)
        let dealtWith = Set(batch.flatMap { $0.dropped.files.map(\.name) })
        for name in dealtWith { lookout.forget(name) }
        for name in read where !dealtWith.contains(name) { lookout.putBack(name, at: uptime()) }
        try await beginCounting(for: tools.quotas)
        try await admit(batch.map { try admissions(of: $0.reading, $0.dropped, tools) }, in: zone)
        if let failure { throw failure }
    }

    /// Reads one name; nil where nothing is to be admitted (yet).
    private func read(
        _ name: [UInt8], wasMovedIn: Bool, in zone: DropZone, _ neighbors: Neighbors, _ tools: Tools
    ) throws(SystemError) -> (dropped: Dropped, reading: Result<Report, Rejection>)? {
        let (now, wall) = (uptime(), clock.now)
        let reader = DropReader(
            incoming: zone.incoming, limits: tools.limits, parse: ReportReading.parse, neighbors: neighbors
        ) {
            switch $2 {
            case .besideReport: self.lookout.isStill($0, $1, at: now, wall: wall)
            // A folder that was renamed into place was filled before.
            case .inFolder: wasMovedIn || self.lookout.hasLainStill($1, wall: wall)
            }
        }
        let found: (dropped: Dropped, reading: Result<Report, Rejection>)
        switch try reader.read(name) {
        case .nothing:
            lookout.forget(name)
            return nil
        case .changing:
            lookout.changed(name, at: now)
            return nil
        case .lacking(let dropped, let rejection):
            if lookout.lacks(name, at: now) { return nil }
            found = (dropped, .failure(rejection))
        case .report(let dropped, let report): found = (dropped, .success(report))
        case .refused(let dropped, let rejection): found = (dropped, .failure(rejection))
        }
        if let file = found.dropped.files.first, let owner = departure.owner(of: file) {
            lookout.forget(name)
            departure.found(file, of: owner, by: zone.disposal)
            return nil
        }
        return found
    }

    private func admissions(
        of reading: Result<Report, Rejection>, _ dropped: Dropped, _ tools: Tools
    ) throws -> [Admission] {
        let origin = Origin(
            source: .spool(file: dropped.name), uid: dropped.owner, size: dropped.size, files: dropped.files)
        return try tools.admissions.admissions(
            of: reading, origin, references: nextReference, quota: { self.quota($0, $1, tools) }, at: clock.now)
    }

    func nextReference() -> Reference {
        references.next(at: clock.now, seed: UInt64.random(in: 0...UInt64.max))
    }

    /// - Parameter reports: what each comes down to.
    private func admit(_ reports: [[Admission]], in zone: DropZone) async throws {
        // One that writes itself may fail on its own account, and shall stop nobody else.
        let together = reports.filter { !$0.contains(where: \.writesItself) }.flatMap(\.self)
        var batches = (together.isEmpty ? [] : [together]) + reports.filter { $0.contains(where: \.writesItself) }
        while let batch = batches.first {
            do {
                try await admit(batch)
                for admission in batch {
                    guard let taken = admission.taken else { continue }
                    departure.dispose(of: taken, admission.submission, by: zone.disposal)
                }
            } catch is AttachedFileChanged {
                for name in Self.names(of: batch) {
                    let shown = String(decoding: name, as: UTF8.self).masked.harmless
                    logger.info(
                        "a file changed while its report was taken in: looked at again", metadata: ["file": "\(shown)"])
                    lookout.changed(name, at: uptime())
                }
            } catch {
                // Nothing of them was admitted: the files are still there and will be looked at again.
                for name in Self.names(of: batches.flatMap(\.self)) { lookout.putBack(name, at: uptime()) }
                throw error
            }
            batches.removeFirst()
        }
    }

    private static func names(of batch: [Admission]) -> [[UInt8]] { batch.compactMap { $0.taken?.files.first?.name } }
}

extension Admission {
    fileprivate var writesItself: Bool { if case .writer = message { true } else { false } }
}
