package import Platform

/// Decides when a file in the drop zone is complete. Pure: it is told what was seen, and when.
///
/// Complete is what was renamed into the folder, and what its writer closed and has lain still for a while. What a
/// person is still writing, copying or renaming is left alone.
package struct Completeness {
    private struct Entry {
        var stamp: Stamp?
        var stillSince: Duration
        var writer = Writer.none
        /// nil: it is complete, and reading it will show the rest.
        var lookAt: Duration?
        /// When it was complete for the first time, though something else was missing.
        var completeSince: Duration?
    }

    package enum Writer: Hashable, Sendable {
        /// Nobody is known to have it open.
        case none
        /// It was made, perhaps by somebody who will write into it, perhaps as a link to what is complete.
        case made
        /// Somebody wrote into it and has not closed it.
        case writing
    }

    /// What changes when a file does.
    private struct Stamp: Hashable {
        var inode: UInt64
        var size: Int
        var modified: Int64
        var changed: Int64
    }

    package var settle: Duration
    private var entries: [[UInt8]: Entry] = [:]
    /// No look is due earlier: what spares walking through all entries each time. nil: none is due at all.
    private var nextWalk: Duration?

    package init(settle: Duration) {
        self.settle = settle
    }

    /// How long something that is complete by itself may wait for what it lacks: a named attachment that is still
    /// being copied, a first character in an empty file, a report for a lonely picture.
    package var patience: Duration { settle * 5 }

    /// The earliest instant at which a file may have to be looked at; nil where none is waiting.
    package var nextLook: Duration? { nextWalk }

    /// The files to look at now. Where there are many, looks that are due almost together are made together.
    package mutating func due(at now: Duration) -> [[UInt8]] {
        guard let nextWalk, now >= nextWalk else { return [] }
        var due: [[UInt8]] = []
        var next: Duration?
        for (name, entry) in entries where entry.writer != .writing {
            guard let lookAt = entry.lookAt else { continue }
            if lookAt <= now { due.append(name) } else { next = min(next ?? lookAt, lookAt) }
        }
        self.nextWalk = next.map { max($0, now + settle / 8) }
        return due
    }

    private mutating func keep(_ entry: Entry, as name: [UInt8]) {
        entries[name] = entry
        if let lookAt = entry.lookAt { nextWalk = min(nextWalk ?? lookAt, lookAt) }
    }

    package var names: some Collection<[UInt8]> { entries.keys }

    // MARK: What was seen

    /// Something was made or written to; until its writer closes it, it is not complete.
    package mutating func touched(_ name: [UInt8], by writer: Writer, at now: Duration) {
        var entry = entries[name] ?? Entry(stillSince: now, lookAt: now + settle)
        entry.stillSince = now
        entry.lookAt = now + settle
        if writer != .none, entry.writer != .writing { entry.writer = writer }
        entry.completeSince = nil
        keep(entry, as: name)
    }

    /// Its writer closed it.
    package mutating func closed(_ name: [UInt8], at now: Duration) {
        touched(name, by: .none, at: now)
        entries[name]?.writer = .none
    }

    /// Hints were lost: nobody knows any more who is writing what, so lying still has to do.
    package mutating func forgetWriters() {
        for name in entries.keys { entries[name]?.writer = .none }
        nextWalk = .zero
    }

    /// What was complete may not have been dealt with: all is looked at again.
    package mutating func lookAgain() {
        for (name, entry) in entries where entry.lookAt == nil { entries[name]?.lookAt = entry.stillSince + settle }
        nextWalk = .zero
    }

    /// A look through the folder found it.
    ///
    /// - Parameter hasLainStill: its last change is so long ago that it need not be watched first.
    package mutating func found(_ name: [UInt8], hasLainStill: Bool, at now: Duration) {
        guard entries[name] == nil else { return }
        keep(
            Entry(stillSince: hasLainStill ? now - settle : now, lookAt: hasLainStill ? now : now + settle), as: name)
    }

    /// What a look at the file itself shows: whether it is complete now.
    package mutating func looked(_ name: [UInt8], _ info: FileInfo, at now: Duration) -> Bool {
        guard var entry = entries[name] else { return false }
        let stamp = Stamp(inode: info.inode, size: info.size, modified: info.modified, changed: info.changed)
        if let known = entry.stamp, known != stamp {
            entry.stillSince = now
            entry.completeSince = nil
        }
        entry.stamp = stamp
        if entry.writer == .made, info.kind != .regular || info.size > 0 || info.links > 1 {
            // Made complete, under a name of its own: nobody will ever close it.
            entry.writer = .none
        }
        let isComplete = now - entry.stillSince >= settle && entry.writer == .none
        entry.lookAt = isComplete ? nil : entry.writer == .made ? now + settle : entry.stillSince + settle
        keep(entry, as: name)
        return isComplete
    }

    /// It is complete but lacks something.
    ///
    /// - Returns: true while there is still hope that it comes; false when patience is over.
    package mutating func lacks(_ name: [UInt8], at now: Duration) -> Bool {
        var entry = entries[name] ?? Entry(stillSince: now - settle, lookAt: now + settle)
        let since = entry.completeSince ?? now
        entry.completeSince = since
        entry.lookAt = min(now + settle, since + patience)
        keep(entry, as: name)
        return now - since < patience
    }

    /// Whether a file that goes with another is complete; nil where nothing is known of it.
    package func isStill(_ name: [UInt8], _ info: FileInfo, at now: Duration) -> Bool? {
        guard let entry = entries[name] else { return nil }
        if entry.writer != .none { return false }
        if let stamp = entry.stamp, stamp.size != info.size || stamp.modified != info.modified { return false }
        return entry.completeSince != nil || now - entry.stillSince >= settle
    }

    package mutating func forget(_ name: [UInt8]) {
        entries[name] = nil
    }
}
