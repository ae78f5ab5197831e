internal import CLinux
import Glibc

/// An open folder: everything in it is reached relative to its descriptor, so that no path is walked twice and no
/// link is ever followed. Names are bytes; they need not be text.
package final class Folder: Sendable {
    package let path: String
    let descriptor: Int32

    /// - Throws: `SystemError` where the path is absent, no folder, or not permitted.
    package init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = try systemCall("open", on: path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    private init(_ path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// A folder in this one; a link to a folder is refused.
    package func subfolder(_ name: [UInt8]) throws(SystemError) -> Folder {
        let path = pathOf(name)
        let opened = try withName(name) { name throws(SystemError) in
            try systemCall("open", on: path) {
                openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
        }
        return Folder(path, descriptor: opened)
    }

    /// Whether its path still leads to it: a folder that was removed or replaced lives on while it is open.
    package var isInPlace: Bool {
        guard let there = try? Folder(path), let found = try? there.info([0x2E]), let own = try? info([0x2E]) else {
            return false
        }
        return found.inode == own.inode && found.device == own.device
    }

    /// The names in it, but for `.` and `..`, in no order.
    package func names() throws(SystemError) -> [[UInt8]] {
        // A descriptor of its own: reading moves the offset of the open file.
        let own = try systemCall("open", on: path) { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(own) else {
            let code = errno
            close(own)
            throw SystemError("fdopendir", path, code: code)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
                    Array(UnsafeBufferPointer(start: start, count: strlen(start)))
                }
            }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
            errno = 0
        }
        let code = errno
        if code != 0 { throw SystemError("readdir", path, code: code) }
        return names
    }

    /// What lies under a name; nil where nothing does.
    package func info(_ name: [UInt8]) throws(SystemError) -> FileInfo? {
        var file = clinux_file()
        do {
            try withName(name) { name throws(SystemError) in
                try systemCall("stat", on: path) { clinux_stat_at(descriptor, name, &file) }
            }
        } catch  where error.code == ENOENT {
            return nil
        }
        return FileInfo(file)
    }

    /// Opens a file to read, whatever it is, without ever blocking or following a link.
    package func open(_ name: [UInt8]) throws(SystemError) -> OpenFile {
        let path = pathOf(name)
        let opened = try withName(name) { name throws(SystemError) in
            try systemCall("open", on: path) {
                openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            }
        }
        return OpenFile(path: path, descriptor: opened)
    }

    /// Removes a file; false where there was none.
    @discardableResult
    package func remove(_ name: [UInt8]) throws(SystemError) -> Bool {
        try unlink(name, flags: 0)
    }

    /// Removes an empty folder; false where there was none.
    @discardableResult
    package func removeFolder(_ name: [UInt8]) throws(SystemError) -> Bool {
        try unlink(name, flags: AT_REMOVEDIR)
    }

    private func unlink(_ name: [UInt8], flags: Int32) throws(SystemError) -> Bool {
        let path = pathOf(name)
        do {
            try withName(name) { name throws(SystemError) in
                try systemCall("unlink", on: path) { unlinkat(descriptor, name, flags) }
            }
            return true
        } catch  where error.code == ENOENT {
            return false
        }
    }

    /// Writes a small file whole or not at all, replacing what was there.
    ///
    /// - Parameters:
    ///   - mode: who may read and write it.
    ///   - reader: of all who are neither its owner, in its group nor named by the folder's default list, this user alone
    ///     may read it, whatever the mode says.
    ///   - synced: its content is durable before it has its name; the name itself is after `synchronize`.
    package func write(
        _ content: [UInt8], named name: [UInt8], mode: UInt32, only reader: UInt32? = nil, synced: Bool = false
    ) throws(SystemError) {
        let temporary = Self.leftover.begin + Array("\(getpid())-\(Self.counter.next())".utf8) + Self.leftover.end
        let path = pathOf(name)
        let descriptor = self.descriptor
        try withName(temporary) { temporary throws(SystemError) in
            let file = try systemCall("open", on: path) {
                openat(descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            }
            defer { close(file) }
            do throws(SystemError) {
                // The umask has had its say at creation; this file's readers are decided here.
                let isConfined = try reader.map { reader throws(SystemError) in
                    try confine(file, to: reader, mode: mode, path: path)
                }
                if isConfined != true { try systemCall("fchmod", on: path) { fchmod(file, mode) } }
                try writeAll(content, to: file, path: path)
                if synced { try systemCall("fsync", on: path) { fsync(file) } }
                try withName(name) { name throws(SystemError) in
                    try systemCall("rename", on: path) { renameat(descriptor, temporary, descriptor, name) }
                }
            } catch {
                unlinkat(descriptor, temporary, 0)
                throw error
            }
        }
    }

    private static let counter = Counter()
    /// How a name begins and ends that `write` gives a file until it is whole.
    private static let leftover = (begin: Array(".assistd-".utf8), end: Array(".tmp".utf8))

    /// Removes what a crash left of files that were being written. Only for the one process that writes here.
    package func removeLeftovers() throws(SystemError) {
        for name in try names() where name.starts(with: Self.leftover.begin) {
            if name.suffix(Self.leftover.end.count).elementsEqual(Self.leftover.end) { _ = try? remove(name) }
        }
    }

    /// The path of a name in it, for messages only.
    package func pathOf(_ name: [UInt8]) -> String {
        path + "/" + String(decoding: name, as: UTF8.self)
    }
}

/// Tells temporary names of one process apart.
private final class Counter: Sendable {
    private let value = Locked<UInt64>(0)

    func next() -> UInt64 {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

/// Hands over a name as the kernel wants it.
@discardableResult
func withName<Result>(
    _ name: [UInt8], _ body: (UnsafePointer<CChar>) throws(SystemError) -> Result
) throws(SystemError) -> Result {
    var terminated = ContiguousArray<CChar>()
    terminated.reserveCapacity(name.count + 1)
    for byte in name { terminated.append(CChar(bitPattern: byte)) }
    terminated.append(0)
    return try terminated.withUnsafeBufferPointer { buffer throws(SystemError) in
        guard let start = buffer.baseAddress else { throw SystemError("open", "", code: EINVAL) }
        return try body(start)
    }
}

/// Lets the owner, the group, those a folder's default list names, and one user read; where the file system keeps no
/// lists, the mode says who may.
///
/// - Returns: whether it keeps them: then the list says all that the mode could.
private func confine(_ file: Int32, to reader: UInt32, mode: UInt32, path: String) throws(SystemError) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = clinux_get_access_list(file, &bytes, bytes.count)
    let known = count > 0 ? AccessList(Array(bytes.prefix(count))) : nil
    var list = known ?? AccessList(mode: mode)
    list.allowReading(only: reader)
    let new = list.bytes
    do throws(SystemError) {
        try systemCall("fsetxattr", on: path) { clinux_set_access_list(file, new, new.count) }
        return true
    } catch  where error.code == EOPNOTSUPP || error.code == ENOSYS {
        return false
    }
}

private func writeAll(_ content: [UInt8], to file: Int32, path: String) throws(SystemError) {
    var done = 0
    while done < content.count {
        done += try systemCall("write", on: path) {
            content.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + done }, content.count - done) }
        }
    }
}
