@preconcurrency import Dispatch
import Glibc

/// Watches one folder with inotify. What it reports are hints: the reader looks for itself, and looks through the
/// whole folder when `overflowed` says that hints were lost.
package final class FolderWatch: Sendable {
    /// Something that happened to a name.
    package struct Hint: Hashable, Sendable {
        package enum Kind: Sendable {
            /// A new file, folder or link.
            case made
            /// Somebody is writing into it; `closed` follows.
            case written
            /// Its owner, rights or times changed.
            case changed
            /// Its writer closed it.
            case closed
            /// Renamed into the folder from elsewhere, or from a name that counts as temporary.
            case movedIn(from: [UInt8]?)
            case gone
        }
        package var name: [UInt8]
        package var kind: Kind

        package static func == (left: Hint, right: Hint) -> Bool { left.name == right.name }
        package func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// What came since it was last asked.
    package struct Hints: Sendable {
        package var hints: [Hint] = []
        package var overflowed = false
        /// Something happened to the folder itself: it may be gone, moved or unmounted.
        package var folderChanged = false

        package init() {}
    }

    private struct Gathered {
        var hints = Hints()
        var renames: [UInt32: [UInt8]] = [:]
    }

    /// Fires when there is something to take; once for many.
    package let wakeups: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private let onHint: @Sendable () -> Void
    private let gathered = Locked(Gathered())
    private let source: any DispatchSourceRead
    private let watch: Int32
    private let ownName: [UInt8]
    private let bound: Int

    /// - Parameters:
    ///   - bound: how many hints are kept at most.
    ///   - onHint: called when there is something to take, sooner than `wakeups` fires.
    /// - Throws: `SystemError`: the folder is absent, or the user's limit of watches is reached.
    package init(
        _ path: String, bound: Int = 200_000, onHint: @escaping @Sendable () -> Void = {}
    ) throws(SystemError) {
        self.bound = bound
        self.onHint = onHint
        let descriptor = try systemCall("inotify_init1", on: path) {
            inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        }
        let mask =
            UInt32(IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
            | UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR)
        do throws(SystemError) {
            watch = try systemCall("inotify_add_watch", on: path) { inotify_add_watch(descriptor, path, mask) }
        } catch {
            close(descriptor)
            throw error
        }
        // A folder that is removed while somebody has it open says nothing of it; the one it lies in does. Where that
        // one may not be watched, the next look through the folder finds out.
        let around = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR)
        _ = inotify_add_watch(descriptor, path + "/..", around)
        ownName = Array(path.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
        (wakeups, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "assistd.folder-watch"))
        source.setCancelHandler { close(descriptor) }
        source.setEventHandler { [weak self] in self?.readEvents(descriptor) }
        source.activate()
    }

    deinit {
        source.cancel()
        wake.finish()
    }

    /// Hands over what was gathered and starts anew.
    package func take() -> Hints {
        gathered.withLock { gathered in
            defer { gathered.hints = Hints() }
            return gathered.hints
        }
    }

    private func readEvents(_ descriptor: Int32) {
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 8) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                gathered.withLock { gathered in
                    var offset = 0
                    while offset < count {
                        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                        let start = offset + MemoryLayout<inotify_event>.size
                        let name = buffer[start..<start + Int(event.len)].prefix { $0 != 0 }
                        if event.wd == watch {
                            note(event.mask, cookie: event.cookie, Array(name), in: &gathered)
                        } else if event.wd < 0 {
                            gathered.hints.overflowed = true
                        } else if Array(name) == ownName {
                            gathered.hints.folderChanged = true
                        }
                        offset = start + Int(event.len)
                    }
                }
                onHint()
                wake.yield()
            }
        }
    }

    private func note(_ mask: UInt32, cookie: UInt32, _ name: [UInt8], in gathered: inout Gathered) {
        func has(_ flag: some BinaryInteger) -> Bool { mask & UInt32(truncatingIfNeeded: flag) != 0 }
        if has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(IN_UNMOUNT) || has(IN_IGNORED) {
            gathered.hints.folderChanged = true
        }
        guard !name.isEmpty else { return }
        let kind: Hint.Kind
        if has(IN_MOVED_FROM) {
            gathered.renames[cookie] = name
            if gathered.renames.count > 1000 { gathered.renames.removeAll() }
            kind = .gone
        } else if has(IN_MOVED_TO) {
            kind = .movedIn(from: gathered.renames.removeValue(forKey: cookie))
        } else if has(IN_CLOSE_WRITE) {
            kind = .closed
        } else if has(IN_DELETE) {
            kind = .gone
        } else {
            kind = has(IN_CREATE) ? .made : has(IN_MODIFY) ? .written : .changed
        }
        if gathered.hints.hints.count >= bound {
            // Too many to keep: the folder will be looked through instead.
            gathered.hints.hints.removeAll()
            gathered.hints.overflowed = true
        }
        gathered.hints.hints.append(Hint(name: name, kind: kind))
    }
}
