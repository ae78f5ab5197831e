import Testing

@testable import ControlServer

@Suite("Who gets in at the control socket, and what may be held for them")
struct SeatsTests {
    /// `#expect` cannot call what mutates a struct.
    private final class Room {
        var seats: Seats
        var memory = MemoryBudget(largestBody: 100)

        init() {
            var limits = ControlServer.Limits()
            (limits.connections, limits.connectionsPerUser, limits.reserved) = (8, 4, 3)
            seats = Seats(limits)
        }

        func sit(_ uid: UInt32, admin: Bool = false) -> Bool {
            seats.take(Caller(uid: uid, isAdministrator: admin))
        }

        func hold(_ bytes: Int, _ uid: UInt32, admin: Bool = false) -> Bool {
            memory.take(bytes, for: Caller(uid: uid, isAdministrator: admin))
        }
    }

    private let room = Room()

    @Test("one user has so many seats, ordinary users together leave some free, administrators take those too")
    func seats() {
        for _ in 1...4 { #expect(room.sit(7)) }
        #expect(!room.sit(7), "one user's are taken")
        #expect(room.sit(8))
        #expect(!room.sit(9), "the rest is not for ordinary users")
        for _ in 1...3 { #expect(room.sit(0, admin: true)) }
        #expect(!room.sit(1, admin: true), "there are no more")
        room.seats.leave(Caller(uid: 0, isAdministrator: true))
        #expect(!room.sit(9))
        room.seats.leave(Caller(uid: 7, isAdministrator: false))
        #expect(room.sit(9) && room.sit(1, admin: true) && !room.sit(1, admin: true))
    }

    @Test("one user's bytes, all users' bytes, and the rest for administrators")
    func memory() {
        #expect(room.hold(150, 7) && room.hold(50, 7))
        #expect(!room.hold(1, 7))
        #expect(room.hold(200, 8))
        #expect(!room.hold(1, 9) && room.hold(0, 9))
        #expect(room.hold(100, 0, admin: true) && !room.hold(1, 0, admin: true))
        room.memory.giveBack(60, of: Caller(uid: 7, isAdministrator: false))
        #expect(!room.hold(1, 9), "what administrators took counts too")
        room.memory.giveBack(100, of: Caller(uid: 0, isAdministrator: true))
        #expect(room.hold(60, 7) && !room.hold(1, 9))
    }

    @Test("however large one report may be, all together stay within bounds, and one always fits")
    func large() {
        room.memory = MemoryBudget(largestBody: 50_000_000)
        #expect(room.hold(100_000_000, 7) && room.hold(28_000_000, 8) && !room.hold(1, 9))
        room.memory = MemoryBudget(largestBody: 1_000_000_000)
        #expect(room.hold(1_000_000_000, 7))
    }
}
