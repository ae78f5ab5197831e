import Glibc

/// What is left on a file system.
package struct FileSystemRoom: Hashable, Sendable {
    package var bytes: UInt64
    /// Files that can still be made; nil where the file system has no such bound.
    package var files: UInt64?

    package init(bytes: UInt64, files: UInt64?) {
        self.bytes = bytes
        self.files = files
    }

    /// For this process, without what is kept for root; nil where it cannot be asked.
    ///
    /// - Parameter path: anything that lies on the file system.
    package init?(of path: String) {
        var found = statvfs()
        guard statvfs(path, &found) == 0 else { return nil }
        bytes = UInt64(found.f_bavail) * UInt64(found.f_frsize)
        files = found.f_files == 0 ? nil : UInt64(found.f_favail)
    }
}
