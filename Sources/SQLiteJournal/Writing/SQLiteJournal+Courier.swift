import GRDB
import Platform
package import SupportDesk

extension SQLiteJournal {
    package func recover(at now: Timestamp) async throws -> [Reference] {
        try await committer.write { try $0.recover(at: now) }
    }

    package func claim(_ channel: ChannelName, limit: Int, at now: Timestamp) async throws -> [Claim] {
        guard limit > 0 else { return [] }
        return try await committer.write { try self.claim(channel, limit: limit, at: now, in: $0) }
    }

    /// - Parameter interval: what came due is looked for no sooner than this after the last time.
    private func claim(
        _ channel: ChannelName, limit: Int, at now: Timestamp, lookingEvery interval: Duration = .zero,
        in ledger: Ledger
    ) throws -> [Claim] {
        var state = claiming.current[channel] ?? Claiming()
        let looksForDue = state.lookedAt.map { now < $0 || now - $0 >= interval } ?? true
        if looksForDue { state.lookedAt = now }
        let claims = try ledger.claim(
            channel, limit: limit, at: now, &state.turns, promoting: looksForDue, pathOfFile: contents.path(of:))
        claiming.withLock { [state] in $0[channel] = state }
        return claims
    }

    /// Behind one that just ended, another is nearly always ready.
    private static let lookForDue = Duration.milliseconds(200)

    package func unclaim(_ claims: [Claim], at now: Timestamp) async throws {
        guard !claims.isEmpty else { return }
        try await committer.write { ledger in
            for claim in claims { try ledger.unclaim(claim, at: now) }
        }
    }

    package func turnBack(_ claim: Claim, to state: State, for reason: Reason, at now: Timestamp) async throws {
        try await committer.write { try $0.turnBack(claim, to: state, for: reason, at: now) }
    }

    @discardableResult
    package func conclude(_ verdict: Verdict) async throws -> Bool {
        try await committer.write { try $0.conclude(verdict) }
    }

    package func conclude(
        _ verdict: Verdict, thenClaim channel: ChannelName, at now: Timestamp
    ) async throws -> Claim? {
        try await committer.write { ledger in
            _ = try ledger.conclude(verdict)
            return try self.claim(channel, limit: 1, at: now, lookingEvery: Self.lookForDue, in: ledger).first
        }
    }

    package func clockWasSetBack(_ channel: ChannelName, to now: Timestamp) async throws -> Int {
        try await committer.write { ledger in
            let now = SQLValue.integer(now.milliseconds)
            try ledger.database.run(Ledger.waitingAnew, [now, now, now, .text(channel.rawValue), now, now])
            return ledger.database.changesCount
        }
    }

    package func nextDue(_ channel: ChannelName) async throws -> Timestamp? {
        try await read { database in
            let ready = try Int64.fetchOne(
                database, sql: Ledger.firstReady, arguments: [channel.rawValue])
            let waiting = try Int64.fetchOne(
                database,
                sql: """
                    SELECT next_attempt_at FROM submissions WHERE channel = ? AND state = 'queued' AND ready = 0
                    ORDER BY next_attempt_at LIMIT 1
                    """, arguments: [channel.rawValue])
            return SubmissionRow.instant([ready, waiting].compactMap { $0 }.min())
        }
    }
}
