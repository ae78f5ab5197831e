package import SupportDesk

/// Everything a message is made of that differs from report to report.
package struct MailDraft: Hashable, Sendable {
    package var reference: Reference
    package var receivedAt: Timestamp
    /// The normalised licence number.
    package var license: String
    package var report: Report
    /// What goes with the message: those that came inside the report and those that lay beside it.
    package var attachments: [Attachment]
    /// What gives the right to assistance, in the desk's language; nil where nothing is known.
    package var contract: String?
    /// What the desk should know beside the report, in its language.
    package var remarks: [String] = []

    package init(
        reference: Reference, receivedAt: Timestamp, license: String, report: Report, attachments: [Attachment]
    ) {
        self.reference = reference
        self.receivedAt = receivedAt
        self.license = license
        self.report = report
        self.attachments = attachments
    }

    /// `[ASD-4F7K-9M2T-X8QB] 12345678 — Impression bloquée`. It never changes between attempts, and has no number of a
    /// ticket in it but its own.
    var subjectLine: String {
        let subject = SingleLine.shortened(TicketToken.defused(SingleLine.of(report.subject)))
        return "[\(reference)] \(TicketToken.defused(SingleLine.of(license))) — \(subject)"
    }

    /// The subject as it was written, where the line above cannot have it so; nil elsewhere.
    var fullSubject: String? {
        let subject = SingleLine.of(report.subject)
        return subject.utf8.count > Self.shortSubject || TicketToken.defused(subject) != subject ? subject : nil
    }

    /// From this length on a desk's own subject may be cut.
    private static let shortSubject = 200
}
