import Glibc
import Platform
import SupportDesk

/// Lays documents down for other programs, each in a folder of its own that nobody else may look into.
actor DocumentFolder {
    private let place: String
    private let executor = BlockingExecutor(label: "fax documents")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter environment: its `RUNTIME_DIRECTORY` (systemd's), else its `TMPDIR`, else `/tmp` is the place.
    init(environment: [String: String]) {
        let runtime = environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        place = [runtime, environment["TMPDIR"]].compactMap { $0 }.first { $0.hasPrefix("/") } ?? "/tmp"
    }

    /// - Returns: the path of the file.
    func write(_ document: [UInt8], named name: String) throws(ChannelFault) -> String {
        do throws(SystemError) {
            var template = Array("\(place)/fax-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", place, code: errno) }
            let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let path = "\(folder)/\(name)"
            do throws(SystemError) {
                try Self.fill(path, with: document)
            } catch {
                remove(path)
                throw error
            }
            return path
        } catch {
            let words = error.explanation
            throw ChannelFault(
                .configuration, fr: "Le fax n'a pas pu être posé pour le programme : \(words.french)",
                en: "The fax could not be laid down for the program: \(words.english)")
        }
    }

    /// Removes a file and its folder.
    func remove(_ path: String) {
        unlink(path)
        rmdir(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    }

    private static func fill(_ path: String, with document: [UInt8]) throws(SystemError) {
        let descriptor = try systemCall("open", on: path) {
            open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        defer { close(descriptor) }
        var written = 0
        while written < document.count {
            written += try systemCall("write", on: path) {
                document.withUnsafeBytes { bytes in
                    Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                }
            }
        }
    }
}
