import Foundation
import Glibc
import TestSupport
import Testing

@testable import Platform

@Suite("Who may read a file")
struct AccessListTests {
    @Test("one user is let in, others are kept out, and what the list had stays")
    func allow() throws {
        var list = AccessList(mode: 0o644)
        list.allowReading(only: 4711)
        let again = try #require(AccessList(list.bytes))
        #expect(again == list)
        // Version; owner rw, user 4711 r, group r, mask r, others nothing.
        let expected: [[UInt8]] = [
            [2, 0, 0, 0], [1, 0, 6, 0, 255, 255, 255, 255], [2, 0, 4, 0, 0x67, 0x12, 0, 0],
            [4, 0, 4, 0, 255, 255, 255, 255], [16, 0, 4, 0, 255, 255, 255, 255], [32, 0, 0, 0, 255, 255, 255, 255],
        ]
        #expect(list.bytes == expected.flatMap(\.self))
        list.allowReading(only: 4711)
        #expect(list == again)
        list.allowReading(only: 33)
        #expect(list.bytes.count == again.bytes.count + 8)
        #expect(AccessList([]) == nil && AccessList([1, 0, 0, 0]) == nil && AccessList([2, 0, 0, 0, 1]) == nil)
    }

    @Test(
        "the kernel does as it says", .enabled(if: getuid() == 0, "needs root to be somebody else"),
        arguments: [(4711, true), (4712, false)])
    func kernel(uid: Int, mayRead: Bool) async throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o711)
        try Folder(folder.path).write(Array("x".utf8), named: Array("a".utf8), mode: 0o644, only: 4711)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "cat", folder("a")]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try Programs.start { try process.run() }
        let status = try await Programs.blocking {
            process.waitUntilExit()
            return process.terminationStatus
        }
        #expect((status == 0) == mayRead)
    }
}
