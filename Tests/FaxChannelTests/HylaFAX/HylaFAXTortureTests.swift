import Configuration
import Foundation
import SupportDesk
import TestSupport
import Testing

@testable import FaxChannel

/// Every way a call can end, over the line; minutes, hence when asked for only.
@Suite(
    "Every fault of a fax line", .serialized,
    .enabled(
        if: FaxLine.isAvailable && ProcessInfo.processInfo.environment["ASSISTD_TORTURE"] != nil,
        "\(FaxLine.obstacle ?? "ASSISTD_TORTURE is not set")"),
    .timeLimit(.minutes(10)))
struct HylaFAXTortureTests {
    private func outcome(
        of document: [UInt8]? = nil, calls: Int, suffering faults: (FaxLine) throws -> Void
    ) async throws -> FaxOutcome? {
        try await FaxLine.run { line in
            try faults(line)
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: line.port))
            let job = try #require(try await gateway.submit(try HylaFAXBench.job(document, calls: calls)).job)
            return try await line.outcome(of: job, gateway)
        }
    }

    @Test(
        "One call that fails before a page",
        arguments: [
            (FaxLine.Fault.noAnswer, FaxOutcome.Cause.noAnswer), (.noDialTone, .noDialTone), (.reject, .noFaxMachine),
            (.voice, .noFaxMachine), (.cut(after: 9), .handshake), (.noise(decibel: -35), .noFaxMachine),
        ])
    func unsent(fault: FaxLine.Fault, cause: FaxOutcome.Cause) async throws {
        let outcome = try await outcome(calls: 1) { try $0.suffers(fault) }
        #expect(outcome?.kind == .notSent(cause))
        #expect(outcome?.calls == 1)
    }

    @Test("Busy once, then sent")
    func busyOnce() async throws {
        let outcome = try await outcome(calls: 2) { try $0.suffers(.busy, calls: 1) }
        #expect(outcome?.kind == .delivered)
        #expect(outcome?.calls == 2)
    }

    @Test("A page that was sent and not confirmed is never called unsent, whatever the next call says")
    func unconfirmed() async throws {
        let alone = try await outcome(of: HylaFAXBench.pdf(pages: 1), calls: 1) { try $0.suffers(.cut(after: 14)) }
        #expect(alone?.kind == .uncertain(.unconfirmed))
        let busyThen = try await outcome(of: HylaFAXBench.pdf(pages: 1), calls: 2) { line in
            try Data("* cut:14 1\n* busy\n".utf8).write(to: URL(fileURLWithPath: line.home + "/control"))
        }
        #expect(busyThen?.text.hasPrefix("Busy signal detected") == true)
        #expect(busyThen?.kind == .uncertain(.brokeOff))
    }

    @Test("Hung up within a page")
    func hungUp() async throws {
        let outcome = try await outcome(calls: 1) { try $0.suffers(.hangUp(after: 17)) }
        #expect(outcome?.kind == .uncertain(.brokeOff))
    }

    @Test("Called off between two calls; another's job cannot be")
    func calledOff() async throws {
        try await FaxLine.run { line in
            try line.suffers(.busy)
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: line.port) { $0.hylafax.maxDials = 50 })
            let job = try #require(try await gateway.submit(try HylaFAXBench.job(calls: 50)).job)
            _ = try await line.waits(forCalls: 1)
            let stranger = HylaFAXGateway(HylaFAXBench.settings(port: line.port) { $0.hylafax.user = "other" })
            #expect(try await stranger.callOff(job) == false)
            #expect(try await gateway.callOff("1 ASD-AAAA-AAAA-AAAA/1") == false)
            #expect(try await gateway.callOff(job))
            #expect(try await line.outcome(of: job, gateway)?.kind == .calledOff)
        }
    }

    @Test("A modem that does not exist")
    func noModem() async throws {
        try await FaxLine.run { line in
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: line.port) { $0.hylafax.modem = "nix" })
            let job = try #require(try await gateway.submit(try HylaFAXBench.job()).job)
            #expect(try await line.outcome(of: job, gateway)?.kind == .refused(.job))
            let fault = await #expect(throws: ChannelFault.self) { try await gateway.examine() }
            #expect(fault?.kind == .configuration)
        }
    }
}
