import Platform

/// Asks the machine's user database on a thread of its own: it may be far away, and answer slowly or not at all.
actor Accounts {
    private let executor = BlockingExecutor(label: "assistd.accounts")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let adminGroup: String

    init(adminGroup: String) {
        self.adminGroup = adminGroup
    }

    /// Who has this number. For root and the service itself nobody needs to be asked.
    nonisolated func caller(_ uid: UInt32) async -> Caller {
        if uid == 0 || uid == Users.own { return Caller(uid: uid, isAdministrator: true) }
        return Caller(uid: uid, isAdministrator: await isMember(uid))
    }

    func name(of caller: Caller) -> String { Users.name(of: caller.uid) }

    private func isMember(_ uid: UInt32) -> Bool { Users.isMember(uid, of: adminGroup) }
}
