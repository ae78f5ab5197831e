import Foundation
import Glibc
import Platform
import TestSupport
import Testing

@Suite("Folder watch", .timeLimit(.minutes(1)))
struct FolderWatchTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.folder("in")
        try folder.folder("out")
    }

    private func watch(bound: Int = 200_000) throws -> FolderWatch { try FolderWatch(folder("in"), bound: bound) }

    /// Everything that came up to a file of this name, which a test makes last.
    private func hints(_ watch: FolderWatch, upTo last: String = "last") async throws -> [String] {
        #expect(mkdir(folder("in/" + last), 0o700) == 0)
        var all: [String] = []
        for await _ in watch.wakeups {
            let taken = watch.take()
            #expect(!taken.overflowed)
            #expect(!taken.folderChanged)
            all += taken.hints.map(Self.text)
            if all.last == "made " + last { return all.dropLast() }
        }
        return all
    }

    private static func text(_ hint: FolderWatch.Hint) -> String {
        let name = String(decoding: hint.name, as: UTF8.self)
        switch hint.kind {
        case .made: return "made " + name
        case .written: return "written " + name
        case .changed: return "changed " + name
        case .closed: return "closed " + name
        case .movedIn(let from): return "moved \(from.map { String(decoding: $0, as: UTF8.self) } ?? "-") " + name
        case .gone: return "gone " + name
        }
    }

    @Test("making, writing, closing, changing and removing are told in order")
    func writes() async throws {
        let watch = try watch()
        let file = open(folder("in/a"), O_WRONLY | O_CREAT, 0o600)
        #expect(write(file, "x", 1) == 1)
        close(file)
        chmod(folder("in/a"), 0o640)
        unlink(folder("in/a"))
        #expect(try await hints(watch) == ["made a", "written a", "closed a", "changed a", "gone a"])
    }

    @Test("moves are told: in, out, and within with the old name")
    func moves() async throws {
        try folder.write("x".utf8, to: "out/a")
        let watch = try watch()
        #expect(rename(folder("out/a"), folder("in/a")) == 0)
        #expect(rename(folder("in/a"), folder("in/b")) == 0)
        #expect(rename(folder("in/b"), folder("out/b")) == 0)
        #expect(try await hints(watch) == ["moved - a", "gone a", "moved a b", "gone b"])
    }

    @Test("names need not be text")
    func names() async throws {
        let watch = try watch()
        #expect(mkdir(folder("in/") + "\u{0A}", 0o700) == 0)
        var path = ContiguousArray(folder("in/").utf8CString.dropLast())
        path += [CChar(bitPattern: 0xFF), 0]
        #expect(path.withUnsafeBufferPointer { $0.baseAddress.map { mkdir($0, 0o700) } } == 0)
        var found: Set<[UInt8]> = []
        for await _ in watch.wakeups {
            found.formUnion(watch.take().hints.map(\.name))
            if found.count == 2 { break }
        }
        #expect(found == [[0x0A], [0xFF]])
    }

    @Test("more hints than are kept are not lost in silence")
    func overflow() async throws {
        let watch = try watch(bound: 10)
        for number in 0..<25 { #expect(mkdir(folder("in/\(number)"), 0o700) == 0) }
        var seen: Set<[UInt8]> = []
        var overflowed = false
        // Taken as they come or all at once: what is missing is announced.
        for await _ in watch.wakeups {
            let taken = watch.take()
            #expect(taken.hints.count <= 10)
            overflowed = overflowed || taken.overflowed
            seen.formUnion(taken.hints.map(\.name))
            if seen.contains(Array("24".utf8)) { break }
        }
        #expect(overflowed || seen.count == 25)
    }

    @Test("a loss is told once")
    func lossOnce() async throws {
        // Room for nothing: what is kept is never all there was.
        let watch = try watch(bound: 0)
        #expect(mkdir(folder("in/a"), 0o700) == 0)
        for await _ in watch.wakeups { break }
        #expect(watch.take().overflowed)
        #expect(!watch.take().overflowed)
    }

    @Test("the folder's own end is told, even while somebody has it open", arguments: ["removed", "moved", "replaced"])
    func end(how: String) async throws {
        let watch = try watch()
        let open = try Folder(folder("in"))
        switch how {
        case "removed": #expect(rmdir(folder("in")) == 0)
        case "moved": #expect(rename(folder("in"), folder("elsewhere")) == 0)
        default:
            #expect(rmdir(folder("out")) == 0)
            #expect(mkdir(folder("out"), 0o700) == 0)
            #expect(rename(folder("out"), folder("in")) == 0)
        }
        for await _ in watch.wakeups where watch.take().folderChanged { break }
        #expect(how == "replaced" || !open.isInPlace)
        #expect(!open.isInPlace)
    }

    @Test("what happens to its neighbours is nobody's business")
    func neighbours() async throws {
        let watch = try watch()
        #expect(rmdir(folder("out")) == 0)
        #expect(mkdir(folder("in2"), 0o700) == 0)
        #expect(try await hints(watch).isEmpty)
    }

    @Test("an absent folder, and a file, are refused")
    func refused() throws {
        try folder.write("x".utf8, to: "file")
        for name in ["absent", "file"] {
            #expect(throws: SystemError.self) { try FolderWatch(folder(name)) }
        }
    }
}
