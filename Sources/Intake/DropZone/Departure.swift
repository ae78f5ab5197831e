import Logging
import Platform
import SupportDesk

/// What the journal holds and the drop zone still has: files that could not be removed yet, and files that somebody
/// renamed meanwhile. None of them is taken a second time.
struct Departure {
    private struct Leaving {
        var taken: Taken
        var submission: Submission?
        /// How often the drop zone was looked through since without finding it; nil where it could not be removed.
        var looksWithout: Int?
    }

    private var leaving: [Reference: Leaving] = [:]
    private var gone: [Reference] = []
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Names that need not be looked at. Not those under which nothing was found: what lies there now is another file.
    var names: Set<[UInt8]> {
        Set(leaving.values.filter { $0.looksWithout == nil }.flatMap { $0.taken.files.map(\.name) })
    }

    /// Whose files these are, where they were taken already, by whatever name.
    func owner(of file: FileIdentity) -> Reference? {
        guard !leaving.isEmpty else { return nil }
        return leaving.first { $0.value.taken.files.contains { $0.isSameFile(as: file) } }?.key
    }

    mutating func dispose(of taken: Taken, _ submission: Submission?, by disposal: Disposal) {
        do {
            if try disposal.dispose(of: taken, submission) {
                leaving[taken.reference] = nil
                gone.append(taken.reference)
                if let rest = try disposal.leftBehind(of: taken) {
                    logger.warning(
                        "files that were not sent, or could not be removed, were left in \(rest)",
                        metadata: ["reference": "\(taken.reference)"])
                }
            } else {
                let looks = leaving[taken.reference]?.looksWithout ?? 0
                leaving[taken.reference] = Leaving(taken: taken, submission: submission, looksWithout: looks)
            }
        } catch {
            if leaving[taken.reference] == nil {
                logger.error(
                    "taken in, but it cannot leave the drop zone: \(error.explanation.english)",
                    metadata: ["reference": "\(taken.reference)"])
            }
            leaving[taken.reference] = Leaving(taken: taken, submission: submission, looksWithout: nil)
        }
    }

    /// A file that was taken turned up under another name.
    mutating func found(_ file: FileIdentity, of reference: Reference, by disposal: Disposal) {
        guard var entry = leaving[reference] else { return }
        entry.taken.files = entry.taken.files.map { $0.isSameFile(as: file) ? file : $0 }
        dispose(of: entry.taken, entry.submission, by: disposal)
    }

    /// The drop zone is being looked through: tries again what could not leave, and lets go of what is not there.
    mutating func lookAgain(by disposal: Disposal) {
        for (reference, entry) in leaving {
            if let looks = entry.looksWithout, looks >= 2 {
                leaving[reference] = nil
                gone.append(reference)
                continue
            }
            if let looks = entry.looksWithout { leaving[reference]?.looksWithout = looks + 1 }
            dispose(of: entry.taken, entry.submission, by: disposal)
        }
    }

    /// How many have left and were not handed over.
    var goneCount: Int { gone.count }

    /// Hands over what has left, once that is durable: only then may the journal forget whose files they were.
    mutating func takeGone(from disposal: Disposal) throws(SystemError) -> [Reference] {
        let left = gone
        gone = []
        // What a sync failed for, no later one vouches for: the journal remembers it until the next start.
        if !left.isEmpty { try disposal.synchronize() }
        return left
    }
}
