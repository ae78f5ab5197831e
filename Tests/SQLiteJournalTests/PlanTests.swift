import Foundation
import GRDB
import SupportDesk
import TestSupport
import Testing

@testable import SQLiteJournal

/// With a million submissions behind it, no query of the daily round may walk or sort a table.
@Suite("How SQLite finds things")
struct PlanTests {
    private let bench: SQLiteBench

    init() throws {
        bench = try SQLiteBench()
    }

    @Test("A claim reads only what it takes")
    func claim() async throws {
        let plan = try await plan(Ledger.selection, ["smtp"])
        #expect(plan == ["SEARCH s USING INDEX submissions_ready (channel=?)", Self.byReference("c")])
        let own = try await self.plan(Ledger.selectionByTurn, ["smtp", 7, "x"])
        #expect(
            own == [
                "SEARCH s USING INDEX submissions_by_turn (channel=? AND submitter_uid=? AND license=?)",
                Self.byReference("c"),
            ])
        let due = try await self.plan(Ledger.firstReady, ["smtp"])
        #expect(due == ["SEARCH s USING INDEX submissions_ready (channel=?)", Self.byReference("c")])
        let promotion = try await self.plan(Ledger.promotion, ["smtp", 1, 10])
        #expect(promotion.contains { $0.contains("submissions_waiting (channel=? AND next_attempt_at<?)") })
        #expect(promotion.allSatisfy { !$0.contains("SCAN") && !$0.contains("ORDER BY") })
    }

    @Test("Whose turn it is takes a look at the next user and license alone")
    func turns() async throws {
        let index = "SEARCH submissions USING INDEX submissions_by_turn"
        #expect(try await plan(Ledger.nextUser, ["smtp", 7]) == ["\(index) (channel=? AND submitter_uid>?)"])
        #expect(
            try await plan(Ledger.firstLicense, ["smtp", 7]) == ["\(index) (channel=? AND submitter_uid=?)"])
        #expect(
            try await plan(Ledger.nextLicense, ["smtp", 7, "x"])
                == ["\(index) (channel=? AND submitter_uid=? AND license>?)"])
    }

    @Test("Somebody's events are found without walking through everybody's")
    func events() async throws {
        let one = try await plan(EventQuery.ofOne, [1, 2, 3])
        #expect(one == ["SEARCH events USING INDEX events_by_reference (reference=? AND rowid>?)"])
        let own = try await plan(EventQuery.withSubmitter, [1, 2])
        #expect(own.contains("SEARCH events USING INTEGER PRIMARY KEY (rowid>?)"), "\(own)")
        #expect(own.contains(Self.byReference("s")) && own.allSatisfy { !$0.contains("ORDER BY") }, "\(own)")
    }

    @Test("Due times and call-backs have indexes of their own")
    func deadlines() async throws {
        let next = try await plan(DeadlineQuery.next, [])
        let missed = try await plan(DeadlineQuery.missed, [1, 10])
        #expect((next + missed).allSatisfy { $0.contains("submissions_due") }, "\(next + missed)")
        #expect(
            try await plan(DeadlineQuery.slots, [1]).contains { $0.contains("submissions_by_slot (slot_origin=?)") })
    }

    @Test("Faxes, and the mail they stand in for, have indexes of their own")
    func fax() async throws {
        let usage = try await plan(FaxQuery.usage, [1])
        #expect(usage == ["SEARCH attempts USING INDEX attempts_handed (handed_at>?)"])
        let underWay = try await plan(FaxQuery.underWay, ["fax"])
        #expect(underWay.first == "SEARCH s USING INDEX submissions_by_state (state=?)")
        #expect(underWay.contains { $0.hasPrefix("SEARCH a USING PRIMARY KEY (reference=? AND number=?)") })
        let waiting = try await plan(FaxQuery.waitingForMail, [1, 10, 0])
        #expect(waiting.first == "SEARCH submissions USING INDEX submissions_by_state (state=?)")
        let load = try await plan(FaxQuery.load, ["fax"])
        for index in [
            "submissions_ready (channel=?", "submissions_waiting (channel=?", "submissions_by_state (state=?",
        ] {
            #expect(load.contains { $0.contains(index) }, "\(load)")
        }
        for step in usage + underWay + waiting + load where step.hasPrefix("SCAN") {
            #expect(step == "SCAN CONSTANT ROW")
        }
    }

    @Test("A list stops at its limit, whatever it is narrowed by", arguments: PlanTests.queries)
    func list(_ narrowing: Narrowing) async throws {
        var query = SubmissionQuery()
        narrowing.apply(&query)
        let journal = try await bench.openSQLite()
        let plan = try await journal.read { [query] database in
            let listing = try Listing(query, in: database)
            return try listing.statements.flatMap {
                try Self.details(database, $0.sql, StatementArguments($0.arguments.map(\.databaseValue)))
            }
        }
        try await journal.close()
        #expect(plan.allSatisfy { $0.contains(narrowing.index) }, "\(plan)")
        #expect(plan.allSatisfy { !$0.contains("ORDER BY") }, "\(plan)")
    }

    struct Narrowing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let index: String
        let apply: @Sendable (inout SubmissionQuery) -> Void
    }

    static let queries = [
        Narrowing(testDescription: "nothing", index: "SCAN submissions") { _ in },
        Narrowing(testDescription: "a cursor", index: "SEARCH submissions USING INTEGER PRIMARY KEY (rowid<?)") {
            $0.before = Reference(number: 1)
        },
        Narrowing(testDescription: "a span", index: "INTEGER PRIMARY KEY (rowid>? AND rowid<?)") {
            $0.since = Sample.start
            $0.until = Sample.start
        },
        Narrowing(testDescription: "states", index: "submissions_by_state (state=?)") {
            $0.states = [.held, .failed, .relayed]
        },
        Narrowing(testDescription: "a state and a cursor", index: "submissions_by_state (state=? AND rowid<?)") {
            $0.states = [.relayed]
            $0.before = Reference(number: 1)
        },
        Narrowing(testDescription: "a licence", index: "submissions_by_license (license=?)") {
            $0.license = "X"
            $0.states = [.failed]
        },
        Narrowing(testDescription: "a user", index: "submissions_by_submitter (submitter_uid=?)") {
            $0.submittedBy = 1000
            $0.channel = .fax
        },
        Narrowing(testDescription: "what is overdue, for all or one user", index: "submissions_overdue") {
            $0.isOverdue = true
            $0.submittedBy = 1000
        },
        Narrowing(testDescription: "fax", index: "submissions_by_fax") { $0.channel = .fax },
    ]

    private static func byReference(_ table: String) -> String {
        "SEARCH \(table) USING INTEGER PRIMARY KEY (rowid=?)"
    }

    private func plan(_ sql: String, _ arguments: StatementArguments) async throws -> [String] {
        let journal = try await bench.openSQLite()
        let plan = try await journal.read { try Self.details($0, sql, arguments) }
        try await journal.close()
        return plan
    }

    private static func details(
        _ database: Database, _ sql: String, _ arguments: StatementArguments
    ) throws -> [String] {
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] }
    }

    @Test("Figures over everything, and what moved, are read from indexes")
    func figures() async throws {
        let moved = try await plan(EventQuery.moved, [1, 2])
        #expect(moved.contains { $0.hasPrefix("SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)") })
        #expect(moved.contains { $0.hasPrefix("SEARCH n USING COVERING INDEX events_by_reference (reference=?") })
        for (query, index) in [
            (StatisticsOfAll.own, "submissions_of_its_own"), (StatisticsOfAll.faxes, "submissions_by_fax"),
            (StatisticsOfAll.withDueTime, "submissions_by_margin"), (StatisticsOfAll.late, "submissions_by_margin"),
        ] {
            let steps = try await plan(query, [])
            #expect(steps.contains { $0.contains(index) }, "\(steps)")
        }
        let overdue = try await plan(StatisticsOfAll.overdue, [1])
        #expect(overdue.contains { $0.contains("submissions_awaited (due_at>? AND due_at<?)") }, "\(overdue)")
        for (length, condition, index) in [
            (StatisticsQuery.delivery, StatisticsQuery.isRelayed, "submissions_by_delivery"),
            (StatisticsQuery.response, StatisticsQuery.isAnswered, "submissions_by_response"),
        ] {
            let steps = try await plan(
                "SELECT \(length) FROM submissions INDEXED BY \(index) WHERE \(condition) ORDER BY \(length) LIMIT 1",
                [])
            #expect(steps.count == 1 && steps[0].contains(index), "\(steps)")
        }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
