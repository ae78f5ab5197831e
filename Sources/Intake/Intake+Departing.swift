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

    func forgetTaken(in zone: DropZone) async throws {
        let gone = try departure.takeGone(from: zone.disposal)
        if !gone.isEmpty { try await journal.forgetTaken(gone) }
    }
}
