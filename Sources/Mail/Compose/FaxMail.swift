package import SupportDesk

/// A mail to a service that sends what is attached as a fax.
///
/// It carries no `Auto-Submitted`, although a program sends it (RFC 3834, 5): such services answer with what became of
/// the fax, and those that guard against loops drop what is marked so, fax and all.
package struct FaxMail: Sendable {
    package var reference: Reference
    /// Counts from 1: each attempt is a message of its own.
    package var attempt: Int
    package var sentAt: Timestamp
    package var sender: Mailbox
    package var recipient: Mailbox
    /// The whole line; nothing is put before it.
    package var subject: String
    /// The whole text: services read orders in it. It may hold a password.
    package var text: String
    package var attachment: Attachment

    package init(
        reference: Reference, attempt: Int, sentAt: Timestamp, sender: Mailbox, recipient: Mailbox, subject: String,
        text: String, attachment: Attachment
    ) {
        self.reference = reference
        self.attempt = attempt
        self.sentAt = sentAt
        self.sender = sender
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.attachment = attachment
    }

    /// The `Message-ID`, with its angle brackets: the same for the same attempt.
    package var messageID: String {
        "<\(reference.description.lowercased())-fax-\(attempt)@\(sender.domain)>"
    }

    /// The message: ASCII in lines of at most 998 octets that end in CRLF, and always the same.
    ///
    /// - Throws: only when memory has run out.
    package func compose() throws -> [UInt8] {
        GMimeRuntime.start()
        var header = HeaderBlock()
        header.add("Date", plain: sentAt.rfc5322)
        header.add("From", sender)
        header.add("To", recipient)
        header.add("Subject", text: SingleLine.shortened(subject))
        header.add("Message-ID", plain: messageID)
        header.add("X-Assistd-Reference", plain: reference.description)
        header.add("MIME-Version", plain: "1.0")
        var message: [UInt8] = []
        try MimeWriter.write(
            header: header.bytes, text: TextBody(text), attachments: [attachment],
            boundary: "\(MailComposer.boundary(reference))-\(attempt)"
        ) { message += $0 }
        return message
    }
}
