import Configuration
import SupportDesk
import TestSupport
import Testing

@testable import FaxChannel

/// What a real server cannot be made to do: to break off at the worst moment.
@Suite("A fax server with bad manners", .timeLimit(.minutes(1)))
struct HylaFAXDoubtTests {
    private typealias Step = ScriptedSMTPServer.Step

    private static let login: [Step] = [
        .reply("220 ready"), .expect("USER assistd"), .reply("230 in"), .expect("TZONE GMT"), .reply("200 ok"),
    ]

    private static func submission(data: Int, upTo end: [Step]) -> [Step] {
        var steps = login
        for verb in ["FORM PDF", "TYPE I", "MODE S"] { steps += [.expect(verb), .reply("200 ok")] }
        steps += [
            .expect("EPSV"), .reply("229 (|||\(data)|)"), .expect("STOT"),
            .reply("150 FILE: /tmp/doc1.pdf (data)\n226 done"), .expect("JNEW"),
            .reply("200 New job created: jobid: 12 groupid: 12."),
        ]
        for _ in 0..<13 { steps += [.expect("JPARM"), .reply("213 ok")] }
        return steps + [.expect("JSUBM")] + end
    }

    /// Looks through three queues at most.
    private static func lists(data: Int) -> [Step] {
        var steps = login
        for queue in ["sendq", "doneq", "sendq"] {
            steps += [
                .expect("JOBFMT"), .reply("200 ok"), .expect("EPSV"), .reply("229 (|||\(data)|)"),
                .expect("LIST \(queue)"), .reply("150 data\n226 done"),
            ]
        }
        return steps + [.expect("QUIT"), .reply("221 bye")]
    }

    /// Hands a job over to a server that ends so; where it is asked again, it lists such a job.
    private func submit(_ end: [Step], listed: (FaxTag) -> String? = { _ in nil }) async throws -> FaxHandover {
        let job = try HylaFAXBench.job()
        let lines = listed(job.tag).map { [Step.reply($0), .close] } ?? [.close]
        return try await ScriptedSMTPServer.run([.part(1_000_000)]) { document in
            try await ScriptedSMTPServer.run(lines) { list in
                try await ScriptedSMTPServer.run(
                    Self.submission(data: document.port, upTo: end), Self.lists(data: list.port)
                ) { server in
                    try await HylaFAXGateway(HylaFAXBench.settings(port: server.port)).submit(job)
                }
            }
        }
    }

    private static let losses: [[Step]] = [
        [.close], [.reset], [.reply("garbage")], [.raw(Array("200 Job 12 sub".utf8)), .close],
        [.reply("200-Job 12"), .close], [.reply("200-x\n" + String(repeating: "x\n", count: 300))],
    ]

    @Test("An answer to JSUBM that was lost leaves a doubt", arguments: losses.indices)
    func lost(index: Int) async throws {
        guard case .over(let outcome) = try await submit(Self.losses[index]) else {
            Issue.record("no outcome")
            return
        }
        #expect(outcome.kind == .uncertain(.handover))
        #expect(!outcome.text.isEmpty)
    }

    @Test("A job whose answer was lost is found by its tag", arguments: losses.indices)
    func found(index: Int) async throws {
        var tag: FaxTag?
        let handover = try await submit(Self.losses[index]) { wanted in
            tag = wanted
            return "11|W|0|2|0|0|0|ASD-AAAA-AAAA-AAAA/1|\n12|W|0|2|0|0|0|\(wanted)|"
        }
        #expect(handover == .job("12 \(try #require(tag))"))
    }

    @Test("A line of ours that cannot be read is no proof that there is none")
    func unreadable() async throws {
        let tag = try HylaFAXBench.job().tag
        try await ScriptedSMTPServer.run([.reply("12|W|\(tag)"), .close]) { list in
            try await ScriptedSMTPServer.run(Self.lists(data: list.port)) { server in
                let gateway = HylaFAXGateway(HylaFAXBench.settings(port: server.port))
                let fault = await #expect(throws: ChannelFault.self) { try await gateway.find(tag) }
                #expect(fault?.kind == .unreachable)
            }
        }
    }

    @Test("Before JSUBM nothing was taken, whatever happens")
    func before() async throws {
        let scripts: [([Step], ChannelFault.Kind)] = [
            ([.close], .unreachable), ([.reply("421 too many")], .busy), ([.reply("SSH-2.0")], .unreachable),
            ([.reply("220 x"), .expect("USER"), .reply("530 no")], .authentication),
            ([.reply("220 x"), .expect("USER"), .reply("331 password")], .authentication),
            (Self.login + [.expect("FORM"), .reset], .unreachable),
            (Self.login + [.expect("FORM"), .reply("421 shutdown")], .busy),
        ]
        for (script, kind) in scripts {
            try await ScriptedSMTPServer.run(script) { server in
                let gateway = HylaFAXGateway(HylaFAXBench.settings(port: server.port))
                let job = try HylaFAXBench.job()
                let fault = await #expect(throws: ChannelFault.self) { try await gateway.submit(job) }
                #expect(fault?.kind == kind)
            }
        }
    }

    @Test("A server that does not say anything is given up when its time is over")
    func silent() async throws {
        try await ScriptedSMTPServer.run([.stall]) { server in
            let time = ManualTime(Timestamp(milliseconds: 0))
            let gateway = HylaFAXGateway(HylaFAXBench.settings(port: server.port), sleeper: time.sleeper)
            let tag = try HylaFAXBench.job().tag
            let answer = Task { try await gateway.find(tag) }
            #expect(await time.passes() == HylaFAXBench.settings(port: 1).timeouts.reply)
            let fault = await #expect(throws: ChannelFault.self) { try await answer.value }
            #expect(fault?.explanation.english.contains("does not answer") == true)
        }
    }

    @Test("A value that would be a second command is not said")
    func injection() async throws {
        try await ScriptedSMTPServer.run([.reply("220 x"), .line]) { server in
            let settings = HylaFAXBench.settings(port: server.port) { $0.hylafax.user = "a\r\nJKILL 1" }
            let tag = try HylaFAXBench.job().tag
            let fault = await #expect(throws: ChannelFault.self) { try await HylaFAXGateway(settings).find(tag) }
            #expect(fault?.kind == .configuration)
            #expect(server.commands.isEmpty)
        }
    }
}
