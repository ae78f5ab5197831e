package import SupportDesk

/// What is used of a mail file that somebody dropped.
package struct EmlContent: Hashable, Sendable {
    /// One line, decoded; nil where there is none.
    package var subject: String?
    /// The text for people, lines ended by LF; nil where there is none.
    package var text: String?
    /// The value of `X-Licence` or `X-License`.
    package var licenseHeader: String?
    /// Named files, pictures inside the text, messages that were enclosed; names are bare and distinct.
    package var attachments: [Attachment]

    package init(subject: String?, text: String?, licenseHeader: String?, attachments: [Attachment]) {
        self.subject = subject
        self.text = text
        self.licenseHeader = licenseHeader
        self.attachments = attachments
    }
}
