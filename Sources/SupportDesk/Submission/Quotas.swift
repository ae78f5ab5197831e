/// How much may be handed in within a day before a person has to look at it; nil sets no limit.
package struct Quotas: Hashable, Sendable {
    /// For one user, whatever the license.
    package var userDaily: Int?
    /// For one license, whoever hands it in.
    package var licenseDaily: Int?

    package init() {}

    /// Nothing needs to be counted.
    package var isUnlimited: Bool { userDaily == nil && licenseDaily == nil }

    /// Said where nothing new came that could be held.
    package static let reached = Bilingual(
        fr: "Quota atteint pour ces 24 heures (quotas.user_daily, quotas.license_daily) : rien n'est changé. Réessayez "
            + "plus tard, ou demandez à un administrateur.",
        en: "Quota reached for these 24 hours (quotas.user_daily, quotas.license_daily): nothing is changed. Try again "
            + "later, or ask an administrator.")

    static func userReason(_ limit: Int) -> Reason {
        Reason(
            .quotaExceeded,
            fr: "Quota atteint : cet utilisateur a déjà remis \(limit) rapports en 24 heures (quotas.user_daily). Rien "
                + "n'est perdu : un administrateur laisse partir celui-ci par « assistctl release RÉF ».",
            en: "Quota reached: this user has already handed in \(limit) reports within 24 hours (quotas.user_daily). "
                + "Nothing is lost: an administrator lets this one go by \"assistctl release REF\".")
    }

    static func licenseReason(_ limit: Int) -> Reason {
        Reason(
            .quotaExceeded,
            fr: "Quota atteint : \(limit) rapports ont déjà été remis pour cette licence en 24 heures "
                + "(quotas.license_daily). Rien n'est perdu : un administrateur laisse partir celui-ci par « assistctl "
                + "release RÉF ».",
            en: "Quota reached: \(limit) reports have already been handed in for this license within 24 hours "
                + "(quotas.license_daily). Nothing is lost: an administrator lets this one go by \"assistctl release "
                + "REF\".")
    }
}

/// What was handed in lately, counted by the hour. Pure.
package struct QuotaUsage: Sendable {
    /// What one user handed in for one license within one hour.
    package struct Entry: Hashable, Sendable {
        package var uid: UInt32
        package var license: String
        /// Hours since 1970.
        package var hour: Int64
        package var count: Int

        package init(uid: UInt32, license: String, hour: Int64, count: Int) {
            self.uid = uid
            self.license = license
            self.hour = hour
            self.count = count
        }
    }

    /// How far back it counts: this hour and the 23 before.
    package static let span = Duration.seconds(24 * 3600)

    private var users: [UInt32: [Int64: Int]] = [:]
    private var licenses: [String: [Int64: Int]] = [:]
    private var prunedAt = Int64.min

    /// - Parameter entries: what the journal says of the last 24 hours.
    package init(_ entries: [Entry] = []) {
        for entry in entries { add(entry.count, entry.uid, entry.license, entry.hour) }
    }

    /// Counts one more, if that is within the quotas.
    ///
    /// - Parameter isSpared: whether the quota for one user does not hold for this one; asked only where it is reached.
    /// - Returns: why it is held, and then it is not counted; nil where it may go.
    package mutating func take(
        _ uid: UInt32, _ license: String, within quotas: Quotas, at now: Timestamp, isSpared: () -> Bool = { false }
    ) -> Reason? {
        let hour = Self.hour(now)
        prune(hour)
        if let limit = quotas.licenseDaily, Self.sum(licenses[license], hour) >= limit {
            return Quotas.licenseReason(limit)
        }
        if let limit = quotas.userDaily, Self.sum(users[uid], hour) >= limit, !isSpared() {
            return Quotas.userReason(limit)
        }
        add(1, uid, license, hour)
        return nil
    }

    /// What was counted was not taken in after all.
    package mutating func giveBack(_ uid: UInt32, _ license: String, at then: Timestamp) {
        add(-1, uid, license, Self.hour(then))
    }

    private mutating func add(_ count: Int, _ uid: UInt32, _ license: String, _ hour: Int64) {
        users[uid, default: [:]][hour, default: 0] += count
        licenses[license, default: [:]][hour, default: 0] += count
    }

    /// Forgets, once an hour, who has handed in nothing within a day.
    private mutating func prune(_ hour: Int64) {
        guard hour != prunedAt else { return }
        prunedAt = hour
        func isRecent(_ hours: [Int64: Int]) -> Bool { hours.keys.contains { $0 > hour - 24 } }
        users = users.filter { isRecent($0.value) }.mapValues { $0.filter { $0.key > hour - 24 } }
        licenses = licenses.filter { isRecent($0.value) }.mapValues { $0.filter { $0.key > hour - 24 } }
    }

    private static func hour(_ instant: Timestamp) -> Int64 { instant.milliseconds / 3_600_000 }

    private static func sum(_ hours: [Int64: Int]?, _ hour: Int64) -> Int {
        (hours ?? [:]).reduce(0) { $1.key > hour - 24 && $1.key <= hour ? $0 + $1.value : $0 }
    }
}
