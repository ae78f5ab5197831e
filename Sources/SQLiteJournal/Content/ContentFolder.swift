@preconcurrency import Dispatch
import Glibc
import Platform
import SupportDesk

/// Messages too large for the database, one file each, named by reference.
///
/// A file is synced, and its name too, before the row that mentions it is committed. A file nobody mentions is what
/// a crash left between the two, and is swept away at the next start.
final class ContentFolder: Sendable {
    /// How a message is kept.
    enum Kept: Sendable {
        case inline([UInt8])
        /// In a file of this many bytes.
        case file(size: Int)

        /// A message that needs no file.
        init?(_ content: Admission.Message?) {
            guard case .bytes(let bytes)? = content else { return nil }
            self = .inline(bytes)
        }
    }

    private let path: String
    private let inlineLimit: Int
    private let queue = DispatchQueue(label: "assistd.journal.content")

    init(path: String, inlineLimit: Int) {
        self.path = path
        self.inlineLimit = inlineLimit
    }

    func path(of reference: Reference) -> String { "\(path)/\(reference)" }

    /// Whether keeping this message means work on files.
    func needsFile(_ content: Admission.Message?) -> Bool {
        switch content {
        case nil: false
        case .bytes(let bytes): bytes.count > inlineLimit
        case .writer: true
        }
    }

    /// Puts messages where they are kept; what went to files is durable when this returns.
    ///
    /// - Throws: `SystemError`, a duplicate's `JournalFault`, or what a message throws that writes itself; no file is left
    ///   behind then.
    func keep(_ messages: [(Reference, Admission.Message?)]) async throws -> [Kept?] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.keepNow(messages) }) }
        }
    }

    /// Takes files back whose rows were refused.
    func discard(_ references: [Reference]) {
        for reference in references { unlink(path(of: reference)) }
    }

    /// Removes what no row mentions.
    func sweep(keeping references: Set<Reference>) throws {
        guard let listing = opendir(path) else {
            if errno == ENOENT { return }
            throw SystemError("opendir", path, code: errno)
        }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let reference = Reference(name), reference.description == name else { continue }
            if !references.contains(reference) { unlink("\(path)/\(name)") }
        }
    }

    private func keepNow(_ messages: [(Reference, Admission.Message?)]) throws -> [Kept?] {
        var made: [Reference] = []
        do {
            let kept = try messages.map { reference, content in
                let kept = try keepNow(content, of: reference)
                if case .file = kept { made.append(reference) }
                return kept
            }
            if !made.isEmpty { try Folder(path).synchronize() }
            return kept
        } catch {
            discard(made)
            throw error
        }
    }

    private func keepNow(_ content: Admission.Message?, of reference: Reference) throws -> Kept? {
        switch content {
        case nil:
            return nil
        case .bytes(let bytes) where bytes.count <= inlineLimit:
            return .inline(bytes)
        case .bytes(let bytes):
            try write(reference) { file, path in try writeAll(bytes, to: file, path: path) }
            return .file(size: bytes.count)
        case .writer(let body):
            var size = 0
            try write(reference) { file, path in
                try body { piece in
                    try writeAll(piece, to: file, path: path)
                    size += piece.count
                }
            }
            return .file(size: size)
        }
    }

    /// Makes the file of a reference, never over another one, and syncs what `body` writes.
    private func write(_ reference: Reference, _ body: (Int32, String) throws -> Void) throws {
        let path = path(of: reference)
        guard let file = try create(path) else { throw JournalFault.duplicate(reference) }
        defer { close(file) }
        do {
            try body(file, path)
            try systemCall("fsync", on: path) { fsync(file) }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// The new file's descriptor; nil where there is one of that name. The folder is made with the first file.
    private func create(_ file: String) throws(SystemError) -> Int32? {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        while true {
            let descriptor = open(file, flags, 0o600)
            let code = errno
            if descriptor >= 0 { return descriptor }
            switch code {
            case EEXIST: return nil
            case EINTR: continue
            case ENOENT:
                try Folder.make(path, mode: 0o700)
            default: throw SystemError("open", file, code: code)
            }
        }
    }

    private func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            done += try systemCall("write", on: path) {
                bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            }
        }
    }
}
