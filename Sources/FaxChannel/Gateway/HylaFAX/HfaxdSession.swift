import Platform
import SMTPChannel
import SupportDesk

/// A login at hfaxd, and what can be asked there.
struct HfaxdSession {
    let line: HfaxdLine
    let settings: HylaFAXSettings

    enum Queue: String {
        case waiting = "sendq"
        case finished = "doneq"
    }

    /// Logs in for the length of the body.
    static func run<Value: Sendable>(
        _ settings: HylaFAXSettings, _ sleeper: Sleeper,
        _ body: (HfaxdSession) async throws(ChannelFault) -> Value
    ) async throws(ChannelFault) -> Value {
        try await HfaxdLine.open(settings, sleeper) { line throws(ChannelFault) in
            let session = HfaxdSession(line: line, settings: settings)
            try await session.logIn()
            let value = try await body(session)
            await line.leave()
            return value
        }
    }

    private func logIn() async throws(ChannelFault) {
        let greeting = try await line.greeting()
        guard greeting.code == 220 else { throw .hfaxdRefusal(line.place, "220", greeting) }
        var reply = try await line.say("USER \(settings.user)")
        if reply.code == 331 || reply.code == 332 {
            guard let secret = settings.password else { throw .hfaxdWantsPassword(line.place, user: settings.user) }
            let password = try secret.read()
            reply = try await line.say("PASS \(password)", as: "PASS")
            // A server may repeat what it was told.
            reply.lines = reply.lines.map { $0.replacing(password, with: "…") }
        }
        guard reply.code == 230 else { throw .hfaxdRefusal(line.place, "USER", reply) }
        try await line.demand("TZONE GMT")
    }

    // MARK: Jobs

    /// Prepares a job up to the point where only the word is missing; its number, or why the server will not have it.
    func prepare(_ job: FaxJob) async throws(ChannelFault) -> Result<Int, Refused> {
        try await line.demand("FORM PDF")
        try await line.demand("TYPE I")
        try await line.demand("MODE S")
        let stored = try await line.send(job.document, "STOT")
        let made = try await line.demand("JNEW")
        guard let document = stored.word(after: "FILE:"), let id = made.number(after: "jobid:") else {
            throw .hfaxdStrange(line.place, made.words)
        }
        for parameter in HylaFAXParameter.all(of: job, settings, document: document) {
            let reply = try await line.say("JPARM \(parameter.name) \(parameter.value)")
            if reply.isPositive || (reply.code >= 500 && reply.code != 530 && parameter.isOptional) { continue }
            guard let refusal = parameter.refusal, reply.code >= 500, reply.code != 530 else {
                throw .hfaxdRefusal(line.place, "JPARM \(parameter.name)", reply)
            }
            return .failure(Refused(refusal: refusal, reply: reply))
        }
        return .success(id)
    }

    /// The server will not have a job.
    struct Refused: Error {
        var refusal: FaxOutcome.Refusal
        var reply: HfaxdReply
    }

    /// The jobs of a queue.
    ///
    /// - Parameter ours: whether a line that cannot be read may be the one looked for: then it must not be passed over.
    func jobs(
        in queue: Queue, unreadable ours: (String) -> Bool
    ) async throws(ChannelFault) -> [HylaFAXJobState] {
        try await line.demand("JOBFMT \"\(HylaFAXJobState.format)\"")
        var jobs: [HylaFAXJobState] = []
        for text in try await line.list("LIST \(queue.rawValue)") {
            do throws(HylaFAXJobState.Malformed) {
                jobs.append(try HylaFAXJobState(line: text))
            } catch {
                if ours(text) { throw .hfaxdStrange(line.place, error.line) }
            }
        }
        return jobs
    }

    /// The first job that fits, wherever it is. A job moves from one queue to the other at any moment: the first one is
    /// looked through again before there is none.
    func job(
        unreadable ours: (String) -> Bool, where fits: ([HylaFAXJobState]) -> HylaFAXJobState?
    ) async throws(ChannelFault) -> HylaFAXJobState? {
        for queue in [Queue.waiting, .finished, .waiting] {
            if let job = fits(try await jobs(in: queue, unreadable: ours)) { return job }
        }
        return nil
    }
}
