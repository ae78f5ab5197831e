import Glibc
import Platform
import SupportDesk

/// Files as somebody names them on a command line: links are followed, and pipes are read too.
enum FileContents {
    static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    static func isRegular(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The last part of a path.
    static func name(of path: String) -> String {
        String(path.split(separator: "/").last ?? Substring(path))
    }

    /// The folder a path lies in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// All its bytes.
    ///
    /// - Parameter limit: more than so many bytes is an error, found without reading them all.
    static func read(_ path: String, limit: Int) throws(CommandFailure) -> [UInt8] {
        let content: [UInt8]
        do throws(SystemError) {
            content = try start(of: path, count: limit + 1)
        } catch {
            throw CommandFailure(unreadable: error)
        }
        if content.count > limit { throw CommandFailure(tooLarge: path, limit: limit) }
        return content
    }

    /// Its first bytes, or all where there are no more.
    private static func start(of path: String, count: Int) throws(SystemError) -> [UInt8] {
        let file = try systemCall("open", on: path) { open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        defer { close(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(256 * 1024, count))
        while content.count < count {
            let got = try systemCall("read", on: path) {
                Glibc.read(file, &buffer, min(buffer.count, count - content.count))
            }
            if got == 0 { break }
            content += buffer[..<got]
        }
        return content
    }
}

extension CommandFailure {
    init(unreadable error: SystemError) {
        let words = error.explanation
        self.init(.badInput, code: "unreadable", fr: words.french, en: words.english)
    }

    init(tooLarge path: String, limit: Int) {
        self.init(
            .badInput, code: "too_large",
            fr: "\(path) : le rapport et ses pièces jointes dépassent \(limit) octets. Retirez-en, ou relevez "
                + "max_size sous [spool].",
            en: "\(path): the report and its attachments exceed \(limit) bytes. Leave some out, or raise max_size "
                + "under [spool].")
    }
}
