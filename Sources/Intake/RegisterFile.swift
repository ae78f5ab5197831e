import Platform
package import SupportDesk

/// The register on disk: read anew when the file changed; a broken one is refused whole and the old one kept.
package final class RegisterFile: Sendable {
    /// What is in use, and what is wrong with the file where something is.
    package struct Reading: Sendable {
        package var register: Register?
        package var fault: Bilingual?
    }

    private struct State {
        var reading = Reading()
        var stamp: Stamp?
    }

    private struct Stamp: Hashable {
        var inode: UInt64
        var size: Int
        var modified: Int64
        var changed: Int64
    }

    package let path: String
    private let state = Locked(State())
    private static let limit = 100_000_000

    package init(path: String) {
        self.path = path
    }

    /// The register as it stands now; looks at the file, and reads it where it changed.
    package func current() -> Reading {
        state.withLock { state in
            do {
                let file = try OpenFile(path)
                let info = try file.info()
                let stamp = Stamp(
                    inode: info.inode, size: info.size, modified: info.modified, changed: info.changed)
                guard stamp != state.stamp else { return state.reading }
                state.stamp = stamp
                let bytes = try file.read(limit: Self.limit, expecting: info.size)
                state.reading = Reading(register: try Register.parse(bytes), fault: nil)
            } catch let error as SystemError {
                state.stamp = nil
                state.reading.fault = error.explanation
            } catch {
                state.reading.fault = error.inWords
            }
            return state.reading
        }
    }
}
