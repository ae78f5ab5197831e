import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@Suite("Instance lock")
struct InstanceLockTests {
    @Test("a second one is refused and told who has it; the lock goes with its holder")
    func second() throws {
        let folder = try TemporaryFolder()
        var first: InstanceLock? = try InstanceLock(folder("lock"))
        let held = #expect(throws: InstanceLock.Held.self) { try InstanceLock(folder("lock")) }
        #expect(held?.path == folder("lock"))
        #expect(held?.holder == "\(getpid())")
        #expect(held?.explanation.french.contains("\(getpid())") == true)
        #expect(first != nil)
        first = nil
        #expect(throws: Never.self) { try InstanceLock(folder("lock")) }
    }

    @Test("a link in its place is refused, and what it leads to is left alone")
    func link() throws {
        let folder = try TemporaryFolder()
        try folder.write("precious".utf8, to: "other")
        #expect(symlink("other", folder("lock")) == 0)
        #expect(throws: SystemError.self) { try InstanceLock(folder("lock")) }
        #expect(try folder.text(of: "other") == "precious")
    }

    @Test("what the holder tells of itself is told, without what would disturb a terminal")
    func details() throws {
        let folder = try TemporaryFolder()
        let first = try InstanceLock(folder("lock"), details: ["/etc/a.toml\u{1B}[31m", "assistd.service"])
        let held = #expect(throws: InstanceLock.Held.self) { try InstanceLock(folder("lock")) }
        let words = try #require(held?.explanation.english)
        #expect(words.contains("process \(getpid()), /etc/a.toml"))
        #expect(words.contains(", assistd.service)"))
        #expect(!words.contains("\u{1B}"))
        withExtendedLifetime(first) {}
    }

    @Test("a lock whose file was removed or replaced says so")
    func inPlace() throws {
        let folder = try TemporaryFolder()
        let lock = try InstanceLock(folder("lock"))
        #expect(lock.isInPlace)
        #expect(unlink(folder("lock")) == 0)
        #expect(!lock.isInPlace)
        let other = try InstanceLock(folder("lock"))
        #expect(!lock.isInPlace)
        #expect(other.isInPlace)
    }

    @Test("what an earlier holder wrote is replaced")
    func stale() throws {
        let folder = try TemporaryFolder()
        try folder.write("99999999999999\nmore".utf8, to: "lock")
        let lock = try InstanceLock(folder("lock"))
        #expect(try folder.text(of: "lock") == "\(getpid())\n")
        withExtendedLifetime(lock) {}
    }
}
