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

    /// Where the life before was killed: nowhere, with files admitted that still lie in the drop zone, with messages under
    /// way and after some had left.
    static let firstDeaths = [
        nil, "unlink:incoming:1=kill-before", "recv:mail:6=kill-before", "fdatasync:wal:9=kill-after",
    ]

    @Test("Before and after it, nothing is lost, and nothing sent twice without saying so", arguments: firstDeaths)
    func everyPoint(_ death: String?) async throws {
        let before = death.map { [Faults($0)] } ?? []
        let points = try await Self.points(after: before)
        // Not to take long with each change: one of each kind in the first life, some in those after a crash.
        let chosen = Array(Self.chosen(points).prefix(Self.isTorture || death == nil ? .max : 10))
        let sum = Locked((runs: 0, kills: 0, uncertain: 0, doubled: 0))
        try await Self.inParallel(chosen) { rule in
            let outcome = try await Workload.run(before + [Faults(rule)], in: Installation(smtp: ""))
            #expect(outcome.findings == [], "\(death ?? ""), \(rule), ASSISTD_SEED=\(Self.seed)")
            sum.withLock {
                $0.runs += 1
                $0.kills += outcome.kills > before.count ? 1 : 0
                $0.uncertain += outcome.uncertain
                $0.doubled += outcome.doubled
            }
        }
        let (runs, kills, uncertain, doubled) = sum.current
        print(
            "kill -9 at system calls\(death.map { " after \($0)" } ?? ""): \(points.count) points, \(runs) runs, \(kills) kills, \(uncertain) uncertain "
                + "attempts, \(doubled) messages twice at the desk (ASSISTD_SEED=\(Self.seed))")
        // The same calls are not made in each run: commits share syncs as they happen to meet.
        #expect(kills > 0 && (runs < 50 || Double(kills) >= 0.8 * Double(runs)))
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
    private static func points(after before: [Faults]) async throws -> [String] {
        let it = try Installation(smtp: "")
        let outcome = try await Workload.run(before + [Faults(trace: it.folder("trace"))], in: it)
        #expect(outcome.findings == [])
        #expect(outcome.uncertain <= before.count && outcome.kills == before.count)
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
