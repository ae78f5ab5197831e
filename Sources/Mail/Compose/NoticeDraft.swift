package import SupportDesk

/// A message of the service itself: an answer, a reminder, a callback agreed on. Not a report on its way to the desk.
package struct NoticeDraft: Sendable {
    /// Names the message: the same reference gives the same `Message-ID`.
    package var reference: Reference
    package var sentAt: Timestamp
    /// nil: the desk.
    package var recipient: Mailbox?
    package var replyTo: Mailbox?
    /// The whole line; nothing is put before it.
    package var subject: String
    package var text: String
    /// What goes into the recipient's calendar.
    package var calendar: Appointment?
    /// The `Message-ID` of the message that this answers, with or without its angle brackets; what cannot be one is
    /// left out.
    package var inReplyTo: String?
    /// Nobody wrote this: no machine shall answer it (RFC 3834, 5).
    package var isAutomatic: Bool
    package var priority: Priority

    package init(
        reference: Reference, sentAt: Timestamp, recipient: Mailbox? = nil, replyTo: Mailbox? = nil, subject: String,
        text: String, calendar: Appointment? = nil, inReplyTo: String? = nil, isAutomatic: Bool = false,
        priority: Priority = .normal
    ) {
        self.reference = reference
        self.sentAt = sentAt
        self.recipient = recipient
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.calendar = calendar
        self.inReplyTo = inReplyTo
        self.isAutomatic = isAutomatic
        self.priority = priority
    }

    /// The message that is answered, in angle brackets; nil where there is none, or it could do harm in a header.
    var answered: String? {
        guard var id = inReplyTo.map(SingleLine.of)?.utf8[...] else { return nil }
        if id.first == UInt8(ascii: "<"), id.last == UInt8(ascii: ">") { id = id.dropFirst().dropLast() }
        let isWord = id.allSatisfy { (0x21...0x7E).contains($0) && !"<>".utf8.contains($0) }
        // A line has 998 octets at most, and an identifier cannot be folded (RFC 5322, 2.1.1 and 3.6.4).
        guard isWord, (1...900).contains(id.count) else { return nil }
        return "<\(Substring(id))>"
    }
}

extension MailComposer {
    /// The message of a notice: like `compose` of a report, ASCII in lines of at most 998 octets, and always the same.
    package func compose(_ notice: NoticeDraft) -> [UInt8] {
        var header = HeaderBlock()
        header.add("Date", plain: notice.sentAt.rfc5322)
        header.add("From", sender)
        header.add("To", notice.recipient ?? recipient)
        if let replyTo = notice.replyTo { header.add("Reply-To", replyTo) }
        header.add("Subject", text: SingleLine.shortened(notice.subject))
        header.add("Message-ID", plain: messageID(for: notice.reference))
        if let answered = notice.answered {
            header.add("In-Reply-To", plain: answered)
            header.add("References", plain: answered)
        }
        header.add("X-Assistd-Reference", plain: notice.reference.description)
        header.add(notice.priority)
        if notice.isAutomatic {
            header.add("Auto-Submitted", plain: "auto-generated")
            // Exchange does not know the field before (MS-OXCMAIL, 2.2.3.2.14).
            header.add("X-Auto-Response-Suppress", plain: "All")
        }
        header.add(closing)
        return MimeWriter.bytes(
            header: header.bytes, text: TextBody(notice.text), calendar: notice.calendar,
            boundary: Self.boundary(notice.reference))
    }
}
