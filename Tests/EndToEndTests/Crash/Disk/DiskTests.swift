import TestSupport
import Testing

/// What a power cut leaves, told of small logs whose every outcome is known.
@Suite("A disk after a power cut")
struct DiskTests {
    private static let root = (inode: UInt64(1), isFolder: true)
    private static let old = [UInt8](repeating: 0x6F, count: 8192)
    private static let new = [UInt8](repeating: 0x6E, count: 8192)

    /// A file whose name and content are synced, changed since; and another one renamed since it was made.
    private static let log = DiskLog([
        .makeFolder(path: "a", inode: 2), .sync(inode: 1), .create(path: "a/f", inode: 3),
        .write(inode: 3, offset: 0, bytes: old), .sync(inode: 3), .sync(inode: 2),
        .write(inode: 3, offset: 0, bytes: new), .create(path: "a/g", inode: 4),
        .write(inode: 4, offset: 0, bytes: new), .rename(from: "a/g", to: "a/h"),
    ])

    /// Names and contents after a cut.
    private func files(
        _ log: DiskLog, after cut: Int? = nil, _ loss: Disk.Loss, seed: UInt64 = 0
    ) -> [String: [UInt8]] {
        var generator = SeededGenerator(seed: seed)
        let disk = Disk(["": Self.root], log, cut: cut ?? log.records.count)
        return disk.names(loss, &generator).filter { !$0.value.isFolder }
            .mapValues { disk.content(of: $0, loss, &generator) }
    }

    @Test("What was synced is there, whatever else is lost", arguments: Disk.Loss.allCases)
    func synced(_ loss: Disk.Loss) {
        #expect(files(Self.log, after: 6, loss) == ["a/f": Self.old])
    }

    @Test("What was not synced is there or not, as is asked")
    func unsynced() {
        #expect(files(Self.log, .all) == ["a/f": Self.old])
        #expect(files(Self.log, .bytes) == ["a/f": Self.old, "a/h": []])
        #expect(files(Self.log, .nothing) == ["a/f": Self.new, "a/h": Self.new])
        #expect(Set(files(Self.log, .names).keys) == ["a/f"])
    }

    @Test("Names come in their order, bytes in sectors: some, all or none")
    func torn() {
        var names: Set<Set<String>> = []
        var isTorn = false
        for seed in 0..<200 as Range<UInt64> {
            let files = files(Self.log, .some, seed: seed)
            names.insert(Set(files.keys))
            let content = files["a/f"] ?? []
            for start in stride(from: 0, to: 8192, by: 512) {
                #expect(Set(content[start..<start + 512]).count == 1, "a sector is written whole")
            }
            isTorn = isTorn || Set(content).count == 2
        }
        #expect(names == [["a/f"], ["a/f", "a/g"], ["a/f", "a/h"]])
        #expect(isTorn)
    }

    @Test("In a folder whose name was not synced, all is lost")
    func folder() {
        let log = DiskLog([
            .makeFolder(path: "a", inode: 2), .create(path: "a/f", inode: 3),
            .write(inode: 3, offset: 0, bytes: Self.old), .sync(inode: 3), .sync(inode: 2),
        ])
        #expect(files(log, .all) == [:])
        #expect(files(log, .nothing) == ["a/f": Self.old])
        #expect(files(DiskLog(log.records + [.syncAll]), .all) == ["a/f": Self.old])
    }

    @Test("What is removed is gone once its folder is synced, and what moves takes along what is in it")
    func moved() {
        let made = Array(Self.log.records.prefix(6))
        let moved = made + [.rename(from: "a", to: "b"), .unlink(path: "b/f")]
        #expect(files(DiskLog(moved), .all) == ["a/f": Self.old])
        #expect(files(DiskLog(Array(moved.dropLast())), .nothing) == ["b/f": Self.old])
        #expect(files(DiskLog(moved), .nothing) == [:])
        #expect(files(DiskLog(made + [.unlink(path: "a/f"), .sync(inode: 2)]), .all) == [:])
    }

    @Test("A log is read as it was written, and one that is cut short is refused")
    func reading() throws {
        func number(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }
        let path = Array("/x/a/f".utf8)
        let bytes = [2, 7, 512, 0, 3].flatMap(number) + [1, 2, 3] + [1, 7, 0o600, 6, 0].flatMap(number) + path
        #expect(
            try DiskLog(bytes, below: "/x").records
                == [.write(inode: 7, offset: 512, bytes: [1, 2, 3]), .create(path: "a/f", inode: 7)])
        #expect(throws: DiskLog.Damage.self) { try DiskLog(Array(bytes.dropLast()), below: "/x") }
    }
}
