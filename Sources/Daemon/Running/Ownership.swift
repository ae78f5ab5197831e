import Glibc
import Platform

/// What this daemon alone may use. A folder that is removed takes its lock with it, and the one that is made in its
/// place has none.
final class Ownership: Sendable {
    private let path: String
    private let details: [String]
    private let lock: Locked<InstanceLock>

    /// - Throws: `InstanceLock.Held`, `SystemError`.
    init(_ path: String, _ details: [String]) throws {
        self.path = path
        self.details = details
        lock = Locked(try InstanceLock(path, details: details))
    }

    /// Takes the lock again where others do not meet it any more.
    ///
    /// - Throws: `InstanceLock.Held` where another daemon was faster.
    func renew() throws {
        try lock.withLock { lock in
            if !lock.isInPlace { lock = try InstanceLock(path, details: details) }
        }
    }

    /// What another daemon is told of this one: its configuration, and its unit where it has one.
    static func details(configuration: String) -> [String] {
        let full = realpath(configuration, nil)
        defer { free(full) }
        let path = full.map { String(cString: $0) } ?? configuration
        return [path] + (unit.map { [$0] } ?? [])
    }

    private static var unit: String? {
        guard let file = try? OpenFile("/proc/self/cgroup"),
            let bytes = try? file.read(limit: 10_000, expecting: 1000)
        else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).split(separator: "\n").last?.split(separator: "/").last
        return name.map { String($0) }.flatMap { $0.hasSuffix(".service") ? $0 : nil }
    }
}
