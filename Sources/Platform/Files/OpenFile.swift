internal import CLinux
import Glibc

/// A file open for reading; closed with the value.
package final class OpenFile: Sendable {
    package let path: String
    let descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// What this very file is, whatever its name points to by now.
    package func info() throws(SystemError) -> FileInfo {
        var file = clinux_file()
        try systemCall("fstat", on: path) { clinux_stat(descriptor, &file) }
        return FileInfo(file)
    }

    /// Some of its bytes; fewer than asked for, or none, at its end.
    package func read(at offset: Int, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let path = self.path
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                filled = try systemCall("read", on: path) {
                    pread(descriptor, buffer.baseAddress, count, off_t(offset))
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Its bytes from the start.
    ///
    /// - Parameter limit: reading stops one byte behind this many, so that a file that grew is noticed.
    package func read(limit: Int, expecting size: Int) throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        var capacity = min(max(size, 0), limit) + 1
        while true {
            let offset = content.count
            let path = self.path
            var count = 0
            var failure: SystemError?
            content.append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
                    do throws(SystemError) {
                        count = try systemCall("read", on: path) {
                            pread(descriptor, buffer.baseAddress, capacity, off_t(offset))
                        }
                        filled = count
                    } catch {
                        failure = error
                    }
                })
            if let failure { throw failure }
            if count == 0 || content.count > limit { return content }
            capacity = min(64 * 1024, limit + 1 - content.count)
        }
    }
}

extension OpenFile {
    /// A private file by its path.
    package convenience init(_ path: String) throws(SystemError) {
        let descriptor = try systemCall("open", on: path) { Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        self.init(path: path, descriptor: descriptor)
    }

    /// A file an administrator keeps, where the path leads; it may be a link. Never waits for a writer of a pipe.
    package convenience init(following path: String) throws(SystemError) {
        let descriptor = try systemCall("open", on: path) {
            Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        }
        self.init(path: path, descriptor: descriptor)
    }
}
