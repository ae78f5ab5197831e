/// How many bytes of requests and answers are held at a time, and whose. Pure.
///
/// Sized by the largest body there may be: two of one user's, four of all users together, and one more of administrators.
/// What is made of a body while it is worked on comes to about four times as much.
struct MemoryBudget {
    private let perUser: Int
    private let ofAll: Int
    private let reserve: Int
    private var held: [UInt32: Int] = [:]
    private var total = 0

    init(largestBody: Int) {
        perUser = 2 * largestBody
        // However large a report may be, memory is not.
        ofAll = max(perUser, min(4 * largestBody, 128_000_000))
        reserve = largestBody
    }

    /// - Returns: false where that is more than there is, and then nothing is taken.
    mutating func take(_ bytes: Int, for caller: Caller) -> Bool {
        let own = held[caller.uid, default: 0]
        guard own + bytes <= perUser, total + bytes <= ofAll + (caller.isAdministrator ? reserve : 0) else {
            return false
        }
        held[caller.uid] = own + bytes
        total += bytes
        return true
    }

    mutating func giveBack(_ bytes: Int, of caller: Caller) {
        total -= bytes
        let rest = held[caller.uid, default: 0] - bytes
        held[caller.uid] = rest > 0 ? rest : nil
    }
}
