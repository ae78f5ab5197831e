import Foundation
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing

@Suite("A file an administrator keeps")
struct LiveFileTests {
    private let folder: TemporaryFolder
    private let time: ManualTime
    private let register: LiveFile<Register>

    init() throws {
        folder = try TemporaryFolder()
        // Files have the machine's times; this clock begins there and moves by hand.
        time = ManualTime(WallClock.system.now)
        register = LiveFile(path: folder("register.csv"), clock: time.clock, parse: { try Register.parse($0) })
    }

    private func write(_ licenses: String..., to name: String = "register.csv") throws {
        try folder.write(("licence\n" + licenses.map { $0 + "\n" }.joined()).utf8, to: name)
    }

    private func licenses() -> [String]? { register.current().value?.entries.map(\.license) }

    private func settle() { time.advance(by: LiveFile<Register>.settle * 2) }

    @Test("what the first look finds is taken, and looked at again once it kept still")
    func first() throws {
        try write("1111")
        #expect(licenses() == ["1111"])
        try write("1111", "2222")
        #expect(licenses() == ["1111"], "it may be half written")
        settle()
        #expect(licenses() == ["1111", "2222"])
    }

    @Test("a copy under way is never taken, however often it is looked at")
    func copying() throws {
        try write("1111")
        settle()
        #expect(licenses() == ["1111"])
        for count in 2...6 {
            try folder.write(
                (["licence"] + (1...count).map { "\($0)000" }).joined(separator: "\n").utf8, to: "register.csv")
            // The file's own clock stands still: as on a share whose clock is ahead.
            try setModified(Double(count))
            #expect(licenses() == ["1111"])
            time.advance(by: LiveFile<Register>.settle - .milliseconds(1))
        }
        time.advance(by: .milliseconds(1))
        #expect(licenses()?.count == 6)
    }

    @Test("a clock that is set back a day puts nothing off for as long")
    func setBack() throws {
        try write("1111")
        #expect(licenses() == ["1111"])
        try write("2222")
        #expect(licenses() == ["1111"])
        time.advance(by: .seconds(-86_400))
        #expect(licenses() == ["1111"])
        settle()
        #expect(licenses() == ["2222"])
    }

    private func setModified(_ hoursAhead: Double) throws {
        let date = Date(timeIntervalSince1970: Double(time.now.milliseconds) / 1000 + hoursAhead * 3600)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder("register.csv"))
    }

    @Test("what kept still long enough before anybody looked is taken at the first look")
    func quiet() throws {
        try write("1111")
        settle()
        #expect(licenses() == ["1111"])
        try write("2222")
        settle()
        #expect(licenses() == ["2222"])
    }

    @Test("a broken one is refused, the old one stays, and the fault goes with its cause")
    func broken() throws {
        try write("1111")
        #expect(licenses() == ["1111"])
        try folder.write("licence\n\"offen".utf8, to: "register.csv")
        #expect(register.current().fault == nil)
        settle()
        let reading = register.current()
        #expect(reading.value?.entries.map(\.license) == ["1111"])
        #expect(reading.fault?.english.contains("line 2") == true)
        try write("2222")
        settle()
        #expect(licenses() == ["2222"])
        #expect(register.current().fault == nil)
    }

    @Test("one that is gone stays in use, with a word about it, and its return ends that")
    func gone() throws {
        #expect(register.current().value == nil)
        #expect(register.current().fault != nil)
        try write("1111")
        settle()
        #expect(licenses() == ["1111"])
        #expect(register.current().fault == nil)
        try FileManager.default.removeItem(atPath: folder("register.csv"))
        #expect(licenses() == ["1111"])
        #expect(register.current().fault != nil)
        try write("1111")
        settle()
        #expect(register.current().fault == nil)
    }

    @Test("a link is followed, also to another file")
    func link() throws {
        try write("1111", to: "one.csv")
        try write("2222", to: "two.csv")
        try FileManager.default.createSymbolicLink(atPath: folder("register.csv"), withDestinationPath: "one.csv")
        settle()
        #expect(licenses() == ["1111"])
        try FileManager.default.removeItem(atPath: folder("register.csv"))
        try FileManager.default.createSymbolicLink(atPath: folder("register.csv"), withDestinationPath: "two.csv")
        #expect(licenses() == ["2222"])
    }

    @Test("a pipe in its place is a fault and no trap")
    func pipe() {
        #expect(mkfifo(folder("register.csv"), 0o600) == 0)
        #expect(register.current().fault != nil)
    }

    @Test("callers at the same time all get one")
    func crowd() async throws {
        try write("1111")
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { register.current().value != nil } }
            for await found in group { #expect(found) }
        }
    }
}
