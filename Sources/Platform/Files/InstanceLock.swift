import Glibc
package import SupportDesk

/// Keeps a second daemon away from what one daemon owns. The lock dies with its process, however that ends.
package final class InstanceLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// - Parameters:
    ///   - path: a file of its own, outside any folder users can write to; made where absent.
    ///   - details: what is told of this process to others, beside its number.
    /// - Throws: `Held`, naming the process that has it; `SystemError`.
    package init(_ path: String, details: [String] = []) throws {
        self.path = path
        descriptor = try systemCall("open", on: path) {
            open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            // A class that is whole is torn down when its init throws: `deinit` closes, and nobody else may.
            guard code == EWOULDBLOCK else { throw SystemError("flock", path, code: code) }
            var bytes = [UInt8](repeating: 0, count: 10_000)
            let count = pread(descriptor, &bytes, bytes.count, 0)
            let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
                .map { String($0).harmless }
            throw Held(path: path, holder: lines.first ?? "?", details: Array(lines.dropFirst()))
        }
        let own = (["\(getpid())"] + details).map { $0 + "\n" }.joined()
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, own, own.utf8.count, 0)
    }

    deinit {
        // By name: a program that is just being started still has the descriptor, until it is another program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether others still meet it: with its folder it may have been removed, and locks nobody out then.
    package var isInPlace: Bool {
        var (own, there) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && lstat(path, &there) == 0 && own.st_ino == there.st_ino
            && own.st_dev == there.st_dev
    }

    /// Another process has it.
    package struct Held: Explained, Hashable {
        package var path: String
        package var holder: String
        /// What it says of itself: its configuration, its unit.
        package var details: [String]

        package var explanation: Bilingual {
            let about = ([holder] + details).joined(separator: ", ")
            return Bilingual(
                fr: "un autre assistd (processus \(about)) utilise déjà \(path) ; arrêtez-le d'abord",
                en: "another assistd (process \(about)) is using \(path) already; stop it first")
        }
    }
}
