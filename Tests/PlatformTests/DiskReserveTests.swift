import Platform
import SupportDesk
import TestSupport
import Testing

@Suite("The reserve on the disk")
struct DiskReserveTests {
    private let reserve = DiskReserve(bytes: 1000, largest: 100)

    private func allowance(_ rooms: FileSystemRoom..., underWay: Int = 0, wasShort: Bool = false) -> Int? {
        try? reserve.allowance(
            in: rooms.enumerated().map { ("/disk\($0)", $1) }, underWay: underWay, wasShort: wasShort)
    }

    private func room(_ bytes: UInt64, files: UInt64? = nil) -> FileSystemRoom {
        FileSystemRoom(bytes: bytes, files: files)
    }

    @Test("the largest report, as much as it may grow, leaves the reserve")
    func bound() {
        #expect(reserve.needed == 1300)
        #expect(allowance(room(1299)) == nil)
        #expect(allowance(room(1300)) == 0)
        #expect(allowance(room(1600)) == 100)
    }

    @Test("the fullest of all disks decides, and is named")
    func fullest() {
        #expect(allowance(room(1900), room(1600)) == 100)
        let shortage = #expect(throws: DiskReserve.Shortage.self) {
            try reserve.allowance(in: [("/spool", room(5000)), ("/journal", room(10))])
        }
        #expect(shortage?.explanation.english.hasPrefix("/journal: only 0 MB left, 1 are needed") == true)
        #expect(shortage?.explanation.french.hasPrefix("/journal : il ne reste que 0 Mo, il en faut 1 ") == true)
    }

    @Test("what others are taking in at the same moment is reckoned with")
    func underWay() {
        #expect(allowance(room(1900), underWay: 100) == 100)
        #expect(allowance(room(1600), underWay: 101) == nil)
    }

    @Test("once it was too little, a little more than enough is wanted")
    func hysteresis() {
        #expect(allowance(room(1399), wasShort: true) == nil)
        #expect(allowance(room(1400), wasShort: true) == 33)
        #expect(allowance(room(9000, files: 1099), wasShort: true) == nil)
        #expect(allowance(room(9000, files: 1099)) != nil)
    }

    @Test("a reserve of nothing asks nobody, and a disk that cannot be asked stops nobody")
    func off() throws {
        #expect(try DiskReserve(bytes: 0, largest: 100).allowance(in: [("/", room(0, files: 0))]) == .max)
        #expect(try reserve.allowance(in: []) == .max)
        #expect(FileSystemRoom(of: "/nonexistent") == nil)
        #expect(try #require(FileSystemRoom(of: "/tmp")).bytes > 0)
    }
}
