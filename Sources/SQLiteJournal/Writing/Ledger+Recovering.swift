import GRDB
import SupportDesk

extension Ledger {
    func recover(at now: Timestamp) throws -> [Reference] {
        // How many attempts before this one ended with the program, in a row and since a person queued it.
        let lost = try Row.fetchAll(
            database,
            sql: """
                SELECT s.reference, s.attempt_count, s.failures, s.channel, a.handed_at,
                (SELECT count(*) FROM attempts AS e WHERE e.reference = s.reference
                    AND e.number >= s.attempt_count - min(s.failures, ?) AND e.outcome = 'uncertain'
                    AND e.code IS NULL AND e.endpoint = '')
                FROM submissions AS s JOIN attempts AS a ON a.reference = s.reference AND a.number = s.attempt_count
                WHERE s.state = 'sending' ORDER BY s.reference
                """, arguments: [Verdict.mostStops - 1])
        var uncertain: [Reference] = []
        var failedBefore = 0
        for row in lost {
            let claim = try Claim(
                reference: Reference(key: row.value(0)), attempt: row.value(1), failures: row.value(2), queuedAt: now,
                content: .bytes([]))
            if try row.value(3) as String == ChannelName.fax.rawValue {
                // Without a hand-over nothing can have left; with one, the gateway is asked.
                if try row.value(4) as Int64? == nil { try unclaim(claim, at: now) }
                continue
            }
            uncertain.append(claim.reference)
            let stops: Int = try row.value(5)
            _ = try conclude(.afterStop(stops + 1, of: claim, behind: failedBefore, at: now))
            if claim.failures > 0 { failedBefore += 1 }
        }
        return uncertain
    }
}
