import SupportDesk
import Testing

@Suite("How many connections are used")
struct CrowdTests {
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    @Test("after a complaint as many as evidently work; when a minute has gone, one more for each round that is taken")
    func backsOff() {
        var crowd = Crowd(most: 10)
        #expect(crowd.limit == 10)
        crowd.pushedBack(at: now, others: 3)
        #expect(crowd.limit == 3)
        let within = (1...100).filter { _ in crowd.accepted(at: now + .seconds(59)) }
        #expect(within.isEmpty)
        let later = (60...64).map { crowd.accepted(at: now + .seconds($0)) }
        #expect(later == [true, false, false, false, true])
        #expect(crowd.limit == 5)
    }

    @Test("a complaint always makes it fewer, and never none; there are never more than configured")
    func bounds() {
        var crowd = Crowd(most: 4)
        for limit in [3, 2, 1, 1] {
            crowd.pushedBack(at: now, others: 9)
            #expect(crowd.limit == limit)
        }
        crowd.pushedBack(at: now, others: 0)
        #expect(crowd.limit == 1)
        for _ in 0..<100 { _ = crowd.accepted(at: now + .seconds(60)) }
        #expect(crowd.limit == 4)
    }

    @Test("a clock that is set back holds nothing for longer than was meant")
    func clock() {
        var crowd = Crowd(most: 4)
        crowd.pushedBack(at: now, others: 1)
        let isOver = crowd.accepted(at: now - .seconds(86_400))
        #expect(isOver && crowd.limit == 2)
    }

    @Test("another configured number holds at once, and what the peer said still holds")
    func configured() {
        var crowd = Crowd(most: 4)
        crowd.allow(8)
        #expect(crowd.limit == 8)
        crowd.allow(3)
        #expect(crowd.limit == 3)
        crowd.pushedBack(at: now, others: 1)
        crowd.allow(9)
        #expect(crowd.limit == 1)
    }
}
