package import SupportDesk

/// What sends faxes: a fax server, a service, a program. One small protocol for all of them.
///
/// `ChannelFault` is thrown where the gateway itself is out of order and surely nothing was changed there.
package protocol FaxGateway: Sendable {
    /// As attempts name it: `hylafax fax.example.com:4559`. Names the gateway a job was given to.
    var endpoint: String { get }
    /// How long to wait between two questions about a job.
    var pollInterval: Duration { get }
    /// Whether `find` can clear up a hand-over whose answer was lost.
    var findsByTag: Bool { get }

    /// Whether it can be asked to call a job off.
    var callsOff: Bool { get }

    /// Hands a job over. Any doubt whether it was taken is an outcome, never a fault.
    func submit(_ job: FaxJob) async throws(ChannelFault) -> FaxHandover

    /// The job that carries a tag; nil where the gateway surely has none, finished ones included.
    func find(_ tag: FaxTag) async throws(ChannelFault) -> String?

    /// How a job does.
    func standing(of job: String) async throws(ChannelFault) -> FaxStanding

    /// Asks for a job to be called off; how it ended its standing tells then. False where that cannot be asked for.
    func callOff(_ job: String) async throws(ChannelFault) -> Bool

    /// Goes as far as it can without dialling, for `doctor`: login, modems, programs.
    ///
    /// - Returns: what was found, in words, where all is well.
    func examine() async throws(ChannelFault) -> Bilingual
}

extension FaxGateway {
    package var callsOff: Bool { true }
}

/// A fax ready to be handed over.
package struct FaxJob: Hashable, Sendable {
    package var tag: FaxTag
    package var number: FaxNumber
    package var plan: DialPlan
    /// A PDF file.
    package var document: [UInt8]
    package var pages: Int
    /// No more calls than this may be made for it.
    package var maximumCalls: Int

    package init(
        tag: FaxTag, number: FaxNumber, plan: DialPlan, document: [UInt8], pages: Int, maximumCalls: Int
    ) {
        self.tag = tag
        self.number = number
        self.plan = plan
        self.document = document
        self.pages = pages
        self.maximumCalls = maximumCalls
    }
}

/// What a gateway made of a job it was handed.
package enum FaxHandover: Hashable, Sendable {
    /// It was taken, and can be asked about under this name.
    case job(String)
    case over(FaxOutcome)
}

/// What a gateway says of a job.
package enum FaxStanding: Hashable, Sendable {
    case underWay(FaxProgress)
    case over(FaxOutcome)
    /// It knows of no such job.
    case unknown
}
