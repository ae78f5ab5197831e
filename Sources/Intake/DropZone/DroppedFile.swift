import Platform
import SupportDesk

/// A large attachment in the drop zone: looked through once, and read again when its bytes are wanted, through one
/// descriptor.
///
/// Who may write to it still can; so it counts only if nothing was done to it from first to last, as far as the kernel
/// tells. It does not tell of each store into a file that is mapped into memory (mmap(2)); so what the look found out
/// is found out again of the very bytes that are handed on.
final class DroppedFile: AttachedFile {
    /// From this many bytes on a file is not held.
    static let least = 256 * 1024
    private static let piece = 64 * 1024

    private let file: OpenFile
    private let info: FileInfo
    let head: [UInt8]
    let isUTF8: Bool
    var size: Int { info.size }

    /// Looks the file through; nil where it changed meanwhile.
    init?(_ file: OpenFile, _ info: FileInfo) throws(SystemError) {
        self.file = file
        self.info = info
        var check = UTF8Check()
        var head: [UInt8] = []
        var offset = 0
        while offset < info.size {
            let piece = try file.read(at: offset, upTo: min(Self.piece, info.size - offset))
            if piece.isEmpty { return nil }
            if offset == 0 { head = Array(piece.prefix(1024)) }
            check.add(piece)
            offset += piece.count
        }
        self.head = head
        isUTF8 = check.isValid
        if try !isUntouched() { return nil }
    }

    func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
        var check = UTF8Check()
        var offset = 0
        while offset < info.size {
            // That it cannot be read is found out and told when it is looked through again.
            guard let piece = try? file.read(at: offset, upTo: min(Self.piece, info.size - offset)), !piece.isEmpty,
                offset > 0 || piece.starts(with: head)
            else { throw AttachedFileChanged() }
            check.add(piece)
            try body(piece)
            offset += piece.count
        }
        guard check.isValid == isUTF8, (try? isUntouched()) == true else { throw AttachedFileChanged() }
    }

    /// The time of its last change is the kernel's: no program can set it back, as it can the time of the last writing.
    private func isUntouched() throws(SystemError) -> Bool {
        let now = try file.info()
        return now.size == info.size && now.modified == info.modified && now.changed == info.changed
    }
}
