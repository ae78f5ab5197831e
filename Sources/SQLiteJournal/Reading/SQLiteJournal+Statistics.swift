import GRDB
package import SupportDesk

extension SQLiteJournal {
    package func statistics(
        since: Timestamp?, submittedBy uid: UInt32?, at now: Timestamp
    ) async throws -> Statistics {
        try await read { database in
            if since == nil, uid == nil { return try StatisticsOfAll(now: now, database).fetch() }
            return try StatisticsOfSome(since: since, uid: uid, now: now, database).fetch()
        }
    }
}

/// What people and programs handed in; the service's own reminders and notices are left out.
enum StatisticsQuery {
    /// As the indexes of schema 5 have it, word for word.
    static let isAsked = "kind IN ('report', 'callback', 'callback_cancellation')"
    static let delivery = "relayed_at - received_at"
    static let isRelayed = "relayed_at IS NOT NULL AND \(isAsked)"
    static let response = "answered_at - relayed_at"
    static let isAnswered = "answered_at IS NOT NULL AND relayed_at IS NOT NULL AND \(isAsked)"
    static let margin = "due_at - answered_at"
    static let isAnsweredWithDueTime = "due_at IS NOT NULL AND answered_at IS NOT NULL AND \(isAsked)"
    static let isAwaited = """
        due_at IS NOT NULL AND answered_at IS NULL AND \(isAsked)
        AND state NOT IN ('answered', 'rejected', 'failed', 'cancelled')
        """

    /// How many there are of each length, by steps through an index.
    ///
    /// - Parameter index: where they stand in their order.
    static func spread(
        _ length: String, where condition: String, index: String, _ database: Database
    ) throws -> Statistics.Spread {
        let source = "FROM submissions INDEXED BY \(index) WHERE \(condition)"
        var spread = Statistics.Spread()
        spread.count = Int(try database.run("SELECT count(*) \(source)") ?? 0)
        guard spread.count > 0 else { return spread }
        func value(_ percent: Int) throws -> Duration? {
            let rank = Statistics.Spread.rank(percent, of: spread.count)
            // From the nearer end.
            let isNearStart = rank <= spread.count / 2
            let steps = isNearStart ? rank - 1 : spread.count - rank
            return try database.run(
                "SELECT \(length) \(source) ORDER BY \(length) \(isNearStart ? "ASC" : "DESC") LIMIT 1 OFFSET ?",
                [SQLValue(steps)]
            ).map { .milliseconds($0) }
        }
        spread.median = try value(50)
        spread.percentile95 = try value(95)
        spread.longest = try value(100)
        return spread
    }
}

/// Figures over everything, from indexes alone: a million rows would take seconds to read.
struct StatisticsOfAll {
    private let now: Timestamp
    private let database: Database

    init(now: Timestamp, _ database: Database) {
        self.now = now
        self.database = database
    }

    func fetch() throws -> Statistics {
        var statistics = Statistics()
        statistics.byState = try states()
        let faxes = Int(try database.run(Self.faxes) ?? 0)
        for (channel, count) in [(ChannelName.fax, faxes), (.smtp, statistics.total - faxes)] where count > 0 {
            statistics.byChannel[channel] = count
        }
        statistics.delivery = try StatisticsQuery.spread(
            StatisticsQuery.delivery, where: StatisticsQuery.isRelayed, index: "submissions_by_delivery", database)
        statistics.response = try StatisticsQuery.spread(
            StatisticsQuery.response, where: StatisticsQuery.isAnswered, index: "submissions_by_response", database)
        statistics.answeredWithDueTime = Int(try database.run(Self.withDueTime) ?? 0)
        // Late are fewer than in time, as a rule, and counted sooner.
        statistics.answeredInTime = statistics.answeredWithDueTime - Int(try database.run(Self.late) ?? 0)
        statistics.overdue = Int(try database.run(Self.overdue, [.integer(now.milliseconds)]) ?? 0)
        return statistics
    }

    /// The counts that are kept, without the service's own mails, which are few.
    private func states() throws -> [State: Int] {
        var states: [State: Int] = [:]
        for (sql, sign) in [("SELECT state, sum(count) FROM counts GROUP BY state", 1), (Self.own, -1)] {
            let counts = try database.rows(sql) {
                (state: try SubmissionRow.known(try $0.value(0), "state") as State, count: try $0.value(1) as Int)
            }
            for (state, count) in counts { states[state, default: 0] += sign * count }
        }
        return states.filter { $0.value > 0 }
    }

    static let own = """
        SELECT state, count(*) FROM submissions INDEXED BY submissions_of_its_own
        WHERE kind IN ('reminder', 'notice') GROUP BY state
        """
    /// Only reports go by fax.
    static let faxes = "SELECT count(*) FROM submissions INDEXED BY submissions_by_fax WHERE channel = 'fax'"
    static let withDueTime = """
        SELECT count(*) FROM submissions INDEXED BY submissions_by_margin WHERE \(StatisticsQuery.isAnsweredWithDueTime)
        """
    static let late = "\(withDueTime) AND \(StatisticsQuery.margin) < 0"
    static let overdue = """
        SELECT count(*) FROM submissions INDEXED BY submissions_awaited
        WHERE \(StatisticsQuery.isAwaited) AND due_at < ?
        """
}

/// Figures over what was received since an instant, or handed in by one user: row by row.
struct StatisticsOfSome {
    private var filter = StatisticsQuery.isAsked
    private var values: [SQLValue] = []
    private let now: Timestamp
    private let database: Database

    init(since: Timestamp?, uid: UInt32?, now: Timestamp, _ database: Database) throws {
        self.now = now
        self.database = database
        if let since {
            filter += " AND reference >= ? AND received_at >= ?"
            values += [.integer(try ReferenceDrift.read(database).lowest(from: since)), .integer(since.milliseconds)]
        }
        if let uid {
            filter += " AND submitter_uid = ?"
            values.append(.integer(Int64(uid)))
        }
    }

    func fetch() throws -> Statistics {
        var statistics = Statistics()
        var deliveries: [Int64] = []
        var responses: [Int64] = []
        // One walk over the rows, which are wide.
        try database.forEachRow(
            """
            SELECT state, channel, \(StatisticsQuery.delivery), \(StatisticsQuery.response), due_at, answered_at
            FROM submissions WHERE \(filter)
            """, values
        ) { row in
            let state: State = try SubmissionRow.known(row.value(0), "state")
            statistics.byState[state, default: 0] += 1
            statistics.byChannel[try SubmissionRow.known(row.value(1), "channel"), default: 0] += 1
            if let length = try row.optional(2) as Int64? { deliveries.append(length) }
            if let length = try row.optional(3) as Int64? { responses.append(length) }
            guard let due = try row.optional(4) as Int64? else { return }
            if let answered = try row.optional(5) as Int64? {
                statistics.answeredWithDueTime += 1
                if answered <= due { statistics.answeredInTime += 1 }
            } else if due < now.milliseconds, !state.isTerminal {
                statistics.overdue += 1
            }
        }
        statistics.delivery = Statistics.Spread(of: deliveries)
        statistics.response = Statistics.Spread(of: responses)
        return statistics
    }
}

extension Statistics.Spread {
    /// - Parameter lengths: milliseconds, in any order.
    fileprivate init(of lengths: [Int64]) {
        self.init()
        count = lengths.count
        guard count > 0 else { return }
        let sorted = lengths.sorted()
        func value(_ percent: Int) -> Duration { .milliseconds(sorted[Self.rank(percent, of: count) - 1]) }
        median = value(50)
        percentile95 = value(95)
        longest = value(100)
    }
}
