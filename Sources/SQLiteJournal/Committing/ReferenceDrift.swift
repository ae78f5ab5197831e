import GRDB
import SupportDesk

/// How far references ever were from what their instant of reception alone would give.
///
/// References rise with time, so a span of time is a range of references, and listing it touches nothing else. But
/// they go on rising when the clock is set back; this remembers by how much, so that the range is never too narrow.
struct ReferenceDrift: Hashable {
    private var behind: Int64 = 0
    private var ahead: Int64 = 0
    private var isChanged = false

    static func read(_ database: Database) throws -> ReferenceDrift {
        var drift = ReferenceDrift()
        let row = try Row.fetchOne(database.cachedStatement(sql: "SELECT behind, ahead FROM reference_drift"))
        if let row {
            drift.behind = try row.value(0)
            drift.ahead = try row.value(1)
        }
        return drift
    }

    mutating func include(_ reference: Reference, receivedAt: Timestamp) {
        let drift = reference.key - Reference(at: receivedAt, tie: 0).key
        if drift < behind {
            behind = drift
            isChanged = true
        } else if drift > ahead {
            ahead = drift
            isChanged = true
        }
    }

    func write(_ database: Database) throws {
        guard isChanged else { return }
        try database.run("UPDATE reference_drift SET behind = ?, ahead = ?", [.integer(behind), .integer(ahead)])
    }

    /// The least reference that something received at this instant or later can have.
    func lowest(from instant: Timestamp) -> Int64 { Reference(at: instant, tie: 0).key + behind }

    /// The greatest reference that something received at this instant or earlier can have.
    func highest(upTo instant: Timestamp) -> Int64 { Reference(at: instant, tie: 0).key + ahead }
}
