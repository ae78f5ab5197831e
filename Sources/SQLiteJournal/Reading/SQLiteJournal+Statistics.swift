import GRDB
package import SupportDesk

extension SQLiteJournal {
    package func statistics(
        since: Timestamp?, submittedBy uid: UInt32?, at now: Timestamp
    ) async throws -> Statistics {
        try await read { try StatisticsQuery(since: since, uid: uid, now: now, $0).fetch($0) }
    }
}

/// What people and programs handed in, counted; the service's own reminders and notices are left out.
private struct StatisticsQuery {
    private var filter = "kind IN ('report', 'callback', 'callback_cancellation')"
    private var arguments: StatementArguments = []
    private let now: Timestamp

    init(since: Timestamp?, uid: UInt32?, now: Timestamp, _ database: Database) throws {
        self.now = now
        if let since {
            filter += " AND reference >= ? AND received_at >= ?"
            arguments += [try ReferenceDrift.read(database).lowest(from: since), since.milliseconds]
        }
        if let uid {
            filter += " AND submitter_uid = ?"
            arguments += [Int64(uid)]
        }
    }

    func fetch(_ database: Database) throws -> Statistics {
        var statistics = Statistics()
        let counts = try Row.fetchAll(
            database, sql: "SELECT state, channel, count(*) FROM submissions WHERE \(filter) GROUP BY state, channel",
            arguments: arguments)
        for row in counts {
            let count: Int = try row.value(2)
            statistics.byState[try SubmissionRow.known(row.value(0), "state"), default: 0] += count
            statistics.byChannel[try SubmissionRow.known(row.value(1), "channel"), default: 0] += count
        }
        statistics.delivery = try spread("relayed_at - received_at", where: "relayed_at IS NOT NULL", database)
        statistics.response = try spread(
            "answered_at - relayed_at", where: "answered_at IS NOT NULL AND relayed_at IS NOT NULL", database)
        let answers = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) FILTER (WHERE answered_at <= due_at), count(*) FILTER (WHERE answered_at IS NOT NULL),
                count(*) FILTER (WHERE answered_at IS NULL AND due_at < ?
                    AND state NOT IN ('answered', 'rejected', 'failed', 'cancelled'))
                FROM submissions WHERE due_at IS NOT NULL AND \(filter)
                """, arguments: [now.milliseconds] + arguments)
        if let answers {
            statistics.answeredInTime = answers[0]
            statistics.answeredWithDueTime = answers[1]
            statistics.overdue = answers[2]
        }
        return statistics
    }

    private func spread(_ length: String, where condition: String, _ database: Database) throws -> Statistics.Spread {
        let source = "FROM submissions WHERE \(condition) AND \(filter)"
        var spread = Statistics.Spread()
        spread.count = try Int.fetchOne(database, sql: "SELECT count(*) \(source)", arguments: arguments) ?? 0
        guard spread.count > 0 else { return spread }
        func value(_ percent: Int) throws -> Duration? {
            let offset = Statistics.Spread.rank(percent, of: spread.count) - 1
            return try Int64.fetchOne(
                database, sql: "SELECT \(length) AS length \(source) ORDER BY length LIMIT 1 OFFSET ?",
                arguments: arguments + [offset]
            ).map { .milliseconds($0) }
        }
        spread.median = try value(50)
        spread.percentile95 = try value(95)
        spread.longest = try value(100)
        return spread
    }
}
