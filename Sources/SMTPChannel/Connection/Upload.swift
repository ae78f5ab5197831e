import Glibc
import Platform
import SupportDesk

/// A message on its way out, piece by piece, so that a large one never stands in memory.
final class Upload {
    /// Bytes on the wire: a dot at the start of a line is sent twice (RFC 5321, 4.5.2).
    ///
    /// libcurl is told this size and no other: it stops as soon as it has sent so many bytes, doubled dots
    /// included, so that a message with dots would lose its end.
    let wireSize: Int
    /// Why reading broke off.
    private(set) var failure: String?
    private let source: Source
    private var position = 0
    private let size: Int

    private enum Source {
        case bytes([UInt8])
        case file(FileDescriptor)
    }

    private final class FileDescriptor {
        let number: Int32
        init(_ number: Int32) { self.number = number }
        deinit { close(number) }
    }

    /// What makes a message unfit to be sent.
    enum Fault: Error {
        case unreadable(String)
        /// A line begins with a dot after a line end that is not CRLF: servers do not agree where such a message
        /// ends, and what follows could pass for another one.
        case dotAfterBareLineEnd
    }

    init(_ content: Parcel.Content) throws(Fault) {
        size = content.size
        var dots = LineStartDots()
        switch content {
        case .bytes(let bytes):
            source = .bytes(bytes)
            bytes.withUnsafeBytes { dots.count(in: $0) }
        case .file(let path, let size):
            do {
                let file = FileDescriptor(
                    try systemCall("open", on: path) { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) })
                source = .file(file)
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
                defer { buffer.deallocate() }
                var offset = 0
                while offset < size {
                    let wanted = min(buffer.count, size - offset)
                    let count = try systemCall("read", on: path) {
                        pread(file.number, buffer.baseAddress, wanted, off_t(offset))
                    }
                    guard count > 0 else { throw Fault.unreadable("\(path): shorter than \(size) bytes") }
                    dots.count(in: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                    offset += count
                }
            } catch let fault as Fault {
                throw fault
            } catch {
                throw .unreadable(error.inWords.english)
            }
        }
        if dots.foundBareLineEnd { throw .dotAfterBareLineEnd }
        wireSize = size + dots.doubled
    }

    /// - Returns: how many bytes were written, 0 at the end, nil on failure.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, size - position)
        guard wanted > 0 else { return 0 }
        switch source {
        case .bytes(let bytes):
            bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + wanted])) }
            position += wanted
            return wanted
        case .file(let file):
            do throws(SystemError) {
                let count = try systemCall("read", on: "the message's file") {
                    pread(file.number, buffer.baseAddress, wanted, off_t(position))
                }
                position += count
                if count == 0 { failure = "it became shorter while it was sent" }
                return count == 0 ? nil : count
            } catch {
                failure = error.explanation.english
                return nil
            }
        }
    }
}

/// Counts dots that stand first in a line, piece by piece.
struct LineStartDots {
    private(set) var doubled = 0
    private(set) var foundBareLineEnd = false
    // As if a line had just ended.
    private var last: (UInt8, UInt8) = (0x0D, 0x0A)

    mutating func count(in bytes: UnsafeRawBufferPointer) {
        var from = 0
        while from < bytes.count, let start = bytes.baseAddress {
            guard let found = memchr(start + from, 0x2E, bytes.count - from) else { break }
            let index = start.distance(to: UnsafeRawPointer(found))
            let previous = index > 0 ? bytes[index - 1] : last.1
            if previous == 0x0A || previous == 0x0D {
                let second = index > 1 ? bytes[index - 2] : index == 1 ? last.1 : last.0
                if previous == 0x0A, second == 0x0D { doubled += 1 } else { foundBareLineEnd = true }
            }
            from = index + 1
        }
        if bytes.count > 1 {
            last = (bytes[bytes.count - 2], bytes[bytes.count - 1])
        } else if bytes.count == 1 {
            last = (last.1, bytes[0])
        }
    }
}
