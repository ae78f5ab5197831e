import Foundation
import Glibc
import Platform
import TestSupport
import Testing

/// The daemon is killed at each of its system calls that change the disk or reach another program, and started again.
@Suite("kill -9 at every system call", .serialized, .timeLimit(.minutes(120)))
struct KillTests {
    static let isTorture = ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] == "1"
    static let seed =
        ProcessInfo.processInfo.environment["ASSISTD_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)

    @Test("Before and after it, nothing is lost, and nothing sent twice without saying so")
    func everyPoint() async throws {
        let points = try await Self.points()
        let chosen = Self.chosen(points)
        let sum = Locked((runs: 0, kills: 0, uncertain: 0, doubled: 0))
        try await Self.inParallel(chosen) { rule in
            let outcome = try await Workload.run(Faults(rule), in: Installation(smtp: ""))
            #expect(outcome.findings == [], "\(rule), ASSISTD_SEED=\(Self.seed)")
            sum.withLock {
                $0.runs += 1
                $0.kills += outcome.wasKilled ? 1 : 0
                $0.uncertain += outcome.uncertain
                $0.doubled += outcome.doubled
            }
        }
        let (runs, kills, uncertain, doubled) = sum.current
        print(
            "kill -9 at system calls: \(points.count) points, \(runs) runs, \(kills) kills, \(uncertain) uncertain "
                + "attempts, \(doubled) messages twice at the desk (ASSISTD_SEED=\(Self.seed))")
        // The same calls are not made in each run: commits share syncs as they happen to meet.
        #expect(Double(kills) >= 0.8 * Double(runs))
    }

    /// All of them, before and after, in torture; otherwise one of each kind of call at each place.
    private static func chosen(_ points: [String]) -> [String] {
        var generator = SeededGenerator(seed: seed)
        let moments = points.flatMap { point in ["before", "after"].map { "\(point)=kill-\($0)" } }
            .shuffled(using: &generator)
        if isTorture { return moments }
        var kinds: Set<Substring> = []
        return moments.filter { kinds.insert($0[..<($0.lastIndex(of: ":") ?? $0.endIndex)]).inserted }
    }

    /// What a run without a crash goes through.
    private static func points() async throws -> [String] {
        let it = try Installation(smtp: "")
        let outcome = try await Workload.run(Faults(trace: it.folder("trace")), in: it)
        #expect(outcome.findings == [])
        #expect(outcome.uncertain == 0 && !outcome.wasKilled)
        return try it.folder.text(of: "trace").split(separator: "\n").filter { $0.hasPrefix("C ") }
            .map { String($0.dropFirst(2)) }
    }

    /// As many at a time as keep two processors busy.
    static func inParallel<Item: Sendable>(
        _ items: [Item], width: Int = 4, _ body: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, item) in items.enumerated() {
                if number >= width { try await group.next() }
                group.addTask { try await body(item) }
            }
            try await group.waitForAll()
        }
    }
}
