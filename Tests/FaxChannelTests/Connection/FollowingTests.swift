import FaxChannel
import SupportDesk
import TestSupport
import Testing

@Suite("Following a fax", .timeLimit(.minutes(1)))
struct FollowingTests {
    private func gateway(_ standing: Result<FaxStanding, ChannelFault>...) -> ScriptedGateway {
        ScriptedGateway(.init(standing: standing))
    }

    /// Lets time pass for a delivery until it is over.
    private func outcome(_ bench: Bench, _ progress: AttemptProgress? = nil) async -> AttemptResult? {
        await bench.time.passes { await bench.deliver(progress) }
    }

    @Test("Each change of what the gateway says is written once, as in “try 2/5: busy”")
    func progress() async throws {
        let waits = FaxProgress(),
            busy = FaxProgress(calls: 2, maximumCalls: 5, cause: .busy, text: "Busy signal detected")
        let bench = try Bench(
            gateway(
                .success(.underWay(waits)), .success(.underWay(busy)), .success(.underWay(busy)),
                .success(.over(.received))))
        #expect(await outcome(bench)?.fax == .received)
        #expect(bench.steps.dropFirst(2) == [.underWay(waits.sentence), .underWay(busy.sentence)])
        #expect(
            busy.sentence.english == "Fax: try 2/5: busy" && busy.sentence.french == "Fax : essai 2/5 : ligne occupée")
    }

    @Test("A gateway that does not answer keeps nobody from learning what became of the fax later")
    func silence() async throws {
        let bench = try Bench(gateway(.failure(.nobodyThere), .failure(.nobodyThere), .success(.over(.received))))
        #expect(await outcome(bench)?.fax == .received)
        #expect(bench.steps.count == 3)
    }

    @Test("One that does not answer for two days leaves the outcome uncertain, never failed")
    func silentForEver() async throws {
        let bench = try Bench(gateway(.failure(.nobodyThere)))
        let result = await outcome(bench)
        #expect(result?.fax?.kind == .uncertain(.vanished) && result?.outcome == .uncertain)
        #expect(bench.time.now - Sample.start > .seconds(2 * 86_400))
    }

    @Test("A job that a gateway no longer knows is uncertain, once it was asked three times")
    func vanished() async throws {
        let bench = try Bench(gateway(.success(.unknown)))
        #expect(await outcome(bench)?.fax?.kind == .uncertain(.vanished))
        #expect(bench.gateway.asks.filter { $0 == .standing("12") }.count == 3)
        let moving = try Bench(
            gateway(
                .success(.unknown), .success(.underWay(FaxProgress())), .success(.unknown), .success(.over(.received))))
        #expect(await outcome(moving)?.fax == .received)
    }

    @Test("A stop leaves the job to the gateway and the attempt open")
    func stop() async throws {
        let bench = try Bench(gateway(.success(.underWay(FaxProgress()))))
        let connection = bench.channel.makeConnection()
        let delivery = Task { await connection.deliver(Bench.parcel(), noting: bench.notes) }
        _ = await bench.time.pause()
        connection.interrupt()
        #expect(await delivery.value == nil)
    }

    @Test("A stop does not wait for a gateway that keeps silent")
    func silentStop() async throws {
        let gateway = ScriptedGateway(.init(isSilent: true))
        let bench = try Bench(gateway)
        let connection = bench.channel.makeConnection()
        let progress = bench.progress("7")
        let delivery = Task { await connection.deliver(Bench.parcel(progress), noting: bench.notes) }
        var questions = gateway.questions.makeAsyncIterator()
        #expect(await questions.next() == .standing("7"))
        connection.interrupt()
        #expect(await delivery.value == nil)
    }

    @Test("A hand-over that a stop meets has a while to end, and is looked for by the next start")
    func stopMeetsHandover() async throws {
        let gateway = ScriptedGateway(.init(isSilent: true))
        let bench = try Bench(gateway)
        let connection = bench.channel.makeConnection()
        let delivery = Task { await connection.deliver(Bench.parcel(), noting: bench.notes) }
        var questions = gateway.questions.makeAsyncIterator()
        _ = await questions.next()
        connection.interrupt()
        #expect(await bench.time.passes() == .seconds(15))
        #expect(await delivery.value == nil)
        #expect(bench.steps.count == 1)
    }

    @Test("A job that is under way for ever is called off and nobody's certainty")
    func endless() async throws {
        let bench = try Bench(gateway(.success(.underWay(FaxProgress()))))
        #expect(await outcome(bench)?.fax?.kind == .uncertain(.unclear))
        #expect(bench.gateway.asks.last == .callOff("12"))
        #expect(bench.time.now - Sample.start > .seconds(27 * 3600))
        // Said once, not at each question.
        #expect(bench.steps.count == 3)
    }

    @Test("A wish to call it off goes to the gateway at once; how it ended, its standing tells")
    func callOff() async throws {
        let bench = try Bench(gateway(.success(.underWay(FaxProgress()))))
        #expect(!bench.channel.callOff(Bench.reference))
        let delivery = Task { await bench.deliver() }
        _ = await bench.time.pause()
        bench.gateway.answer { $0.standing = [.success(.over(FaxOutcome(.calledOff, text: "Job aborted by request")))] }
        #expect(bench.channel.callOff(Bench.reference))
        #expect(await delivery.value?.fax?.kind == .calledOff)
        #expect(bench.gateway.asks.contains(.callOff("12")))
        #expect(!bench.channel.callOff(Bench.reference))
    }

    @Test("A gateway that cannot call off says so, and goes on")
    func cannotCallOff() async throws {
        let bench = try Bench(gateway(.success(.underWay(FaxProgress()))))
        bench.gateway.answer { $0.callOff = false }
        let delivery = Task { await bench.deliver() }
        _ = await bench.time.pause()
        bench.gateway.answer { $0.standing = [.success(.over(.received))] }
        #expect(bench.channel.callOff(Bench.reference))
        #expect(await bench.time.passes { await delivery.value }?.fax == .received)
        #expect(bench.steps.contains { $0.sentence.english.contains("does not call this fax off") })
    }

    // MARK: After a crash

    @Test("What an earlier run handed over is asked about and never handed over again")
    func takenUp() async throws {
        let bench = try Bench()
        #expect(await bench.deliver(bench.progress("7"))?.fax == .received)
        #expect(bench.gateway.asks == [.standing("7")])
    }

    @Test("A hand-over that broke off is looked for by its tag, and followed where it is found")
    func found() async throws {
        let bench = try Bench(ScriptedGateway(.init(find: [.success(nil), .failure(.nobodyThere), .success("9")])))
        #expect(await outcome(bench, bench.progress())?.fax == .received)
        #expect(bench.steps.last == .taken(job: "9") && bench.steps.count == 2)
        #expect(!bench.gateway.asks.contains { if case .submit = $0 { true } else { false } })
    }

    @Test("Only what is twice surely not there is handed over, and only while a gateway remembers what it did")
    func notFound() async throws {
        let fresh = try Bench()
        #expect(await outcome(fresh, fresh.progress())?.fax == .received)
        #expect(fresh.gateway.asks.map { if case .find = $0 { true } else { false } } == [true, true, false, false])
        let old = try Bench()
        #expect(await outcome(old, old.progress(age: .seconds(600)))?.fax?.kind == .uncertain(.handover))
        #expect(old.steps.isEmpty)
    }

    @Test("A gateway that cannot be asked by tag leaves a hand-over that broke off uncertain")
    func noTags() async throws {
        let bench = try Bench(ScriptedGateway(findsByTag: false))
        #expect(await bench.deliver(bench.progress())?.fax?.kind == .uncertain(.handover))
        #expect(bench.gateway.asks.isEmpty)
    }

    @Test("Where the gateway was changed or taken away meanwhile, nobody knows what became of the fax")
    func changed() async throws {
        let bench = try Bench()
        #expect(
            await bench.deliver(bench.progress("7", endpoint: "http interfax"))?.fax?.kind
                == .uncertain(.gatewayChanged))
        let gone = try Bench(isInService: false)
        let result = await gone.deliver(gone.progress("7"))
        #expect(result?.fax?.kind == .uncertain(.gatewayChanged) && result?.fault == nil)
        #expect(bench.gateway.asks.isEmpty)
    }
}
