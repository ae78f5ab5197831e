import Platform
import Testing

@testable import Intake

@Suite("When a file in the drop zone is complete")
struct CompletenessTests {
    /// `#expect` cannot call what mutates a struct.
    private final class Subject {
        var completeness = Completeness(settle: .seconds(2))

        func looked(_ name: [UInt8], _ info: FileInfo, at now: Duration) -> Bool {
            completeness.looked(name, info, at: now)
        }

        func due(at now: Duration) -> [[UInt8]] { completeness.due(at: now) }

        func lacks(_ name: [UInt8], at now: Duration) -> Bool { completeness.lacks(name, at: now) }
    }

    private let it = Subject()
    private let name = Array("panne.txt".utf8)

    private func info(
        size: Int = 10, modified: Int64 = 1, kind: FileInfo.Kind = .regular, links: UInt64 = 1
    ) -> FileInfo {
        FileInfo(
            kind: kind, device: 1, inode: 1, links: links, size: size, modified: modified, changed: modified, owner: 0,
            mode: 0o644)
    }

    @Test("what its writer closed is complete once it has lain still")
    func closed() {
        it.completeness.touched(name, by: .made, at: .seconds(0))
        it.completeness.touched(name, by: .writing, at: .seconds(0))
        #expect(it.due(at: .seconds(100)).isEmpty, "nobody looks while it is being written")
        it.completeness.closed(name, at: .seconds(100))
        #expect(it.due(at: .seconds(101)).isEmpty)
        #expect(it.completeness.nextLook == .seconds(102))
        #expect(it.due(at: .seconds(102)) == [name])
        #expect(it.looked(name, info(), at: .seconds(102)))
    }

    @Test("what changes between two looks waits anew, even where no hint tells of it")
    func changing() {
        it.completeness.found(name, hasLainStill: false, at: .seconds(0))
        #expect(!it.looked(name, info(size: 10), at: .seconds(1)))
        #expect(!it.looked(name, info(size: 20, modified: 2), at: .seconds(2)))
        #expect(!it.looked(name, info(size: 20, modified: 2), at: .seconds(3)))
        #expect(it.looked(name, info(size: 20, modified: 2), at: .seconds(4)))
    }

    @Test("a file made empty by somebody who still has it open is left alone")
    func madeAndOpen() {
        it.completeness.touched(name, by: .made, at: .seconds(0))
        #expect(!it.looked(name, info(size: 0), at: .seconds(60)))
    }

    @Test("a link made to a complete file has no writer that could close it")
    func linked() {
        it.completeness.touched(name, by: .made, at: .seconds(0))
        #expect(it.looked(name, info(size: 10, links: 2), at: .seconds(2)))
    }

    @Test("what lay still long before the start is taken at once")
    func old() {
        it.completeness.found(name, hasLainStill: true, at: .seconds(0))
        #expect(it.due(at: .seconds(0)) == [name])
        #expect(it.looked(name, info(), at: .seconds(0)))
    }

    @Test("lost hints: lying still has to do")
    func overflow() {
        it.completeness.touched(name, by: .writing, at: .seconds(0))
        it.completeness.forgetWriters()
        #expect(it.due(at: .seconds(2)) == [name])
        #expect(it.looked(name, info(), at: .seconds(2)))
    }

    @Test("patience with what lacks something ends after five times the settling")
    func patience() {
        #expect(it.lacks(name, at: .seconds(0)))
        #expect(it.lacks(name, at: .seconds(9)))
        #expect(!it.lacks(name, at: .seconds(10)))
    }

    @Test("what is complete is looked at again only when reading it or a hint says so")
    func inLine() {
        it.completeness.found(name, hasLainStill: true, at: .seconds(0))
        #expect(it.due(at: .seconds(0)) == [name])
        #expect(it.looked(name, info(), at: .seconds(0)))
        #expect(it.due(at: .seconds(1000)).isEmpty && it.completeness.nextLook == nil)
        #expect(it.lacks(name, at: .seconds(1000)))
        #expect(it.due(at: .seconds(1002)) == [name])
        #expect(it.looked(name, info(), at: .seconds(1002)))
        it.completeness.closed(name, at: .seconds(1003))
        #expect(it.due(at: .seconds(1005)) == [name])
    }

    @Test("what was complete and not dealt with is looked at again when the folder is opened anew")
    func anew() {
        it.completeness.found(name, hasLainStill: true, at: .seconds(0))
        #expect(it.due(at: .seconds(0)) == [name])
        #expect(it.looked(name, info(), at: .seconds(0)))
        it.completeness.lookAgain()
        #expect(it.completeness.nextLook == .zero)
        #expect(it.due(at: .seconds(1)) == [name])
        #expect(it.looked(name, info(), at: .seconds(1)))
    }

    @Test("looks that are due almost together are made together, and none is forgotten")
    func together() {
        let names = (0..<100).map { Array("\($0).txt".utf8) }
        for (index, name) in names.enumerated() { it.completeness.closed(name, at: .milliseconds(index * 10)) }
        #expect(it.completeness.nextLook == .seconds(2))
        #expect(it.due(at: .milliseconds(2000)).count == 1)
        #expect(it.completeness.nextLook == .milliseconds(2250))
        #expect(it.due(at: .milliseconds(2249)).isEmpty)
        #expect(Set(it.due(at: .milliseconds(2990))) == Set(names))
    }

    @Test("writing again restores patience")
    func patienceRestored() {
        #expect(it.lacks(name, at: .seconds(0)))
        it.completeness.closed(name, at: .seconds(9))
        #expect(it.lacks(name, at: .seconds(11)))
    }
}
