import Logging
import SupportDesk

/// What was taken in, for the log.
extension Intake {
    func log(_ submission: Submission) {
        var metadata: Logger.Metadata = [
            "reference": "\(submission.reference)", "state": "\(submission.state.rawValue)",
            "license": "\(submission.license)", "submitter": "\(submission.submitter.name)",
            "size": "\(submission.size)",
        ]
        if submission.kind != .report { metadata["kind"] = "\(submission.kind.rawValue)" }
        if case .spool(let file) = submission.source { metadata["file"] = "\(file.masked.harmless)" }
        if let reason = submission.reason { metadata["reason"] = "\(reason.code.rawValue)" }
        logger.log(level: submission.state == .rejected ? .notice : .info, "taken in", metadata: metadata)
    }
}
