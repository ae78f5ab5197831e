import CMime
package import SupportDesk

/// Makes the message that carries a report: the same draft gives the same bytes, always, on any machine.
///
/// The bytes are ASCII, their lines end in CRLF and are never longer than 998 octets, whatever the report holds. The
/// message is a person's and therefore carries no `Auto-Submitted` (RFC 3834, 5).
package struct MailComposer: Sendable {
    private let domain: String
    /// Fields that are the same in each message.
    private let addressing: HeaderBlock
    private let closing: HeaderBlock
    private let template: MailTemplate

    /// - Parameters:
    ///   - sender: the mailbox this service sends from; its domain ends the `Message-ID`.
    ///   - recipient: the desk.
    ///   - userAgent: product and version, as in `assistd/1.0`.
    package init(from sender: Mailbox, to recipient: Mailbox, userAgent: String, template: MailTemplate) {
        GMimeRuntime.start()
        self.template = template
        domain = String(sender.domain)
        var addressing = HeaderBlock()
        addressing.add("From", sender)
        addressing.add("To", recipient)
        self.addressing = addressing
        var closing = HeaderBlock()
        closing.add("User-Agent", text: userAgent)
        closing.add("MIME-Version", plain: "1.0")
        self.closing = closing
    }

    /// The `Message-ID` of a submission's message, with its angle brackets: the same at each attempt.
    package func messageID(for reference: Reference) -> String {
        "<\(reference.description.lowercased())@\(domain)>"
    }

    /// - Throws: only when memory has run out.
    package func compose(_ draft: MailDraft) throws -> [UInt8] {
        let reference = draft.reference.description
        var header = HeaderBlock()
        header.add("Date", plain: draft.receivedAt.rfc5322)
        header.add(addressing)
        if let replyTo = Self.replyTo(draft.report.details) { header.add("Reply-To", replyTo) }
        header.add("Subject", text: draft.subjectLine)
        header.add("Message-ID", plain: messageID(for: draft.reference))
        header.add("X-Assistd-Reference", plain: reference)
        switch draft.report.priority {
        case .low:
            header.add("Importance", plain: "low")
            header.add("X-Priority", plain: "5")
        case .normal: break
        case .high:
            header.add("Importance", plain: "high")
            header.add("X-Priority", plain: "2")
        case .blocking:
            header.add("Importance", plain: "high")
            header.add("X-Priority", plain: "1")
        }
        header.add(closing)

        let text = TextBody(template.render(draft))
        return try MimeWriter.write(
            header: header.bytes, text: text, attachments: draft.attachments,
            // `=_` cannot occur in quoted-printable or base64, so no part can hold the boundary (RFC 2045, 6.7).
            boundary: "=_\(reference)")
    }

    /// The person who reports, where an address was given that can be answered to.
    private static func replyTo(_ details: Report.Details) -> Mailbox? {
        guard let address = details.email else { return nil }
        return try? Mailbox(name: details.contact, address: SingleLine.of(address))
    }
}
