import FaxChannel
import SupportDesk

/// A fax for trials.
enum FaxSample {
    static let document = Array("%PDF-1.7\n1 0 obj\n".utf8) + [0, 0xFF, 0x0A] + Array("%%EOF\n".utf8)

    static func job(attempt: Int = 2, number: String = "+33130417781", maximumCalls: Int = 3) throws -> FaxJob {
        FaxJob(
            tag: FaxTag(reference, attempt: attempt), number: try FaxNumber(number), plan: DialPlan(),
            document: document, pages: 2, maximumCalls: maximumCalls)
    }

    static var reference: Reference { Reference(number: 0x4F7_1234_5678) }
}

extension FaxHandover {
    /// What became of it, where that is known at once.
    var outcome: FaxOutcome? { if case .over(let outcome) = self { outcome } else { nil } }
}

extension FaxStanding {
    var outcome: FaxOutcome? { if case .over(let outcome) = self { outcome } else { nil } }
    var progress: FaxProgress? { if case .underWay(let progress) = self { progress } else { nil } }
}
