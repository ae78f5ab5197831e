import GRDB
import SupportDesk

/// One transaction: its statements, and what they amount to until it is closed.
final class Ledger {
    /// What must be undone with a write that failed.
    struct Tally {
        var addedEvents = false
        /// By how much each user's number of submissions in a state changes.
        var moves: [Standing: Int64] = [:]
        /// Read when first needed.
        var drift: ReferenceDrift?
    }

    struct Standing: Hashable {
        var submitter: Int64
        var state: State
    }

    let database: Database
    var tally = Tally()

    init(_ database: Database) {
        self.database = database
    }

    func addEvent(_ reference: Reference, _ state: State, at instant: Timestamp, _ text: Bilingual) throws {
        try database.run(
            "INSERT INTO events (reference, at, state, fr, en) VALUES (?, ?, ?, ?, ?)",
            [
                .integer(reference.key), .integer(instant.milliseconds), .text(state.rawValue), .text(text.french),
                .text(text.english),
            ])
        tally.addedEvents = true
    }

    /// Counts a submission of this user out of one state and into another.
    func count(_ submitter: Int64, from old: State?, to new: State) {
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
            try database.run(
                """
                INSERT INTO counts (submitter_uid, state, count) VALUES (?, ?, ?)
                ON CONFLICT (submitter_uid, state) DO UPDATE SET count = count + excluded.count
                """, [.integer(standing.submitter), .text(standing.state.rawValue), .integer(change)])
        }
        try tally.drift?.write(database)
    }
}

extension Reference {
    /// How it is kept: as a number that rises with time.
    var key: Int64 { Int64(number) }

    init(key: Int64) {
        self.init(number: UInt64(bitPattern: key))
    }
}
