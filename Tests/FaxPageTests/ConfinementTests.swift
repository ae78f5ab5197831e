import CLinux
import Foundation
import Glibc
import TestSupport
import Testing

@testable import FaxPage

/// Filters and Landlock's rules hold for the thread that asks for them, so each test tries them on one of its own.
@Suite("What the page maker gives up, it has given up")
struct ConfinementTests {
    /// Runs something on a thread that ends with it.
    private func alone<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: body()) }.start()
        }
    }

    private static func code(_ result: Int32) -> Int32 { result < 0 ? errno : 0 }

    @Test("Sockets, programs, signals and changes to files are refused; reading and threads are not")
    func filter() async throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "file")
        let file = folder("file")
        let codes = await alone { () -> [String: Int32] in
            var codes = ["filter": Self.code(clinux_refuse_calls())]
            codes["socket"] = Self.code(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
            var pair: [Int32] = [0, 0]
            codes["socketpair"] = Self.code(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair))
            codes["connect"] = Self.code(connect(-1, nil, 0))
            codes["bind"] = Self.code(bind(-1, nil, 0))
            // Where nothing refuses it, there is no such program.
            codes["execve"] = Self.code(execv("/nonexistent", [nil]))
            var child: pid_t = 0
            codes["spawn"] = posix_spawn(&child, "/nonexistent", nil, nil, [nil], nil)
            codes["kill"] = Self.code(kill(getpid(), 0))
            for (name, flags) in [
                ("write", O_WRONLY), ("update", O_RDWR), ("create", O_CREAT), ("truncate", O_TRUNC),
                ("append", O_APPEND),
            ] {
                codes["open to \(name)"] = Self.code(open(file, flags, 0o600))
            }
            codes["creat"] = Self.code(creat(file + "2", 0o600))
            codes["unlink"] = Self.code(unlink(file))
            codes["rename"] = Self.code(rename(file, file + "2"))
            codes["link"] = Self.code(link(file, file + "2"))
            codes["symlink"] = Self.code(symlink(file, file + "2"))
            codes["mkdir"] = Self.code(mkdir(file + "2", 0o700))
            codes["chmod"] = Self.code(chmod(file, 0o777))
            codes["utimes"] = Self.code(utimes(file, nil))
            codes["resize"] = Self.code(truncate(file, 0))
            let descriptor = open(file, O_RDONLY)
            codes["reading"] = Self.code(descriptor)
            close(descriptor)
            var thread = pthread_t()
            codes["thread"] = pthread_create(&thread, nil, { _ in nil }, nil)
            if codes["thread"] == 0 { pthread_join(thread, nil) }
            return codes
        }
        let allowed = ["filter", "reading", "thread"]
        #expect(codes.count == 24)
        for (call, code) in codes { #expect(code == (allowed.contains(call) ? 0 : EPERM), "\(call)") }
        // The other threads are as free as before.
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data([1]))
        #expect(rename(file, file + "2") == 0)
    }

    @Test("Where the kernel can hide files, only those beneath the folders named are seen")
    func files() async throws {
        let folder = try TemporaryFolder()
        try folder.folder("seen/deep")
        try folder.folder("hidden")
        try folder.write([1], to: "seen/deep/file")
        try folder.write([1], to: "hidden/file")
        let codes = await alone { () -> [Int32]? in
            let paths: [String] = [folder("seen"), folder("missing")]
            var names: [UnsafePointer<CChar>?] = paths.map { UnsafePointer(strdup($0)) }
            names.append(nil)
            guard clinux_read_only_beneath(names) == 0 else { return nil }
            return [
                Self.code(open(folder("seen/deep/file"), O_RDONLY)), Self.code(open(folder("hidden/file"), O_RDONLY)),
                Self.code(open("/etc/passwd", O_RDONLY)), Self.code(open(folder("seen/deep/file"), O_WRONLY)),
            ]
        }
        // Landlock came with Linux 5.13, and can be left out.
        if let codes { #expect(codes == [0, EACCES, EACCES, EACCES]) }
    }
}
