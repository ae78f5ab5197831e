import Platform
import SupportDesk

/// Keeps watch over the drop zone: brings hints, looks and the timer together into a line of complete names.
struct Lookout {
    private(set) var completeness = Completeness(settle: .seconds(2))
    private var line = WaitingLine()
    private var nextRescan: Duration?
    private var lookedThroughAt: Duration?

    /// No look through the whole folder was taken yet.
    var isNew: Bool { nextRescan == nil }
    var isLineEmpty: Bool { line.isEmpty }

    /// When there is something to look at again, whatever happens.
    var nextLook: Duration? { [nextRescan, completeness.nextLook].compactMap(\.self).min() }

    /// The folder was opened anew: nothing that was known of it counts any more, but for the patience with its files.
    mutating func begin() {
        line = WaitingLine()
        completeness.lookAgain()
        nextRescan = nil
        lookedThroughAt = nil
    }

    /// The next complete name, and whether it was renamed into place.
    mutating func next() -> (name: [UInt8], wasMovedIn: Bool)? { line.next() }

    /// Whether a file that a report names, or that lies in a report's folder, is complete.
    ///
    /// - Parameter wall: the machine's clock, for a file of which nothing is known but its times.
    func isStill(_ name: [UInt8], _ info: FileInfo, at now: Duration, wall: Timestamp) -> Bool {
        if line.contains(name) { return true }
        return completeness.isStill(name, info, at: now) ?? hasLainStill(info, wall: wall)
    }

    /// Whether a file's last change is long enough ago.
    func hasLainStill(_ info: FileInfo, wall: Timestamp) -> Bool {
        let age = wall.milliseconds - info.changed / 1_000_000
        // A change in the future is a clock that was set back, not a writer.
        return age >= completeness.settle.wholeMilliseconds || age < -60_000
    }

    /// Looks at what there is to look at.
    ///
    /// - Parameters:
    ///   - now: on a clock that never jumps.
    ///   - wall: the machine's clock, which file times are compared with.
    ///   - known: names that are dealt with already and must only leave.
    /// - Returns: whether the whole folder was looked through.
    /// - Throws: `DropZoneLost`, `SystemError`.
    mutating func look(
        around zone: DropZone, settle: Duration, rescan: Duration, at now: Duration, wall: Timestamp,
        except known: Set<[UInt8]>
    ) throws -> Bool {
        completeness.settle = settle
        let hints = zone.watch?.take() ?? FolderWatch.Hints()
        let isRescanDue = nextRescan.map { now >= $0 } ?? true
        if hints.folderChanged || isRescanDue {
            for folder in [zone.incoming, zone.disposal.rejected] where !folder.isInPlace {
                throw DropZoneLost(path: folder.path)
            }
        }
        for hint in hints.hints where ReportFormat.of(hint.name) != .ignored { try note(hint, in: zone, at: now) }
        if hints.overflowed {
            completeness.forgetWriters()
            // Not at each batch, where a great many come at once: nothing is complete sooner than that anyway.
            nextRescan = nextRescan.map { min($0, max(now, (lookedThroughAt ?? now) + settle)) }
        }
        let looksThrough = nextRescan.map { now >= $0 } ?? true
        if looksThrough {
            try lookThrough(zone, at: now, wall: wall, except: known)
            lookedThroughAt = now
            nextRescan = now + rescan
        }
        for name in completeness.due(at: now) {
            guard let info = try zone.incoming.info(name) else {
                completeness.forget(name)
                continue
            }
            if completeness.looked(name, info, at: now) { line.append(name, of: info.owner, wasMovedIn: false) }
        }
        return looksThrough
    }

    private mutating func note(_ hint: FolderWatch.Hint, in zone: DropZone, at now: Duration) throws(SystemError) {
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
                guard let info = try zone.incoming.info(hint.name) else { return }
                line.append(hint.name, of: info.owner, wasMovedIn: true)
            }
        }
    }

    private mutating func lookThrough(
        _ zone: DropZone, at now: Duration, wall: Timestamp, except known: Set<[UInt8]>
    ) throws {
        let names = try zone.incoming.names().filter { ReportFormat.of($0) != .ignored }
        let present = Set(names)
        for name in completeness.names where !present.contains(name) { completeness.forget(name) }
        for name in names where !known.contains(name) {
            // What was last touched long before this start is no longer being written.
            let changed = try isNew ? zone.incoming.info(name)?.changed : nil
            let hasLainStill = changed.map { wall.milliseconds - $0 / 1_000_000 > 60_000 } ?? false
            completeness.found(name, hasLainStill: hasLainStill, at: now)
        }
    }

    // MARK: What reading showed

    /// It is dealt with, or not there any more.
    mutating func forget(_ name: [UInt8]) {
        completeness.forget(name)
        line.remove(name)
    }

    /// It changed while it was read.
    mutating func changed(_ name: [UInt8], at now: Duration) { completeness.touched(name, by: .none, at: now) }

    /// It lacks something; true while that may still come.
    mutating func lacks(_ name: [UInt8], at now: Duration) -> Bool { completeness.lacks(name, at: now) }

    /// It could not be admitted and must be looked at again.
    mutating func putBack(_ name: [UInt8], at now: Duration) {
        completeness.forget(name)
        completeness.found(name, hasLainStill: true, at: now)
    }
}
