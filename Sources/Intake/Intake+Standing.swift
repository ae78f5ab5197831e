import Logging
import Platform
package import SupportDesk

/// What is told of how it does.
extension Intake {
    /// Why nothing is taken in now; nil while all is well.
    package var stopped: Bilingual? {
        if let trouble { return trouble }
        do throws(DiskReserve.Shortage) {
            _ = try allowance(tools())
            return nil
        } catch {
            return error.explanation
        }
    }

    /// The drop zone is watched; or it is not, for this reason.
    func note(_ blindness: SystemError?) {
        defer { isBlind = blindness != nil }
        if let blindness, !isBlind {
            logger.warning(
                "the drop zone cannot be watched, so it is only looked through now and then: \(blindness.inWords.english)"
            )
        } else if blindness == nil, isBlind {
            logger.notice("the drop zone is watched again")
        }
    }
}
