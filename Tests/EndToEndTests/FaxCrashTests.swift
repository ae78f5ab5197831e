import Foundation
import Glibc
import Platform
import TestSupport
import Testing

/// The daemon is killed at each line that it and a real HylaFAX say to each other.
@Suite(
    "A fax and kill -9", .serialized, .enabled(if: FaxLine.isAvailable, "\(FaxLine.obstacle ?? "")"),
    .timeLimit(.minutes(30)))
struct FaxCrashTests {
    /// Which line of those said while a fax is handed over, and at what moment of it.
    struct Point: Hashable, Sendable, CustomTestStringConvertible {
        var request: Int
        var moment: LineProxy.Moment
        var testDescription: String { "\(moment) \(request)" }
    }

    /// How the conversation was cut, and counts requests until then.
    private final class Killer: Sendable {
        private struct State {
            var requests: [String] = []
            var isDone = false
        }

        private let state = Locked(State())
        private let point: Point?
        private let kill: @Sendable () -> Void

        init(at point: Point?, kill: @escaping @Sendable () -> Void) {
            self.point = point
            self.kill = kill
        }

        var requests: [String] { state.current.requests }

        func act(_ moment: LineProxy.Moment, _ line: String) -> LineProxy.Course {
            let isTime = state.withLock { state in
                if moment == .heard { state.requests.append(line) }
                guard let point, !state.isDone, point.moment == moment, state.requests.count == point.request + 1 else {
                    return false
                }
                state.isDone = true
                return true
            }
            guard isTime else { return .goOn }
            kill()
            // What was already passed on stays passed on; the rest goes down with the process.
            return moment == .heard ? .hangUp : .goOn
        }
    }

    /// Sends a report by fax, kills the daemon at a point, starts it again, and waits until it knows what it has.
    ///
    /// - Returns: how many jobs the server has of it, its state, and what was said.
    private func run(_ line: FaxLine, killedAt point: Point?) async throws -> (jobs: Int, state: String, said: [String])
    {
        let process = Locked<Installation?>(nil)
        let killer = Killer(at: point) { process.current?.send(SIGKILL) }
        let proxy = try LineProxy(to: line.port) { killer.act($0, $1) }
        defer { proxy.stop() }
        let it = try FaxLineTests.installation(proxy.port)
        process.withLock { $0 = it }
        defer { process.withLock { $0 = nil } }
        try await it.start()
        try it.drop(FaxLineTests.report)
        if point != nil {
            #expect(try await it.ends() == -SIGKILL)
            try await it.start()
        }
        let ends = try await it.tells {
            $0.hasPrefix("Taken by the gateway") || $0.hasPrefix("Fax not sent") || $0.hasPrefix("Outcome of the fax")
        }
        let jobs = try Self.jobs(of: ends[0].reference, at: line)
        let said = killer.requests
        _ = try await it.assistctl("cancel", ends[0].reference)
        try await it.end()
        return (jobs, ends[0].state, said)
    }

    /// Jobs of a submission in the office's queues, done or not.
    private static func jobs(of reference: String, at line: FaxLine) throws -> Int {
        let files = FileManager.default
        return try ["sendq", "doneq"].flatMap { queue in
            let folder = line.home + "/office/" + queue
            return try files.contentsOfDirectory(atPath: folder).compactMap {
                files.contents(atPath: folder + "/" + $0)
            }
        }
        .filter { String(decoding: $0, as: UTF8.self).contains("jobtag:\(reference)/") }.count
    }

    @Test("Killed while a job is submitted, it is submitted exactly once", arguments: LineProxy.Moment.allCases)
    func submission(_ moment: LineProxy.Moment) async throws {
        try await FaxLine.run { line in
            try line.suffers(.busy)
            let said = try await run(line, killedAt: nil).said
            let request = try #require(said.firstIndex { $0.hasPrefix("JSUBM") })
            let (jobs, state, _) = try await run(line, killedAt: Point(request: request, moment: moment))
            #expect(jobs == 1 || jobs == 0 && state == "held", "\(jobs) jobs, \(state)")
        }
    }

    @Test(
        "Killed at any line at all, it is submitted exactly once or held",
        .enabled(if: ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] == "1", "a long run: ASSISTD_TORTURE=1"))
    func anywhere() async throws {
        try await FaxLine.run { line in
            try line.suffers(.busy)
            let said = try await run(line, killedAt: nil).said
            for request in said.indices {
                for moment in LineProxy.Moment.allCases {
                    let (jobs, state, _) = try await run(line, killedAt: Point(request: request, moment: moment))
                    #expect(
                        jobs == 1 || jobs == 0 && state == "held",
                        "killed when \(moment) \(said[request]): \(jobs) jobs, \(state)")
                }
            }
        }
    }
}

extension Installation {
    /// Waits until the daemon is gone; the exit status, or minus the signal.
    func ends() async throws -> Int32 { try await end(with: 0) }
}
