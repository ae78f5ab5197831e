import Foundation

/// A folder of a test's own, gone with the value.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let name = "assistd-test-\(UUID().uuidString.prefix(13))"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // A test may have taken rights away; root or not, what lies here is ours.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a name in it.
    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Makes a folder in it and returns its path.
    @discardableResult
    package func folder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
        return self(name)
    }

    /// Writes a file in place.
    package func write(_ content: some Sequence<UInt8>, to name: String) throws {
        try Data(content).write(to: URL(fileURLWithPath: self(name)))
    }

    /// Writes a file under a temporary name and renames it, as droppers should.
    package func drop(_ content: some Sequence<UInt8>, to name: String) throws {
        let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        let temporary = String(name[..<slash]) + ".dropping-\(UUID().uuidString)"
        try write(content, to: temporary)
        try move(temporary, to: name)
    }

    /// Renames what lies in it.
    package func move(_ name: String, to newName: String) throws {
        try FileManager.default.moveItem(atPath: self(name), toPath: self(newName))
    }

    package func content(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self(name))))
    }

    package func text(of name: String) throws -> String { String(decoding: try content(of: name), as: UTF8.self) }

    package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

    /// The names in a folder of it, sorted.
    package func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self(name)).sorted()
    }
}
