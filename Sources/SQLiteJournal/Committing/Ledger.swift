import GRDB
import SupportDesk

/// One transaction: its statements, and what they amount to until it is closed.
final class Ledger {
    /// What must be undone with a write that failed.
    struct Tally {
        var addedEvents = false
        /// By how much each user's number of submissions in a state changes.
        var moves: [Standing: Int] = [:]
        /// Read when first needed.
        var drift: ReferenceDrift?
    }

    struct Standing: Hashable {
        var submitter: UInt32
        var state: State
    }

    let database: Database
    var tally = Tally()

    init(_ database: Database) {
        self.database = database
    }

    /// Runs a statement whose text is fixed.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first row of a fixed query, or of a change with `RETURNING`.
    func first(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func addEvent(_ reference: Reference, _ state: State, at instant: Timestamp, _ text: Bilingual) throws {
        try run(
            "INSERT INTO events (reference, at, state, fr, en) VALUES (?, ?, ?, ?, ?)",
            [reference.key, instant.milliseconds, state.rawValue, text.french, text.english])
        tally.addedEvents = true
    }

    /// Counts a submission of this user out of one state and into another.
    func count(_ submitter: UInt32, from old: State?, to new: State) {
        if let old { tally.moves[Standing(submitter: submitter, state: old), default: 0] -= 1 }
        tally.moves[Standing(submitter: submitter, state: new), default: 0] += 1
    }

    /// Notes how far a new reference is from the instant of reception, for `ReferenceDrift`.
    func note(_ reference: Reference, receivedAt: Timestamp) throws {
        var drift = try tally.drift ?? ReferenceDrift.read(database)
        drift.include(reference, receivedAt: receivedAt)
        tally.drift = drift
    }

    /// Writes what was gathered; last thing before the commit.
    func close() throws {
        for (standing, change) in tally.moves where change != 0 {
            try run(
                """
                INSERT INTO counts (submitter_uid, state, count) VALUES (?, ?, ?)
                ON CONFLICT (submitter_uid, state) DO UPDATE SET count = count + excluded.count
                """, [Int64(standing.submitter), standing.state.rawValue, change])
        }
        try tally.drift?.write(self)
    }
}

extension Reference {
    /// How it is kept: as a number that rises with time.
    var key: Int64 { Int64(number) }

    init(key: Int64) {
        self.init(number: UInt64(key))
    }
}
