import Testing

@testable import Intake

@Suite("The line of names that wait to be read")
struct WaitingLineTests {
    private final class Subject {
        var line = WaitingLine()

        func take(_ count: Int) -> [String] {
            (0..<count).compactMap { _ in line.next().map { String(decoding: $0.name, as: UTF8.self) } }
        }
    }

    private let it = Subject()

    private func add(_ name: String, of owner: UInt32) {
        it.line.append(Array(name.utf8), of: owner, wasMovedIn: false)
    }

    @Test("owners take turns, each in the order they came")
    func turns() {
        for number in 1...5 { add("a\(number)", of: 1) }
        for number in 1...2 { add("b\(number)", of: 2) }
        #expect(it.take(3) == ["a1", "b1", "a2"])
        add("c1", of: 3)
        #expect(it.take(9) == ["b2", "a3", "c1", "a4", "a5"])
        #expect(it.line.isEmpty)
        add("a6", of: 1)
        #expect(it.take(2) == ["a6"])
    }

    @Test("a name is in the line once, and not at all once it is removed")
    func once() {
        add("x", of: 1)
        add("x", of: 2)
        add("y", of: 1)
        add("z", of: 2)
        it.line.remove(Array("y".utf8))
        #expect(it.take(5) == ["x", "z"])
        add("y", of: 1)
        it.line.remove(Array("y".utf8))
        #expect(it.line.isEmpty && it.take(1).isEmpty)
        add("y", of: 1)
        #expect(it.take(5) == ["y"])
    }
}
