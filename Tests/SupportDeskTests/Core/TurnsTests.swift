import SupportDesk
import Testing

@Suite("Whose turn it is to be sent")
struct TurnsTests {
    /// Who has what ready, and the turns taken so far.
    private final class Queue {
        var turns = Turns()
        var ready: [Int64: Set<String>] = [:]

        func next() -> Turns.Share? {
            turns.next { above in
                self.ready.keys.filter { $0 > above ?? .min }.min()
            } license: { user, above in
                self.ready[user, default: []].filter { license in above.map { license > $0 } ?? true }.min()
            }
        }

        /// The shares of the next turns; the places of the most urgent are left out.
        func round(_ places: Int) -> [String] {
            (0..<places).compactMap { _ in next() }.map { "\($0.user)\($0.license)" }
        }
    }

    private let queue = Queue()

    @Test("every other place is the most urgent's, the others go round users and their licenses")
    func round() {
        queue.ready = [1: ["a", "b"], 2: ["c"], 7: ["", "d"]]
        #expect(queue.next() == nil)
        #expect(queue.next() == Turns.Share(user: 1, license: "a"))
        #expect(queue.next() == nil)
        #expect(queue.round(15) == ["2c", "7", "1b", "2c", "7d", "1a", "2c", "7"])
    }

    @Test("who comes, goes or is alone never stops the round")
    func changing() {
        #expect(queue.round(4) == [], "nobody has anything")
        queue.ready = [3: ["a"], 5: ["a"], 9: ["a"]]
        #expect(queue.round(4) == ["3a", "5a"])
        #expect(queue.round(4) == ["9a", "3a"])
        queue.ready[5] = nil
        #expect(queue.round(4) == ["9a", "3a"])
    }

    @Test("while a user is alone urgency decides nearly all, yet no license is forgotten")
    func alone() {
        queue.ready = [5: ["a", "b"]]
        #expect(queue.round(15) == [])
        #expect(queue.round(1) == ["5a"])
        #expect(queue.round(16) == ["5b"])
        queue.ready[7] = ["c"]
        #expect(queue.round(4) == ["7c", "5a"], "a second one ends that")
    }
}
