import FaxChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Handing a fax over", .timeLimit(.minutes(1)))
struct HandingOverTests {
    private static let endpoint = "hylafax fax:4559"

    @Test("What is about to be handed over is written first, then the job's name; then the job is followed to its end")
    func order() async throws {
        let bench = try Bench()
        let result = await bench.deliver()
        #expect(result?.fax == .received && result?.outcome == .accepted && result?.endpoint == Self.endpoint)
        #expect(bench.steps == [.handingOver(endpoint: Self.endpoint, calls: 5), .taken(job: "12")])
        #expect(bench.gateway.asks == [.submit(Bench.tag, pages: 2, calls: 5), .standing("12")])
    }

    @Test("Nothing is handed over where it cannot be written that it is about to be")
    func unwritten() async throws {
        let bench = try Bench(refusing: .handingOver(endpoint: Self.endpoint, calls: 5))
        #expect(await bench.deliver() == nil)
        #expect(bench.gateway.asks.isEmpty)
    }

    @Test("A job whose name cannot be written is not followed: the next start finds it")
    func nameUnwritten() async throws {
        let bench = try Bench(refusing: .taken(job: "12"))
        #expect(await bench.deliver() == nil)
        #expect(bench.gateway.asks.count == 1)
    }

    @Test("A gateway that is out of order opens the breaker, and the fax keeps its turn")
    func fault() async throws {
        let bench = try Bench(ScriptedGateway(.init(submit: .failure(.nobodyThere))))
        let result = await bench.deliver()
        #expect(result?.fault == .nobodyThere && result?.outcome == .deferred && result?.fax == nil)
    }

    @Test("What a gateway says at once is the result; one that takes and tells nothing costs a call")
    func atOnce() async throws {
        for kind in [FaxOutcome.Kind.relayed, .refused(.document), .uncertain(.handover)] {
            let bench = try Bench(ScriptedGateway(.init(submit: .success(.over(FaxOutcome(kind, text: "said"))))))
            let result = await bench.deliver()
            #expect(result?.fax?.kind == kind && result?.text == "said")
            #expect(result?.fax?.calls == (kind == .refused(.document) ? 0 : 1))
            #expect(result?.fax?.pagesSpent == (kind == .refused(.document) ? 0 : 2))
        }
    }

    @Test("Without a gateway nothing is begun, and the fault says how to mend it")
    func noGateway() async throws {
        let bench = try Bench(isInService: false)
        let fault = try #require(await bench.deliver()?.fault)
        #expect(fault.kind == .configuration && fault.explanation.english.contains("fax.gateway"))
        #expect(await bench.channel.makeConnection().probe()?.kind == .configuration)
        #expect(bench.steps.isEmpty)
    }

    @Test("A page that cannot be made keeps the gateway out of it")
    func pages() async throws {
        struct Torn: Explained { let explanation = Bilingual(fr: "déchirée", en: "torn") }
        let bench = try Bench { _ in throw Torn() }
        let result = await bench.deliver()
        #expect(result?.outcome == .deferred && result?.fault == nil && result?.text.contains("torn") == true)
        let missing = ChannelFault(.configuration, fr: "absent", en: "missing")
        let other = try Bench { _ in throw missing }
        #expect(await other.deliver()?.fault == missing)
        #expect(bench.gateway.asks.isEmpty && other.gateway.asks.isEmpty)
    }

    @Test("No job may make more calls than are left for the day; they are booked before it goes")
    func calls() async throws {
        for (left, asked) in [(99, 5), (3, 3), (1, 1)] {
            let bench = try Bench(callsLeft: left)
            _ = await bench.deliver()
            #expect(bench.gateway.asks.first == .submit(Bench.tag, pages: 2, calls: asked))
            #expect(bench.steps.first == .handingOver(endpoint: Self.endpoint, calls: asked))
        }
        let bench = try Bench(callsLeft: 0)
        let result = await bench.deliver()
        #expect(result?.fault?.kind == .busy && bench.gateway.asks.isEmpty && bench.steps.isEmpty)
    }

    @Test("A stop before the hand-over leaves it undone")
    func stopped() async throws {
        let bench = try Bench()
        let connection = bench.channel.makeConnection()
        connection.interrupt()
        let result = await connection.deliver(Bench.parcel(), noting: bench.notes)
        #expect(result?.outcome == .deferred && result?.fault == nil && result?.fax == nil && result?.code == nil)
        #expect(bench.gateway.asks.isEmpty && bench.steps.isEmpty)
    }
}
