/// What moved by a stretch of events.
package struct Moved: Hashable, Sendable {
    package struct Move: Hashable, Sendable {
        /// As it stands now.
        package var submission: Submission
        /// What its last event says.
        package var latest: Bilingual

        package init(submission: Submission, latest: Bilingual) {
            self.submission = submission
            self.latest = latest
        }
    }

    package var moves: [Move]
    /// The last event that was looked at.
    package var last: Int64

    package init(moves: [Move], last: Int64) {
        self.moves = moves
        self.last = last
    }
}
