import Configuration
import SupportDesk
import TestSupport
import Testing

@testable import FaxChannel

/// Over a real HylaFAX and a line in software. One line for all, hence one after the other.
@Suite(
    "HylaFAX over a fax line", .serialized,
    .enabled(if: FaxLine.isAvailable, "\(FaxLine.obstacle ?? "HylaFAX is here")"),
    .timeLimit(.minutes(5)))
struct HylaFAXLineTests {
    @Test("Two pages arrive; the job is found by its tag in both queues")
    func delivered() async throws {
        try await FaxLine.run { line in
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: line.port))
            let job = try HylaFAXBench.job()
            #expect(try await gateway.find(job.tag) == nil)
            let name = try #require(try await gateway.submit(job).job)
            #expect(name.hasSuffix(" \(job.tag)"))
            #expect(try await gateway.find(job.tag) == name)
            let outcome = try #require(try await line.outcome(of: name, gateway))
            #expect(outcome.kind == .delivered)
            #expect(outcome.calls == 1)
            #expect(outcome.pages == 2)
            #expect(outcome.totalPages == 2)
            #expect(try await gateway.find(job.tag) == name)
            let arrived = try await line.waits(forReceptions: 1)
            #expect(arrived.map { $0.pages.map(\.width) } == [[1728, 1728]])
            #expect(arrived.map { $0.pages.map(\.resolution) } == [[196, 196]])
            #expect(try await line.waits(forCalls: 1).map(\.dialled) == ["0130417781"])
            // Another job of this number, as when the server was set up anew.
            let other = name.prefix { $0 != " " } + " ASD-AAAA-AAAA-AAAA/1"
            #expect(try await gateway.standing(of: String(other)) == .unknown)

            try line.suffers(.busy)
            let busy = try HylaFAXBench.job()
            let second = try #require(try await gateway.submit(busy).job)
            let ending = try #require(try await line.outcome(of: second, gateway))
            #expect(ending.kind == .notSent(.busy))
            #expect(ending.calls == 2)

            let broken = try HylaFAXBench.job(Array("%PDF-1.4\nbroken".utf8))
            let third = try #require(try await gateway.submit(broken).job)
            #expect(try await line.outcome(of: third, gateway)?.kind == .refused(.document))

            #expect(try await gateway.examine().english.contains(line.modem))
        }
    }

    @Test("Where the scheduler is down, that is a fault, and no job is left")
    func schedulerDown() async throws {
        try await FaxLine.run(.hfaxd) { line in
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: line.port))
            let job = try HylaFAXBench.job()
            let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(job) }
            #expect(fault?.kind == .busy)
            #expect(try await gateway.find(job.tag) == nil)
            let found = await #expect(throws: ChannelFault.self) { try await gateway.examine() }
            #expect(found?.kind == .busy)
        }
    }

    @Test("A password is told where one is wanted", arguments: [nil, "ASSISTD_FAX_WRONG", "ASSISTD_FAX_PASSWORD"])
    func password(variable: String?) async throws {
        try await FaxLine.run(.hfaxd) { line in
            let settings = HylaFAXBench.settings(port: line.port) {
                $0.hylafax.user = line.guardedUser
                $0.hylafax.passwordFile = variable.map { .environment($0) }
            }
            let tag = try HylaFAXBench.job().tag
            let gateway = HylaFAXGateway(settings)
            if variable == "ASSISTD_FAX_PASSWORD" {
                #expect(try await gateway.find(tag) == nil)
            } else {
                let fault = await #expect(throws: ChannelFault.self) { try await gateway.find(tag) }
                #expect(fault?.kind == .authentication)
            }
        }
    }
}
