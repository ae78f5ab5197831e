package import SupportDesk

/// A file that an administrator keeps and may change at any time: read anew when it changed; a broken one is refused
/// whole and the old one kept.
///
/// Administrators copy files in place, and half a register is a valid one. So a change counts only once the file
/// has kept still; until then the old one stays in use. Only the first look, which has no old one, takes what it finds,
/// and looks again.
package final class LiveFile<Value: Sendable>: Sendable {
    /// What is in use, and what is wrong with the file where something is.
    package struct Reading: Sendable {
        package var value: Value?
        package var fault: Bilingual?
    }

    private struct State {
        var reading = Reading()
        /// Whether a first look came to its end.
        var hasLooked = false
        /// Of the file that was read while it kept still.
        var stamp: Stamp?
        /// What was found changed, and when first.
        var change: (stamp: Stamp, seenAt: Timestamp)?
    }

    private struct Stamp: Hashable {
        var device: UInt64
        var inode: UInt64
        var size: Int
        var modified: Int64
        var changed: Int64

        init(_ info: FileInfo) {
            device = info.device
            inode = info.inode
            size = info.size
            modified = info.modified
            changed = info.changed
        }
    }

    package let path: String
    private let clock: WallClock
    private let state = Locked(State())
    private let limit: Int
    private let parse: @Sendable ([UInt8]) throws -> Value
    /// How long a file has not changed before it counts as whole.
    package static var settle: Duration { .seconds(2) }

    /// - Parameters:
    ///   - path: may be a link.
    ///   - limit: bytes.
    ///   - parse: throws what is wrong with the content, `Explained`.
    package init(
        path: String, limit: Int = 100_000_000, clock: WallClock = .system,
        parse: @escaping @Sendable ([UInt8]) throws -> Value
    ) {
        self.path = path
        self.limit = limit
        self.clock = clock
        self.parse = parse
    }

    /// The content as it stands now; looks at the file, and reads it where it changed. Callers at the same time may
    /// both read it, but none waits for the other.
    package func current() -> Reading {
        do {
            let file = try OpenFile(following: path)
            let info = try file.info()
            let stamp = Stamp(info)
            let now = clock.now
            let look = state.withLock { Self.look(at: stamp, now: now, &$0) }
            guard look != .keep else { return state.current.reading }
            let result = Result { try parse(try file.read(limit: limit, expecting: info.size)) }
            let isWhole = try look == .whole && Stamp(file.info()) == stamp
            return state.withLock { state in
                guard isWhole || !state.hasLooked else { return state.reading }
                state.hasLooked = true
                state.stamp = isWhole ? stamp : nil
                switch result {
                case .success(let value): state.reading = Reading(value: value, fault: nil)
                case .failure(let error):
                    state.reading.fault = error.inWords
                    // A disk may do better next time; the same text will not.
                    if error is SystemError { state.stamp = nil }
                }
                return state.reading
            }
        } catch {
            return state.withLock { state in
                state.hasLooked = true
                state.stamp = nil
                state.reading.fault = error.inWords
                return state.reading
            }
        }
    }

    private enum Look {
        /// What is in use stays in use.
        case keep
        /// It may be half written, but there is nothing else.
        case first
        case whole
    }

    private static func look(at stamp: Stamp, now: Timestamp, _ state: inout State) -> Look {
        if stamp == state.stamp {
            state.change = nil
            return .keep
        }
        // By two clocks, since that of a share may go wrong: the file's, and how long it was seen to keep still.
        // A look in the future is a clock that was set back.
        if state.change?.stamp != stamp || state.change.map({ $0.seenAt > now }) ?? false {
            state.change = (stamp, now)
        }
        let seenAt = state.change?.seenAt ?? now
        let changedAt = Timestamp(milliseconds: max(stamp.modified, stamp.changed) / 1_000_000)
        if now - changedAt >= settle || now - seenAt >= settle { return .whole }
        return state.hasLooked ? .keep : .first
    }
}
