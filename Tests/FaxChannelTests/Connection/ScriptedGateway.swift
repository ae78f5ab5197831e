import FaxChannel
import Platform
import SupportDesk
import TestSupport

/// A gateway that answers what the test says, and keeps what it was asked.
final class ScriptedGateway: FaxGateway {
    enum Ask: Hashable, Sendable {
        case submit(FaxTag, pages: Int, calls: Int)
        case find(FaxTag)
        case standing(String)
        case callOff(String)
    }

    struct Answers: Sendable {
        var submit: Result<FaxHandover, ChannelFault> = .success(.job("12"))
        /// The last one is given again and again.
        var find: [Result<String?, ChannelFault>] = [.success(nil)]
        var standing: [Result<FaxStanding, ChannelFault>] = [.success(.over(.received))]
        var callOff = true
        /// It takes every question and answers none.
        var isSilent = false
    }

    let endpoint: String
    let findsByTag: Bool
    let pollInterval = Duration.seconds(15)
    private let answers: Locked<Answers>
    private let asked = Locked<[Ask]>([])
    /// Each question as it comes.
    let questions: AsyncStream<Ask>
    private let announce: AsyncStream<Ask>.Continuation
    private let silence = AsyncStream.makeStream(of: Void.self)

    init(_ answers: Answers = Answers(), endpoint: String = "hylafax fax:4559", findsByTag: Bool = true) {
        self.answers = Locked(answers)
        self.endpoint = endpoint
        self.findsByTag = findsByTag
        (questions, announce) = AsyncStream.makeStream()
    }

    var asks: [Ask] { asked.current }

    func answer(_ change: (inout Answers) -> Void) { answers.withLock { change(&$0) } }

    private func note(_ ask: Ask) {
        asked.withLock { $0.append(ask) }
        announce.yield(ask)
    }

    func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover {
        note(.submit(job.tag, pages: job.pages, calls: job.maximumCalls))
        await keepSilent()
        return try answers.current.submit.get()
    }

    func find(_ tag: FaxTag) async throws(ChannelFault) -> String? {
        note(.find(tag))
        return try answers.withLock { Self.next(&$0.find) }.get()
    }

    func standing(of job: String) async throws(ChannelFault) -> FaxStanding {
        note(.standing(job))
        await keepSilent()
        return try answers.withLock { Self.next(&$0.standing) }.get()
    }

    func callOff(_ job: String) async throws(ChannelFault) -> Bool {
        note(.callOff(job))
        return answers.current.callOff
    }

    func examine() async throws(ChannelFault) -> Bilingual { Bilingual(fr: "prêt", en: "ready") }

    private func keepSilent() async {
        guard answers.current.isSilent else { return }
        for await _ in silence.stream { break }
    }

    private static func next<Value>(_ list: inout [Value]) -> Value {
        list.count > 1 ? list.removeFirst() : list[0]
    }
}

extension FaxOutcome {
    static let received = FaxOutcome(.delivered, code: 200, text: "", calls: 1, pages: 2, totalPages: 2)
}

/// One connection under test: what it writes, and the time it lives in.
struct Bench {
    let gateway: ScriptedGateway
    let time = ManualTime(Sample.start)
    let channel: FaxChannel
    private let written = Locked<[AttemptStep]>([])
    private let refused: Locked<AttemptStep?>

    /// - Parameters:
    ///   - isInService: false where no gateway is configured any more.
    ///   - refusing: a step that cannot be written.
    init(
        _ gateway: ScriptedGateway = ScriptedGateway(), isInService: Bool = true, refusing: AttemptStep? = nil,
        callsLeft: Int = .max,
        pages: @escaping @Sendable (Parcel) async throws -> FaxPages = { _ in FaxPages(document: [1], count: 2) }
    ) throws {
        self.gateway = gateway
        refused = Locked(refusing)
        let number = try FaxNumber("+33130417781")
        channel = FaxChannel(
            FaxChannel.Sources(
                settings: {
                    FaxSettings(gateway: isInService ? gateway : nil, number: number, plan: DialPlan())
                }, pages: pages, callsLeft: { callsLeft }, clock: time.clock, sleeper: time.sleeper))
    }

    var steps: [AttemptStep] { written.current }

    var notes: AttemptNotes {
        AttemptNotes { [written, refused] step in
            if step == refused.current { return false }
            written.withLock { $0.append(step) }
            return true
        }
    }

    static let reference = Sample.admission(1).submission.reference
    static let tag = FaxTag(reference, attempt: 1)

    static func parcel(_ progress: AttemptProgress? = nil) -> Parcel {
        var parcel = Parcel(reference: reference, attempt: 1, content: .bytes([]))
        parcel.progress = progress
        return parcel
    }

    func deliver(_ progress: AttemptProgress? = nil) async -> AttemptResult? {
        await channel.makeConnection().deliver(Self.parcel(progress), noting: notes)
    }

    /// What an earlier run wrote, so long ago.
    func progress(
        _ job: String? = nil, age: Duration = .seconds(30), endpoint: String = "hylafax fax:4559"
    ) -> AttemptProgress {
        AttemptProgress(endpoint: endpoint, handedAt: time.now - age, job: job)
    }
}
