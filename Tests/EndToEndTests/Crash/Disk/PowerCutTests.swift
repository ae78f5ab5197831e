import Platform
import TestSupport
import Testing

/// The power is cut: what was not synced may be gone, in part or torn, and the daemon starts on what is left.
@Suite("A power cut at any moment", .serialized, .timeLimit(.minutes(120)))
struct PowerCutTests {
    private struct Cut: Sendable {
        var after: Int
        var loss: Disk.Loss
    }

    @Test("Nothing that was told is lost, and nothing sent twice without saying so", arguments: [3])
    func anywhere(_ width: Int) async throws {
        let sum = Locked((records: 0, cuts: 0, uncertain: 0))
        try await KillTests.inParallel(Array(0..<width), width: width) { share in
            let run = try await RecordedRun()
            for cut in Self.cuts(run.log, share: share, of: width) {
                let seed = KillTests.seed &+ UInt64(cut.after)
                let (findings, uncertain) = try await run.cut(after: cut.after, cut.loss, seed: seed)
                #expect(
                    findings == [],
                    """
                    after \(cut.after) of \(run.log.records.count) records, \(cut.loss) lost, \
                    ASSISTD_SEED=\(KillTests.seed), next: \(run.log.name(of: cut.after))
                    """)
                sum.withLock {
                    $0.records = max($0.records, run.log.records.count)
                    $0.cuts += 1
                    $0.uncertain += uncertain
                }
            }
        }
        let (records, cuts, uncertain) = sum.current
        print(
            "power cuts: \(records) records, \(cuts) disks, \(uncertain) uncertain attempts "
                + "(ASSISTD_SEED=\(KillTests.seed))")
    }

    /// In torture all of them; otherwise some of those before and after a sync, where a disk is most likely to be wrong.
    private static func cuts(_ log: DiskLog, share: Int, of width: Int) -> [Cut] {
        var cuts = log.boundaries.flatMap { after in Disk.Loss.allCases.map { Cut(after: after, loss: $0) } }
        // Between two syncs little more than what was not synced differs.
        let others = Set(0...log.records.count).subtracting(log.boundaries)
        if KillTests.isTorture { cuts += others.sorted().map { Cut(after: $0, loss: .some) } }
        var generator = SeededGenerator(seed: KillTests.seed)
        cuts.shuffle(using: &generator)
        let own = cuts.indices.filter { $0 % width == share }.map { cuts[$0] }
        return KillTests.isTorture ? own : Array(own.prefix(14))
    }
}

extension DiskLog {
    /// What a record is, for a person.
    fileprivate func name(of index: Int) -> String {
        guard records.indices.contains(index) else { return "the end" }
        let around = records[max(0, index - 3)...min(records.count - 1, index + 1)]
        return around.map { String("\($0)".prefix(120)) }.joined(separator: " | ")
    }
}
