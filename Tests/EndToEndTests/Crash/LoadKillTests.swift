import ControlAPI
import Foundation
import Glibc
import Platform
import SupportDesk
import TestSupport
import Testing
import UnixSocketHTTP

/// The daemon is killed again and again while reports come in without end.
@Suite("kill -9 under load", .serialized, .timeLimit(.minutes(120)))
struct LoadKillTests {
    private static let connections = 4

    @Test("Whenever it is killed, nothing is lost, and nothing sent twice without saying so")
    func atRandom() async throws {
        let kills = KillTests.isTorture ? 500 : 10
        var generator = SeededGenerator(seed: KillTests.seed)
        let it = try Installation(smtp: "")
        let desk = try MailDesk()
        try it.configure(
            smtp: desk.server.plainSettings + "\nconnections = \(Self.connections)")
        let feeder = try Feeder(it.folder, seed: KillTests.seed)
        try feeder.drop(20)
        // As one leaves, the next one comes.
        let feeding = Task {
            for await event in desk.server.events { if case .message = event { try feeder.drop(1) } }
        }
        for number in 0..<kills {
            // Each attempt that is cut short keeps its report waiting for a while.
            try feeder.drop(Self.connections)
            let call = Int.random(in: 1...(1 << Int.random(in: 4...12, using: &generator)), using: &generator)
            let moment = Bool.random(using: &generator) ? "before" : "after"
            let life = try Life(it, number: number, faults: Faults("*:*:\(call)=kill-\(moment)"))
            let status = try await life.end()
            #expect(status == -SIGKILL, "\(it.log.suffix(2000))")
        }
        feeding.cancel()
        _ = await feeding.result
        let life = try Life(it, number: kills)
        try #require(await life.isReady(), "\(it.log.suffix(2000))")
        try await Self.settle(it)
        it.send(SIGTERM)
        #expect(try await life.end() == 0)

        var expected = CrashAudit.Expected(ends: [:], lostAnswers: kills * Self.connections)
        for subject in feeder.subjects { expected.ends[subject] = [.relayed] }
        expected.rejected = feeder.rejected
        let audit = try await CrashAudit.of(it, desk, expected)
        #expect(audit.findings == [], "ASSISTD_SEED=\(KillTests.seed)")
        print(
            "kill -9 under load: \(kills) kills, \(expected.ends.count) reports, \(expected.rejected.count) refused, "
                + "\(audit.uncertain) uncertain attempts, \(audit.doubled) messages twice or more at the desk "
                + "(ASSISTD_SEED=\(KillTests.seed))")
    }

    /// Asks for another attempt of what waits, until nothing does.
    private static func settle(_ it: Installation) async throws {
        let retry = try JSONEncoder().encode(InterventionRequest(action: "retry", references: [], state: "queued"))
        while true {
            try Task.checkCancellation()
            let last = try #require(try await it.get("/v1/events")["last"] as? Int)
            let isAllTaken = try it.folder.names(in: "spool/incoming").allSatisfy { $0.hasPrefix(".") }
            let counts = try #require(try await it.get("/v1/status")["counts"] as? [String: Int])
            if isAllTaken, counts["queued"] == 0, counts["sending"] == 0 { return }
            _ = try await it.send(
                UnixSocketRequest("/v1/interventions", body: .json(Array(retry)), timeout: .seconds(60)))
            _ = try await it.get("/v1/events?after=\(last)&wait=1")
        }
    }
}
