import Glibc
package import SupportDesk

/// Keeps a second daemon away from what one daemon owns. The lock dies with its process, however that ends.
package final class InstanceLock: Sendable {
    private let descriptor: Int32

    /// - Parameter path: a file of its own, outside any folder users can write to; made where absent.
    /// - Throws: `Held`, naming the process that has it; `SystemError`.
    package init(_ path: String) throws {
        descriptor = try systemCall("open", on: path) {
            open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            // A class that is whole is torn down when its init throws: `deinit` closes, and nobody else may.
            guard code == EWOULDBLOCK else { throw SystemError("flock", path, code: code) }
            var digits = [UInt8](repeating: 0, count: 20)
            let count = pread(descriptor, &digits, digits.count, 0)
            let holder = String(decoding: digits.prefix(max(0, count)).prefix { $0 > 0x20 }, as: UTF8.self)
            throw Held(path: path, holder: holder)
        }
        let own = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, own, own.utf8.count, 0)
    }

    deinit {
        // By name: a program that is just being started still has the descriptor, until it is another program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Another process has it.
    package struct Held: Explained, Hashable {
        package var path: String
        package var holder: String

        package var explanation: Bilingual {
            Bilingual(
                fr: "un autre assistd (processus \(holder)) utilise déjà \(path) ; arrêtez-le d'abord",
                en: "another assistd (process \(holder)) is using \(path) already; stop it first")
        }
    }
}
