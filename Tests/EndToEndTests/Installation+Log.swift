@preconcurrency import Dispatch
import Foundation
import Glibc
import Platform
import TestSupport

extension Installation {
    /// Bytes of the daemon's log so far.
    var logSize: Int { log.utf8.count }

    /// The lines of the daemon's log that have some words, as they are written.
    ///
    /// - Parameter start: bytes of it that are left out.
    func logLines(with words: String, after start: Int = 0) -> AsyncStream<String> {
        let path = folder("log")
        let (lines, found) = AsyncStream.makeStream(of: String.self)
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        inotify_add_watch(descriptor, path, UInt32(IN_MODIFY))
        let read = Locked(start)
        let look = { @Sendable in
            guard let data = FileManager.default.contents(atPath: path) else { return }
            let new = read.withLock { read in
                let whole = data.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
                defer { read = max(read, whole) }
                return read < whole ? data[read..<whole] : Data()
            }
            for line in String(decoding: new, as: UTF8.self).split(separator: "\n") where line.contains(words) {
                found.yield(String(line))
            }
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "log"))
        source.setEventHandler {
            var events = [UInt8](repeating: 0, count: 4096)
            while Glibc.read(descriptor, &events, events.count) > 0 {}
            look()
        }
        source.setCancelHandler { close(descriptor) }
        found.onTermination = { _ in source.cancel() }
        source.activate()
        look()
        return lines
    }

    /// Waits until the daemon's log has some words.
    func logged(_ words: String) async throws {
        for await _ in logLines(with: words) { return }
        throw CancellationError()
    }
}
