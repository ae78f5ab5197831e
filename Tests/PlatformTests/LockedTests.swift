import Platform
import Testing

@Suite("Locked")
struct LockedTests {
    @Test("changes from many tasks at once are all there")
    func counts() async {
        let total = Locked(0)
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<5_000 { total.withLock { $0 += 1 } }
                }
            }
        }
        #expect(total.current == 40_000)
    }

    @Test("what the body throws comes out, and the lock is free again")
    func throwing() {
        struct Refusal: Error {}
        let value = Locked(1)
        #expect(throws: Refusal.self) {
            try value.withLock { (value: inout Int) throws(Refusal) in
                value = 2
                throw Refusal()
            }
        }
        #expect(value.current == 2)
    }
}
