import Platform
import Testing

@Suite("One at a time", .timeLimit(.minutes(1)))
struct TurnstileTests {
    private struct Torn: Error {}

    @Test("Nobody passes while somebody does, and one who fails lets the next one through")
    func one() async {
        let turnstile = Turnstile()
        let inside = Locked(0)
        let most = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try? await turnstile.pass { () throws(Torn) in
                        let count = inside.withLock {
                            $0 += 1
                            return $0
                        }
                        most.withLock { $0 = max($0, count) }
                        await Task.yield()
                        inside.withLock { $0 -= 1 }
                        if number % 3 == 0 { throw Torn() }
                    }
                }
            }
        }
        #expect(most.current == 1 && inside.current == 0)
    }
}
