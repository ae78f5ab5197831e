import Foundation
import Glibc
import Platform
import TestSupport
import Testing

/// Each of the daemon's system calls fails with each error that fits it, once and for a while.
@Suite("Each error at each call", .serialized, .timeLimit(.minutes(60)))
struct EachErrorTests {
    /// The errors a call can meet on a disk.
    private static let diskErrors: [String: [Int32]] = [
        "create": [ENOSPC, EDQUOT, EIO, EMFILE, EACCES, EROFS], "mkdir": [ENOSPC, EDQUOT, EIO, EACCES, EROFS],
        "write": [ENOSPC, EDQUOT, EIO, EROFS], "truncate": [ENOSPC, EIO, EROFS], "allocate": [ENOSPC, EIO],
        "fsync": [EIO, ENOSPC, EDQUOT], "fdatasync": [EIO, ENOSPC, EDQUOT], "syncfs": [EIO, ENOSPC],
        "rename": [ENOSPC, EDQUOT, EIO, EACCES, EROFS], "link": [ENOSPC, EIO, EACCES, EROFS],
        "unlink": [EIO, EACCES, EROFS], "rmdir": [EIO, EACCES, EROFS], "chmod": [EIO, EPERM, EROFS],
        "chown": [EIO, EPERM, EROFS], "setxattr": [EIO, ENOSPC, EPERM],
        "utimes": [EIO, EPERM, EROFS], "open": [EMFILE, EACCES, EIO], "read": [EIO],
        "stat": [EIO, EACCES], "statfs": [EIO], "readdir": [EIO], "inotify_init": [EMFILE],
        "inotify_watch": [ENOSPC], "bind": [EACCES],
    ]
    /// And on a socket.
    private static let socketErrors: [String: [Int32]] = [
        "connect": [ECONNREFUSED, ETIMEDOUT], "send": [ECONNRESET], "write": [EPIPE], "recv": [ECONNRESET],
        "read": [ECONNRESET], "accept": [EMFILE], "socket": [EMFILE], "bind": [EACCES], "listen": [EMFILE],
    ]
    /// What a sender may not be read of is refused, and another user's folder left where it is: no trouble of the disk.
    private static let others: [String: Int32] = [
        "open:incoming": EACCES, "stat:incoming": EACCES, "unlink:incoming": EACCES, "rmdir:incoming": EACCES,
    ]

    /// Whose failures the log has to tell.
    private static let said = [
        "create:content", "write:content", "fsync:content", "write:receipts", "rename:receipts",
        "create:receipts", "write:rejected", "rename:rejected", "fsync:rejected", "unlink:incoming", "mkdir:",
    ]
    private static let sample = ProcessInfo.processInfo.environment["ASSISTD_SAMPLE"].flatMap { Int($0) } ?? 24

    private static func trials() async throws -> [FaultTrial] {
        let it = try Installation(smtp: "")
        let outcome = try await Workload.run([Faults(trace: it.folder("trace"))], in: it)
        #expect(outcome.findings == [])
        // How often each call is made at its place.
        var counts: [String: Int] = [:]
        for line in try it.folder.text(of: "trace").split(separator: "\n") {
            let parts = line.dropFirst(2).split(separator: ":")
            guard parts.count == 3, !line.hasPrefix("! ") else { continue }
            counts["\(parts[0]):\(parts[1])", default: 0] += 1
        }
        var trials: [FaultTrial] = []
        for (call, count) in counts.sorted(by: { $0.key < $1.key }) {
            let parts = call.split(separator: ":").map(String.init)
            let isSocket = ["mail", "control", "local", "inet"].contains(parts[1])
            for error in (isSocket ? socketErrors : diskErrors)[parts[0]] ?? [] where others[call] != error {
                // Once at each of them, and three times in a row from each third on.
                for number in 1...count { trials.append(FaultTrial(call: call, error: error, numbers: [number])) }
                for number in stride(from: 1, through: count, by: 3) {
                    trials.append(FaultTrial(call: call, error: error, numbers: [number, number + 1, number + 2]))
                }
            }
        }
        return trials
    }

    @Test("The daemon does not crash, loses, invents and repeats nothing, says what is wrong, and heals")
    func everyCall() async throws {
        let all = try await Self.trials()
        var generator = SeededGenerator(seed: KillTests.seed)
        // Some of many, as the messages of failed ones name them: ASSISTD_TRIAL='write:wal EIO [7];fsync:db EIO [2]'.
        let only = ProcessInfo.processInfo.environment["ASSISTD_TRIAL"]?.split(separator: ";").map(String.init)
        let sample = KillTests.isTorture ? all : Array(all.shuffled(using: &generator).prefix(Self.sample))
        let chosen = only.map { only in all.filter { only.contains($0.name) } } ?? sample
        let sum = Locked((runs: 0, failures: 0, restarts: 0, silent: [String]()))
        try await KillTests.inParallel(chosen) { trial in
            let outcome = await trial.outcome()
            #expect(outcome.findings == [], "\(trial.name), ASSISTD_SEED=\(KillTests.seed)\n\(outcome.log)")
            sum.withLock {
                $0.runs += 1
                $0.failures += outcome.failures
                $0.restarts += outcome.restarts
                if outcome.failures > 0, !outcome.isTold { $0.silent.append(trial.name) }
            }
        }
        let (runs, failures, restarts, silent) = sum.current
        // What only delays something that is tried again at once, and what whoever asked is told, need not be logged.
        let unsaid = silent.filter { name in Self.said.contains { name.hasPrefix($0) } }
        #expect(unsaid == [], "ASSISTD_SEED=\(KillTests.seed)")
        print(
            "errors at system calls: \(runs) of \(all.count) runs, \(failures) calls failed, \(restarts) restarts "
                + "(ASSISTD_SEED=\(KillTests.seed))")
        #expect(failures > runs / 2)
    }
}
