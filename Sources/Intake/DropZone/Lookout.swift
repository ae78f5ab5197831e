import Platform
import SupportDesk

/// Keeps watch over the drop zone: brings hints, looks and the timer together into a line of complete names.
struct Lookout {
    private(set) var completeness = Completeness(settle: .seconds(2))
    private var line: ArraySlice<[UInt8]> = []
    /// Once in the line is enough: read twice in a batch, a file would be admitted twice. True for what was renamed
    /// into place.
    private var inLine: [[UInt8]: Bool] = [:]
    private var nextRescan: Duration?

    /// No look through the whole folder was taken yet.
    var isNew: Bool { nextRescan == nil }
    var isLineEmpty: Bool { line.isEmpty }

    /// When there is something to look at again, whatever happens.
    var nextLook: Duration? { [nextRescan, completeness.nextLook].compactMap(\.self).min() }

    /// The folder was opened anew: nothing that was known of it counts any more, but for the patience with its files.
    mutating func begin() {
        line = []
        inLine = [:]
        nextRescan = nil
    }

    /// The next complete name, and whether it was renamed into place.
    mutating func next() -> (name: [UInt8], wasMovedIn: Bool)? {
        while let name = line.popFirst() {
            // What was forgotten meanwhile only kept its place.
            if let wasMovedIn = inLine.removeValue(forKey: name) { return (name, wasMovedIn) }
        }
        return nil
    }

    /// Whether a file that a report names, or that lies in a report's folder, is complete.
    ///
    /// - Parameter wall: the machine's clock, for a file of which nothing is known but its times.
    func isStill(_ name: [UInt8], _ info: FileInfo, at now: Duration, wall: Timestamp) -> Bool {
        if inLine[name] != nil { return true }
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
        let hints = zone.watch.take()
        let isRescanDue = nextRescan.map { now >= $0 } ?? true
        if hints.folderChanged || isRescanDue {
            for folder in [zone.incoming, zone.disposal.rejected] where !folder.isInPlace {
                throw DropZoneLost(path: folder.path)
            }
        }
        for hint in hints.hints where ReportFormat.of(hint.name) != .ignored { note(hint, at: now) }
        if hints.overflowed { completeness.forgetWriters() }
        let looksThrough = hints.overflowed || isRescanDue
        if looksThrough {
            try lookThrough(zone, at: now, wall: wall, except: known)
            nextRescan = now + rescan
        }
        for name in completeness.due(at: now) {
            guard let info = try zone.incoming.info(name) else {
                completeness.forget(name)
                continue
            }
            if completeness.looked(name, info, at: now) { enqueue(name, wasMovedIn: false) }
        }
        return looksThrough
    }

    private mutating func note(_ hint: FolderWatch.Hint, at now: Duration) {
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
                enqueue(hint.name, wasMovedIn: true)
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

    private mutating func enqueue(_ name: [UInt8], wasMovedIn: Bool) {
        if inLine.updateValue(wasMovedIn, forKey: name) == nil { line.append(name) }
    }

    // MARK: What reading showed

    /// It is dealt with, or not there any more.
    mutating func forget(_ name: [UInt8]) {
        completeness.forget(name)
        inLine[name] = nil
    }

    /// It changed while it was read.
    mutating func changed(_ name: [UInt8], at now: Duration) { completeness.touched(name, by: .none, at: now) }

    /// It lacks something; true while that may still come.
    mutating func lacks(_ name: [UInt8], at now: Duration) -> Bool { completeness.lacks(name, at: now) }

    /// It could not be admitted and must be looked at again.
    mutating func putBack(_ name: [UInt8], at now: Duration) {
        completeness.found(name, hasLainStill: true, at: now)
    }
}
