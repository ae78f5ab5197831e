import GRDB
import SupportDesk

/// How a list is found without walking through a million submissions.
///
/// Every index gives its submissions newest first, so that reading stops at the limit. The most telling condition
/// picks the index; several states are as many short lists, merged.
struct Listing {
    private let limit: Int
    private var conditions: [String] = []
    private var arguments: [SQLValue] = []
    private var index = "NOT INDEXED"
    /// One list for each; nil where states do not pick the index.
    private var states: [State?] = [nil]

    init(_ query: SubmissionQuery, in database: Database) throws {
        limit = query.limit
        if let license = query.license { add("license = ?", .text(license)) }
        if let uid = query.submittedBy { add("submitter_uid = ?", .integer(Int64(uid))) }
        if let channel = query.channel {
            // As a literal: only so is the partial index of the rare channel of use.
            conditions.append("channel = '\(channel.rawValue)'")
        }
        if query.since != nil || query.until != nil {
            let drift = try ReferenceDrift.read(database)
            if let since = query.since {
                add("reference >= ?", .integer(drift.lowest(from: since)))
                add("received_at >= ?", .integer(since.milliseconds))
            }
            if let until = query.until {
                add("reference <= ?", .integer(drift.highest(upTo: until)))
                add("received_at < ?", .integer(until.milliseconds))
            }
        }
        if let before = query.before { add("reference < ?", .integer(before.key)) }
        if let text = query.search, !text.isEmpty {
            conditions.append("(instr(search, ?) > 0 OR reference = ?)")
            arguments += [.text(SearchText.folded(text)), SQLValue(Reference(text)?.key)]
        }
        if query.isOverdue {
            conditions.append(
                "overdue_at IS NOT NULL AND answered_at IS NULL AND state IN ('relayed', 'delivered', 'acknowledged')")
        }
        let isNarrowed = !query.states.isEmpty && query.states.count < State.allCases.count
        if query.license != nil || query.submittedBy != nil || query.isOverdue || !isNarrowed {
            if query.license != nil {
                index = "INDEXED BY submissions_by_license"
            } else if query.isOverdue {
                index = "INDEXED BY submissions_overdue"
            } else if query.submittedBy != nil {
                index = "INDEXED BY submissions_by_submitter"
            } else if query.channel == .fax {
                index = "INDEXED BY submissions_by_fax"
            }
            if isNarrowed {
                let words = query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
                conditions.append("state IN (\(words))")
            }
        } else {
            index = "INDEXED BY submissions_by_state"
            states = query.states.map { $0 }
        }
    }

    func fetch(_ database: Database) throws -> [Submission] {
        guard limit > 0 else { return [] }
        var found: [Submission] = []
        for statement in statements {
            // Not one to keep: a query may put its conditions together in a great many ways.
            found += try database.rows(
                of: try database.makeStatement(sql: statement.sql), statement.arguments, SubmissionRow.read)
        }
        guard states.count > 1 else { return found }
        return Array(found.sorted { $0.reference > $1.reference }.prefix(limit))
    }

    /// The queries whose results make up the list: one, or one for each state.
    var statements: [(sql: String, arguments: [SQLValue])] {
        states.map { state in
            let all = conditions + (state.map { ["state = '\($0.rawValue)'"] } ?? [])
            let filter = all.isEmpty ? "" : "WHERE " + all.joined(separator: " AND ")
            let sql = """
                SELECT \(SubmissionRow.columns) FROM submissions \(index) \(filter) ORDER BY reference DESC LIMIT ?
                """
            return (sql, arguments + [SQLValue(limit)])
        }
    }

    private mutating func add(_ condition: String, _ argument: SQLValue) {
        conditions.append(condition)
        arguments += [argument]
    }
}
