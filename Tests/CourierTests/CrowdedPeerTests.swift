import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import Testing

@testable import Courier

/// A peer that takes two at a time and turns the others away, in the words of RFC 5321, 3.8.
private actor Counter {
    private var inside = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false
    private(set) var turnedAway = 0

    private static let busy = AttemptResult(
        .deferred, code: 421, text: "Too many connections", fault: ChannelFault(.busy, fr: "occupé", en: "busy"),
        endpoint: "desk:25")

    func serve() async -> AttemptResult {
        if inside == 2 {
            turnedAway += 1
            if turnedAway == 2 { crowded?.resume() }
            return Self.busy
        }
        inside += 1
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        inside -= 1
        return .accepted
    }

    private var crowded: CheckedContinuation<Void, Never>?

    /// Returns once two were turned away.
    func isCrowded() async {
        if turnedAway < 2 { await withCheckedContinuation { crowded = $0 } }
    }

    func open() {
        isOpen = true
        for one in waiting { one.resume() }
        waiting.removeAll()
    }
}

@Suite("The courier and a crowded peer", .timeLimit(.minutes(1)))
struct CrowdedPeerTests {
    @Test("where a peer takes no more connections, the others go on, fewer are used, and the channel stays open")
    func crowded() async throws {
        let counter = Counter()
        let probes = Locked(0)
        let channel = ScriptedChannel(fault: {
            probes.withLock { $0 += 1 }
            return nil
        }) { _ in await counter.serve() }
        let office = try await Office(connections: 4, channel: channel)
        try await office.whileRunning { office in
            let admissions = (1...8).map { Sample.admission($0) }
            try await office.journal.admit(admissions)
            office.courier.lookAgain()
            await counter.isCrowded()
            await counter.open()
            for one in admissions.dropFirst(4) {
                _ = try await office.journal.submission(one.submission.reference) { $0.state == .relayed }
            }
            // Those that were turned away wait for a second.
            office.time.advance(by: .seconds(1))
            office.courier.lookAgain()
            for one in admissions {
                _ = try await office.journal.submission(one.submission.reference) { $0.state == .relayed }
            }
            #expect(await office.courier.crowd.limit == 2)
        }
        #expect(await counter.turnedAway == 2)
        #expect(probes.current == 0)
    }
}
