import SupportDesk

/// A file that a report names may look like a report of its own.
extension Intake {
    /// Of reports that name each other, the last goes first: each must come to an end.
    static func withoutAttachments(
        _ batch: [(dropped: Dropped, reading: Result<Report, Rejection>)]
    ) -> [(dropped: Dropped, reading: Result<Report, Rejection>)] {
        // Nearly always nothing names anything.
        if batch.allSatisfy({ $0.dropped.files.count == 1 }) { return batch }
        var kept: [(dropped: Dropped, reading: Result<Report, Rejection>)] = []
        var named: [[UInt8]: Int] = [:]
        for one in batch {
            guard let name = one.dropped.files.first?.name, named[name, default: 0] == 0 else { continue }
            let own = Set(one.dropped.files.dropFirst().map(\.name))
            for other in kept where other.dropped.files.first.map({ own.contains($0.name) }) ?? false {
                for file in other.dropped.files.dropFirst() { named[file.name, default: 0] -= 1 }
            }
            kept.removeAll { $0.dropped.files.first.map { own.contains($0.name) } ?? false }
            for name in own { named[name, default: 0] += 1 }
            kept.append(one)
        }
        return kept
    }
}
