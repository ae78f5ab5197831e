import Foundation
import SupportDesk
import TestSupport
import Testing

@Suite("References")
struct ReferenceTests {
    static let instant = Timestamp(milliseconds: 1_795_440_600_000)

    @Test("they read as the contract shows them")
    func text() {
        #expect(Reference(number: 0).description == "ASD-0000-0000-0000")
        #expect(Reference(number: 1 << 60 - 1).description == "ASD-ZZZZ-ZZZZ-ZZZZ")
        #expect(Reference(number: .max) == Reference(number: 1 << 60 - 1))
        #expect(Reference("ASD-4F7K-9M2T-X8QB")?.description == "ASD-4F7K-9M2T-X8QB")
    }

    @Test(
        "they are read as people type them",
        arguments: [
            "asd-4f7k-9m2t-x8qb", "4F7K9M2TX8QB", "ASD4F7K9M2TX8QB", " asd 4f7k 9m2t x8qb ", "ASD.4F7K.9M2T.X8QB",
            "asd_4F7K-9M2TX8QB",
        ])
    func typed(text: String) {
        #expect(Reference(text)?.description == "ASD-4F7K-9M2T-X8QB")
    }

    @Test("letters that look like digits are digits")
    func confusable() {
        #expect(Reference("ASD-OIL0-0000-0000") == Reference("ASD-0110-0000-0000"))
    }

    @Test(
        "what is none is refused",
        arguments: ["", "ASD", "ASD-4F7K-9M2T-X8Q", "ASD-4F7K-9M2T-X8QBX", "ASD-4F7U-9M2T-X8QB", "é"])
    func refused(text: String) {
        #expect(Reference(text) == nil)
    }

    @Test("random ones survive text and JSON", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let (one, other) = (Reference(number: random.next()), Reference(number: random.next()))
        #expect(Reference(one.description) == one)
        #expect((one < other) == (one.description < other.description))
        #expect(try JSONDecoder().decode([Reference].self, from: JSONEncoder().encode([one])) == [one])
    }

    @Test("an instant they cannot hold is the nearest they can")
    func clamped() {
        let last = Reference(number: 1 << 60 - 1)
        let lastInstant = Timestamp(milliseconds: 1_577_836_800_000 + 1 << 41 - 1)
        #expect(Reference(at: lastInstant, tie: .max) == last)
        for milliseconds: Int64 in [lastInstant.milliseconds + 1, 253_402_300_799_999, .max] {
            #expect(Reference(at: Timestamp(milliseconds: milliseconds), tie: .max) == last)
        }
        for milliseconds: Int64 in [1_577_836_799_999, 0, .min] {
            #expect(Reference(at: Timestamp(milliseconds: milliseconds), tie: 7).number == 7)
        }
    }

    @Test("later ones sort behind, whatever their tie")
    func order() {
        let early = Reference(at: Self.instant, tie: .max)
        let late = Reference(at: Self.instant + .milliseconds(1), tie: 0)
        #expect(early < late)
        #expect(early.description < late.description)
        #expect(Reference(at: Timestamp(milliseconds: 0), tie: 0) == Reference(number: 0))
    }

    @Test("a sequence rises strictly, within a millisecond and when the clock steps back")
    func sequence() {
        var sequence = ReferenceSequence()
        var random = SeededGenerator(seed: 1)
        var last = sequence.next(at: Self.instant, seed: random.next())
        for step in 0..<20_000 {
            let shift = Duration.milliseconds(step % 7 == 0 ? -5000 : step / 3000)
            let next = sequence.next(at: Self.instant + shift, seed: random.next())
            #expect(next > last)
            last = next
        }
    }

    @Test("a seed leaves a quarter of the millisecond free")
    func seeds() {
        var random = SeededGenerator(seed: 2)
        let free = Reference(at: Self.instant + .milliseconds(1), tie: 0).number - (1 << 17)
        for _ in 0..<1000 {
            var sequence = ReferenceSequence()
            #expect(sequence.next(at: Self.instant, seed: random.next()).number < free)
        }
    }
}
