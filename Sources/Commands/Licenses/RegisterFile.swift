import Glibc
import Platform
import SupportDesk

/// The register's file: replaced whole and durably, or not at all.
enum RegisterFile {
    static func replace(_ path: String, with content: [UInt8]) throws(CommandFailure) {
        do throws(SystemError) {
            try write(content, over: path)
        } catch {
            let words = error.explanation
            let isForbidden = [EACCES, EPERM, EROFS].contains(error.code)
            throw CommandFailure(
                isForbidden ? .notPermitted : .tryLater, code: isForbidden ? "not_permitted" : "not_written",
                fr: words.french, en: words.english)
        }
    }

    private static func write(_ content: [UInt8], over path: String) throws(SystemError) {
        let folder = FileContents.folder(of: path)
        // A dot file: whoever watches the folder passes it over.
        let temporary = "\(folder)/.\(FileContents.name(of: path)).\(getpid()).tmp"
        let (mode, owner) = permissions(of: path)
        let file = try systemCall("open", on: temporary) {
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        }
        defer { close(file) }
        do throws(SystemError) {
            // Who could read the old register must be able to read the new one; only root can give a file away.
            if let owner { _ = fchown(file, owner.user, owner.group) }
            try systemCall("fchmod", on: temporary) { fchmod(file, mode) }
            try fill(file, with: content, path: temporary)
            try systemCall("fsync", on: temporary) { fsync(file) }
            try systemCall("rename", on: path) { rename(temporary, path) }
        } catch {
            unlink(temporary)
            throw error
        }
        try Folder(folder).synchronize()
    }

    private static func fill(_ file: Int32, with content: [UInt8], path: String) throws(SystemError) {
        var done = 0
        while done < content.count {
            done += try systemCall("write", on: path) {
                content[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            }
        }
    }

    /// Those of the file there is; for a new one what a daemon's configuration has.
    private static func permissions(of path: String) -> (mode: mode_t, owner: (user: uid_t, group: gid_t)?) {
        var info = stat()
        guard stat(path, &info) == 0 else { return (0o644, nil) }
        return (info.st_mode & 0o777, (info.st_uid, info.st_gid))
    }
}
