internal import CLinux
import Glibc

extension Folder {
    /// Moves a file or folder, never over another: false where the new name is taken.
    ///
    /// Some file systems (NFS, CIFS, some FUSE ones) know no rename that spares the new name. There a file gets its
    /// new name as a link first; for folders, and where links are unknown too, the new name is looked at just before.
    package func move(_ name: [UInt8], to folder: Folder, as newName: [UInt8]) throws(SystemError) -> Bool {
        try move(name, to: folder, as: newName, by: MoveCalls())
    }

    /// - Parameter calls: the kernel's; tests put ones in their place that refuse.
    func move(_ name: [UInt8], to folder: Folder, as newName: [UInt8], by calls: MoveCalls) throws(SystemError) -> Bool
    {
        do {
            try withNames(name, newName) { name, newName throws(SystemError) in
                try systemCall("rename", on: path) {
                    calls.renameExclusively(descriptor, name, folder.descriptor, newName)
                }
            }
            return true
        } catch  where error.code == EEXIST {
            return false
        } catch  where MoveCalls.isUnknown(error.code) {
            return try link(name, to: folder, as: newName, by: calls)
        }
    }

    private func link(
        _ name: [UInt8], to folder: Folder, as newName: [UInt8], by calls: MoveCalls
    ) throws(SystemError) -> Bool {
        do {
            try withNames(name, newName) { name, newName throws(SystemError) in
                try systemCall("link", on: path) { calls.link(descriptor, name, folder.descriptor, newName) }
            }
        } catch  where error.code == EEXIST {
            return false
        } catch  where MoveCalls.isUnknown(error.code) || error.code == EPERM || error.code == EMLINK {
            return try renameUnlessTaken(name, to: folder, as: newName)
        }
        do throws(SystemError) {
            // Another file may have come under the old name meanwhile; that one stays.
            if let left = try info(name), let moved = try folder.info(newName), left.inode == moved.inode {
                try remove(name)
            }
            return true
        } catch {
            _ = try? folder.remove(newName)
            throw error
        }
    }

    private func renameUnlessTaken(
        _ name: [UInt8], to folder: Folder, as newName: [UInt8]
    ) throws(SystemError) -> Bool {
        guard try folder.info(newName) == nil else { return false }
        try withNames(name, newName) { name, newName throws(SystemError) in
            try systemCall("rename", on: path) { renameat(descriptor, name, folder.descriptor, newName) }
        }
        return true
    }

    private func withNames(
        _ name: [UInt8], _ newName: [UInt8],
        _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) throws(SystemError) -> Void
    ) throws(SystemError) {
        try withName(name) { name throws(SystemError) in
            try withName(newName) { newName throws(SystemError) in try body(name, newName) }
        }
    }
}

/// What a move is made of, as renameat(2) and linkat(2): -1 with errno set.
struct MoveCalls {
    typealias Call = (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>) -> Int32

    var renameExclusively: Call = { clinux_rename_exclusive($0, $1, $2, $3) }
    var link: Call = { linkat($0, $1, $2, $3, 0) }

    /// Whether an error says that the file system has no such call.
    static func isUnknown(_ code: Int32) -> Bool {
        code == EINVAL || code == ENOSYS || code == EOPNOTSUPP
    }
}
