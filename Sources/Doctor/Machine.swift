internal import CLinux
import Glibc
package import Platform

/// What the checks ask of the machine beyond its files; tests answer in its place.
package struct Machine: Sendable {
    package typealias Room = FileSystemRoom

    /// For this process; nil where it cannot be asked.
    package var room: @Sendable (_ folder: String) -> Room? = { FileSystemRoom(of: $0) }
    /// Watches a folder for a moment: nil when it can be watched, else the error number.
    package var watch: @Sendable (_ folder: String) -> Int32? = { folder in
        let descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return inotify_add_watch(descriptor, folder, UInt32(IN_CLOSE_WRITE)) < 0 ? errno : nil
    }

    /// Whether this process may list a folder, make files in it and reach them.
    package var mayUse: @Sendable (_ folder: String) -> Bool = { access($0, R_OK | W_OK | X_OK) == 0 }

    /// Whether a folder lies on another machine.
    package var isRemote: @Sendable (_ folder: String) -> Bool = { clinux_is_remote($0) != 0 }

    package init() {}
}
