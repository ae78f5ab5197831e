import Glibc
import SupportDesk
import TestSupport
import Testing

@testable import Platform

@Suite("Folder")
struct FolderTests {
    private let temporary: TemporaryFolder
    private let folder: Folder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try Folder(temporary.path)
    }

    /// What a file system can do when it comes to moving.
    struct Ability: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let calls: @Sendable () -> MoveCalls

        static func refusing(_ code: Int32) -> MoveCalls.Call {
            { _, _, _, _ in
                errno = code
                return -1
            }
        }

        static let all = [
            Ability(testDescription: "everything") { MoveCalls() },
            Ability(testDescription: "no exclusive rename") { MoveCalls(renameExclusively: refusing(EINVAL)) },
            Ability(testDescription: "no such system call") { MoveCalls(renameExclusively: refusing(ENOSYS)) },
            Ability(testDescription: "no links either") {
                MoveCalls(renameExclusively: refusing(EINVAL), link: refusing(EPERM))
            },
            Ability(testDescription: "links not supported") {
                MoveCalls(renameExclusively: refusing(EINVAL), link: refusing(EOPNOTSUPP))
            },
        ]
    }

    private func move(_ name: String, to newName: String, _ ability: Ability) throws -> Bool {
        try folder.move(Array(name.utf8), to: folder, as: Array(newName.utf8), by: ability.calls())
    }

    @Test("a file moves to a free name, whatever the file system can do", arguments: Ability.all)
    func moves(_ ability: Ability) throws {
        try temporary.write("one".utf8, to: "a")
        let before = try #require(try folder.info(Array("a".utf8)))
        #expect(try move("a", to: "b", ability))
        #expect(try temporary.names(in: "") == ["b"])
        let after = try #require(try folder.info(Array("b".utf8)))
        #expect(after.inode == before.inode)
        #expect(after.links == 1)
    }

    @Test("nothing is ever overwritten, whatever the file system can do", arguments: Ability.all)
    func taken(_ ability: Ability) throws {
        try temporary.write("one".utf8, to: "a")
        try temporary.write("two".utf8, to: "b")
        try temporary.folder("c")
        #expect(symlink("nowhere", temporary("d")) == 0)
        for name in ["b", "c", "d"] { #expect(try !move("a", to: name, ability)) }
        for name in ["b", "d"] { #expect(try !move("c", to: name, ability)) }
        #expect(try temporary.names(in: "") == ["a", "b", "c", "d"])
        #expect(try temporary.text(of: "a") == "one")
        #expect(try temporary.text(of: "b") == "two")
    }

    @Test("a folder moves with what is in it, and a link as a link", arguments: Ability.all)
    func movesOthers(_ ability: Ability) throws {
        try temporary.folder("c")
        try temporary.write("one".utf8, to: "c/a")
        #expect(try move("c", to: "e", ability))
        #expect(try temporary.text(of: "e/a") == "one")
        #expect(symlink("nowhere", temporary("d")) == 0)
        #expect(try move("d", to: "f", ability))
        #expect(try folder.info(Array("f".utf8))?.kind == .link)
        #expect(try temporary.names(in: "") == ["e", "f"])
    }

    @Test("what is not there is an error", arguments: Ability.all)
    func absent(_ ability: Ability) throws {
        let error = #expect(throws: SystemError.self) { try move("a", to: "b", ability) }
        #expect(error?.code == ENOENT)
    }

    @Test("another trouble is no reason for another way")
    func trouble() throws {
        try temporary.write("one".utf8, to: "a")
        let forbidden = Ability(testDescription: "") { MoveCalls(renameExclusively: Ability.refusing(EACCES)) }
        #expect(throws: SystemError.self) { try move("a", to: "b", forbidden) }
        let full = Ability(testDescription: "") {
            MoveCalls(renameExclusively: Ability.refusing(EINVAL), link: Ability.refusing(ENOSPC))
        }
        #expect(throws: SystemError.self) { try move("a", to: "b", full) }
        #expect(try temporary.names(in: "") == ["a"])
    }

    @Test("a file that came under the old name meanwhile stays")
    func replaced() throws {
        try temporary.write("one".utf8, to: "a")
        let path = temporary("a")
        let calls = MoveCalls(renameExclusively: Ability.refusing(EINVAL)) { old, name, new, newName in
            guard linkat(old, name, new, newName, 0) == 0 else { return -1 }
            return rename(path + ".next", path)
        }
        try temporary.write("two".utf8, to: "a.next")
        #expect(try folder.move(Array("a".utf8), to: folder, as: Array("b".utf8), by: calls))
        #expect(try temporary.text(of: "a") == "two")
        #expect(try temporary.text(of: "b") == "one")
    }

    @Test("a name is bytes, of any kind and as long as a name may be")
    func names() throws {
        let names: [[UInt8]] = [
            [0xFF, 0xFE], Array("é".utf8), [0xE9], [0x0A], Array("a b".utf8), Array("-rf".utf8),
            [UInt8](repeating: 0x80, count: 255),
        ]
        for (number, name) in names.enumerated() {
            try folder.write([UInt8(number)], named: name, mode: 0o600)
            #expect(try folder.open(name).read(limit: 10, expecting: 1) == [UInt8(number)])
        }
        #expect(try Set(folder.names()) == Set(names))
        #expect(try Set(folder.names()) == Set(names), "it can be read again")
        for name in names { #expect(try folder.remove(name)) }
        #expect(try !folder.remove(names[0]))
        #expect(try folder.names().isEmpty)
    }

    @Test("a file is written with its mode whatever the umask, and replaces what was there")
    func writes() throws {
        let name = Array("r.txt".utf8)
        for (text, mode) in [("one", 0o600), ("", 0o666), ("three", 0o444), ("four", 0o644)] as [(String, UInt32)] {
            try folder.write(Array(text.utf8), named: name, mode: mode)
            #expect(try folder.info(name)?.mode == mode)
            #expect(try temporary.text(of: "r.txt") == text)
        }
        #expect(try temporary.names(in: "") == ["r.txt"])
    }

    @Test("a link in a file's place is replaced, not written through; a folder is in the way and nothing is left over")
    func writesOver() throws {
        try temporary.write("precious".utf8, to: "other")
        #expect(symlink("other", temporary("a")) == 0)
        try folder.write(Array("new".utf8), named: Array("a".utf8), mode: 0o600)
        #expect(try temporary.text(of: "other") == "precious")
        #expect(try folder.info(Array("a".utf8))?.kind == .regular)
        try temporary.folder("c")
        #expect(throws: SystemError.self) { try folder.write([1], named: Array("c".utf8), mode: 0o600) }
        #expect(try temporary.names(in: "") == ["a", "c", "other"])
    }

    @Test("what a crash left of a file being written is removed, and nothing else")
    func leftovers() throws {
        let others = [".assistd-notes", ".assistd-1-2.tmp.txt", "a.tmp", "r.txt"]
        for name in others + [".assistd-41-7.tmp"] { try temporary.write([1], to: name) }
        try temporary.folder(".assistd-1-2.tmp")
        try folder.removeLeftovers()
        #expect(try temporary.names(in: "") == (others + [".assistd-1-2.tmp"]).sorted())
    }

    @Test("links are refused, pipes do not block")
    func refused() throws {
        try temporary.write("precious".utf8, to: "other")
        try temporary.folder("sub")
        #expect(symlink("other", temporary("file")) == 0)
        #expect(symlink("sub", temporary("folder")) == 0)
        #expect(mkfifo(temporary("pipe"), 0o600) == 0)
        #expect(throws: SystemError.self) { try folder.open(Array("file".utf8)) }
        #expect(throws: SystemError.self) { try folder.subfolder(Array("folder".utf8)) }
        #expect(throws: SystemError.self) { try OpenFile(temporary("file")) }
        #expect(try OpenFile(following: temporary("file")).read(limit: 99, expecting: 0) == Array("precious".utf8))
        #expect(try folder.open(Array("pipe".utf8)).info().kind == .fifo)
        #expect(try folder.subfolder(Array("sub".utf8)).names().isEmpty)
    }

    @Test("reading stops behind its limit, whatever size was expected", arguments: [0, 5, 1_000_000])
    func limits(expected: Int) throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try temporary.write(bytes, to: "a")
        let file = try folder.open(Array("a".utf8))
        #expect(try file.read(limit: 200_000, expecting: expected) == bytes)
        #expect(try file.read(limit: 100, expecting: expected).count > 100)
    }

    @Test("a folder knows whether its path still leads to it")
    func inPlace() throws {
        try temporary.folder("sub")
        let sub = try Folder(temporary("sub"))
        #expect(sub.isInPlace)
        #expect(try move("sub", to: "away", Ability.all[0]))
        #expect(!sub.isInPlace)
        try temporary.folder("sub")
        #expect(!sub.isInPlace)
    }
}
