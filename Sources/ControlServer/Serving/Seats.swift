/// How many connections there are, and whose. Pure.
///
/// Ordinary users together leave some free, so that an administrator gets in whatever they do.
struct Seats {
    private let limits: ControlServer.Limits
    private var taken: [UInt32: Int] = [:]
    private var total = 0
    private var ordinary = 0

    init(_ limits: ControlServer.Limits) {
        self.limits = limits
    }

    /// - Returns: false where there is no room for one more of this caller.
    mutating func take(_ caller: Caller) -> Bool {
        guard total < limits.connections, taken[caller.uid, default: 0] < limits.connectionsPerUser,
            caller.isAdministrator || ordinary < limits.connections - limits.reserved
        else { return false }
        taken[caller.uid, default: 0] += 1
        total += 1
        if !caller.isAdministrator { ordinary += 1 }
        return true
    }

    mutating func leave(_ caller: Caller) {
        taken[caller.uid, default: 1] -= 1
        if taken[caller.uid] == 0 { taken[caller.uid] = nil }
        total -= 1
        if !caller.isAdministrator { ordinary -= 1 }
    }
}
