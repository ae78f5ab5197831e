import CMime
package import SupportDesk

/// Makes the message that carries a report: the same draft gives the same bytes, always, on any machine.
///
/// The bytes are ASCII, their lines end in CRLF and are never longer than 998 octets, whatever the report holds. The
/// message is a person's and therefore carries no `Auto-Submitted` (RFC 3834, 5).
package struct MailComposer: Sendable {
    /// The mailbox this service sends from.
    package let sender: Mailbox
    /// The desk.
    package let recipient: Mailbox
    private let domain: String
    /// Fields that are the same in each message.
    private let addressing: HeaderBlock
    let closing: HeaderBlock
    private let template: MailTemplate

    /// - Parameters:
    ///   - sender: the mailbox this service sends from; its domain ends the `Message-ID`.
    ///   - recipient: the desk.
    ///   - userAgent: product and version, as in `assistd/1.0`.
    package init(from sender: Mailbox, to recipient: Mailbox, userAgent: String, template: MailTemplate) {
        GMimeRuntime.start()
        self.template = template
        self.sender = sender
        self.recipient = recipient
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
        "<\(identifier(of: reference))>"
    }

    /// What names a submission in the whole world, as `asd-4f7k-9m2t-x8qb@example.com`.
    package func identifier(of reference: Reference) -> String { "\(reference.description.lowercased())@\(domain)" }

    /// The whole message.
    ///
    /// - Throws: only when memory has run out, or for an attachment that is read from its file.
    package func compose(_ draft: MailDraft) throws -> [UInt8] {
        var message: [UInt8] = []
        try compose(draft) { message += $0 }
        return message
    }

    /// The message piece by piece, so that large attachments are never held.
    ///
    /// - Throws: what `write` throws; `AttachedFileChanged`; else only when memory has run out.
    package func compose(_ draft: MailDraft, to write: ([UInt8]) throws -> Void) throws {
        var header = HeaderBlock()
        header.add("Date", plain: draft.receivedAt.rfc5322)
        header.add(addressing)
        if let replyTo = Self.replyTo(draft.report.details) { header.add("Reply-To", replyTo) }
        header.add("Subject", text: draft.subjectLine)
        header.add("Message-ID", plain: messageID(for: draft.reference))
        header.add("X-Assistd-Reference", plain: draft.reference.description)
        header.add(draft.report.priority)
        header.add(closing)

        let text = TextBody(template.render(draft))
        try MimeWriter.write(
            header: header.bytes, text: text, attachments: draft.attachments,
            boundary: Self.boundary(draft.reference), to: write)
    }

    /// `=_` cannot occur in quoted-printable or base64, so no part can hold the boundary (RFC 2045, 6.7).
    static func boundary(_ reference: Reference) -> String { "=_\(reference)" }

    /// The person who reports, where an address was given that can be answered to.
    private static func replyTo(_ details: Report.Details) -> Mailbox? {
        guard let address = details.email else { return nil }
        return try? Mailbox(name: details.contact, address: SingleLine.of(address))
    }
}

extension HeaderBlock {
    /// How urgent a message is, where that is not the usual.
    mutating func add(_ priority: Priority) {
        switch priority {
        case .low:
            add("Importance", plain: "low")
            add("X-Priority", plain: "5")
        case .normal: break
        case .high:
            add("Importance", plain: "high")
            add("X-Priority", plain: "2")
        case .blocking:
            add("Importance", plain: "high")
            add("X-Priority", plain: "1")
        }
    }
}
