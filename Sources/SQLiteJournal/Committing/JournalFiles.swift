import Glibc

/// The database and its log as they were when they were opened. SQLite goes on writing into a file that was removed or
/// replaced meanwhile, and nobody ever sees what it wrote there.
struct JournalFiles: Sendable {
    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64

        /// nil where it cannot be asked.
        init?(_ path: String) {
            var found = stat()
            guard stat(path, &found) == 0 else { return nil }
            device = UInt64(found.st_dev)
            inode = UInt64(found.st_ino)
        }
    }

    private let paths: [String]
    private let identities: [Identity?]

    /// - Parameter path: the database, open and with its log.
    init(_ path: String) {
        paths = [path, path + "-wal"]
        identities = paths.map(Identity.init)
    }

    /// Which of them is not in its place any more; nil where both are.
    var lost: String? {
        for (path, identity) in zip(paths, identities) {
            guard let identity else { continue }
            if let found = Identity(path) {
                if found != identity { return path }
            } else if errno == ENOENT {
                return path
            }
        }
        return nil
    }
}
