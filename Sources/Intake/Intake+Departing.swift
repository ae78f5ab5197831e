import SupportDesk

/// Out of the drop zone, once the journal has it.
extension Intake {
    /// What an earlier run admitted may still lie in the drop zone.
    func finishTaken(in zone: DropZone) async throws {
        for taken in try await journal.takenFiles() {
            departure.dispose(of: taken, try await journal.submission(taken.reference), by: zone.disposal)
        }
        try await forgetTaken(in: zone)
    }

    /// When the journal may forget what has left; nil where nothing has.
    ///
    /// Not at once: that takes two syncs, for which whoever is about to send what just came would wait.
    func nextForgetting(at now: Duration) -> Duration? {
        guard departure.goneCount > 0 else {
            goneSince = nil
            return nil
        }
        let since = goneSince ?? now
        goneSince = since
        return departure.goneCount < Self.mostGone ? since + Self.rememberGone : now
    }

    func forgetTaken(in zone: DropZone) async throws {
        goneSince = nil
        let gone = try departure.takeGone(from: zone.disposal)
        if !gone.isEmpty { try await journal.forgetTaken(gone) }
    }
}
