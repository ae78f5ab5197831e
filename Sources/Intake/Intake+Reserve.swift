import Logging
import Platform
import SupportDesk

/// Nothing is taken in that the disk has no room for.
extension Intake {
    /// How many bytes may be taken in before the next look at the disk. What changed since the last look is logged.
    func allowance(_ tools: Tools) throws(DiskReserve.Shortage) -> Int {
        let reserve = DiskReserve(bytes: tools.reserve, largest: tools.limits.total)
        do throws(DiskReserve.Shortage) {
            let allowance = try reserve.allowance(in: rooms(), underWay: underWay, wasShort: isShort)
            if isShort { logger.notice("there is room on the disk: reports are taken in again") }
            isShort = false
            return allowance
        } catch {
            if !isShort { logger.critical("nothing is taken in: \(error.explanation.english)") }
            isShort = true
            throw error
        }
    }

    /// Hands a batch to the journal; meanwhile, what it may take on the disk is reckoned with.
    func admit(_ batch: [Admission]) async throws {
        let bytes = batch.reduce(0) { $0 + $1.submission.size }
        underWay += bytes
        defer { underWay -= bytes }
        do {
            // Whoever sends may claim them in the same transaction.
            try await journal.admit(batch, inLine: admitted)
        } catch {
            giveBack(batch)
            throw error
        }
        admitted()
        for admission in batch { log(admission.submission) }
    }
}
