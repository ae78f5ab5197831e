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

    package init(
        reference: Reference, receivedAt: Timestamp, license: String, report: Report, attachments: [Attachment]
    ) {
        self.reference = reference
        self.receivedAt = receivedAt
        self.license = license
        self.report = report
        self.attachments = attachments
    }

    /// `[ASD-4F7K-9M2T-X8QB] 12345678 — Impression bloquée`. It never changes between attempts.
    var subjectLine: String {
        var subject = SingleLine.of(report.subject)
        // Encoded, this is the most that leaves room for other headers in the 100 KB that mail servers accept.
        if subject.utf8.count > Self.longestSubject {
            subject = String(decoding: subject.utf8.prefix(Self.longestSubject - 3), as: UTF8.self)
            if subject.unicodeScalars.last == "\u{FFFD}" { subject.unicodeScalars.removeLast() }
            subject += "…"
        }
        return "[\(reference)] \(SingleLine.of(license)) — \(subject)"
    }

    /// Octets.
    private static let longestSubject = 10_000
}
