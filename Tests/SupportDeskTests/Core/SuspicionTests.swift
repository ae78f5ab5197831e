import SupportDesk
import Testing

@Suite("Whose fault it is")
struct SuspicionTests {
    private let one = Reference(number: 1)
    private let other = Reference(number: 2)
    private let third = Reference(number: 3)

    @Test("A first fault is the channel's, a second one before anything got through perhaps")
    func firstAndSecond() {
        var suspicion = Suspicion()
        #expect(suspicion.meets(one) == .channel)
        #expect(suspicion.meets(one) == .channelPerhaps)
        #expect(suspicion.meets(other) == .channel)
        #expect(suspicion.meets(one) == .channelPerhaps)
    }

    @Test("However often one meets a fault, it is the channel's while no other gets through")
    func noProof() {
        var suspicion = Suspicion()
        for _ in 0..<20 { #expect(suspicion.meets(one) != .submission) }
        #expect(
            suspicion
                == {
                    var same = Suspicion(); _ = same.meets(one); return same
                }())
    }

    @Test("What others get through beside three times is its own, until it gets through itself")
    func proof() {
        var suspicion = Suspicion()
        #expect(suspicion.meets(one) == .channel)
        for _ in 0..<2 {
            suspicion.getsThrough(other)
            #expect(suspicion.meets(one) == .channelPerhaps)
        }
        suspicion.getsThrough(other)
        for _ in 0..<3 { #expect(suspicion.meets(one) == .submission) }
        #expect(suspicion.meets(other) == .channel)
        suspicion.getsThrough(one)
        #expect(suspicion.meets(one) == .channel)
    }

    @Test("Many that get through after one fault prove no more than one of them")
    func onceForEach() {
        var suspicion = Suspicion()
        _ = suspicion.meets(one)
        for _ in 0..<20 { suspicion.getsThrough(other) }
        #expect(suspicion.meets(one) == .channelPerhaps)
    }

    @Test("What gets through itself has nothing against it, and leaves nothing behind")
    func itself() {
        var suspicion = Suspicion()
        for _ in 0..<20 {
            #expect(suspicion.meets(one) == .channel)
            suspicion.getsThrough(one)
        }
        #expect(suspicion == Suspicion())
    }

    @Test("When all meet a fault at once and all get through after it, none is suspected for long")
    func outage() {
        var suspicion = Suspicion()
        for _ in 0..<10 {
            for reference in [one, other, third] { #expect(suspicion.meets(reference) == .channel) }
            for reference in [one, other, third] { suspicion.getsThrough(reference) }
        }
        #expect(suspicion == Suspicion())
    }
}
