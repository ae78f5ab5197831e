internal import CLinux
import Glibc

/// What a power cut leaves is what was synced: the content of a file, and apart from it the name in its folder.
extension Folder {
    /// Makes a folder, or finds one there. It is there after a power cut, too.
    package static func make(_ path: String, mode: UInt32) throws(SystemError) {
        var isNew = true
        do {
            try systemCall("mkdir", on: path) { mkdir(path, mode) }
        } catch  where error.code == EEXIST {
            isNew = false
        }
        do {
            try Folder(path + "/..").synchronize()
        } catch  where !isNew {
            // A start that was cut short may have left it unsynced; but perhaps an administrator made it, in a folder
            // that is not for this program to read.
        }
    }

    /// Makes renames and removals in it durable.
    package func synchronize() throws(SystemError) {
        try systemCall("fsync", on: path) { fsync(descriptor) }
    }

    /// Makes everything durable that was ever written on its file system: one call for a great many files, which on a
    /// busy disk takes as long as others' files take.
    package func synchronizeFileSystem() throws(SystemError) {
        try systemCall("syncfs", on: path) { clinux_sync_file_system(descriptor) }
    }
}
