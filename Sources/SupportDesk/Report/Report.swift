/// What somebody dropped, read and understood: who, which licence, what is wrong, attachments.
package struct Report: Hashable, Sendable {
    /// The licence number as it was written.
    package var license: String
    package var subject: String
    /// The description exactly as written; lines end in LF, whatever they ended in before.
    package var description: String
    package var details = Details()
    package var priority = Priority.normal
    /// The channel the sender asked for; nil leaves it to the configuration.
    package var channel: ChannelName?
    /// Bare names of files that lie beside the report and go with it, in the order they were named.
    package var attachmentNames: [String] = []
    /// Attachments that came inside the report itself (`.eml`, `.json`).
    package var attachments: [Attachment] = []
    /// What was worth telling the sender without refusing the report, such as a priority that was not understood.
    package var notes: [Bilingual] = []
    /// The language the sender writes field names in; receipts answer in it.
    package var language = Language.french

    package init(license: String, subject: String, description: String) {
        self.license = license
        self.subject = subject
        self.description = description
    }

    /// What a report may say about its sender and the software, all optional, all single lines.
    package struct Details: Hashable, Sendable, Codable {
        package var company: String?
        package var contact: String?
        package var email: String?
        package var phone: String?
        package var partner: String?
        package var product: String?
        package var module: String?
        package var version: String?
        /// The wished date and time of a call-back, as written.
        package var callback: String?
        /// The sender's own reference, echoed back.
        package var senderReference: String?
        /// Fields this program does not know, in their order; they travel in the body, never as mail headers.
        package var others: [Other] = []

        package init() {}

        package struct Other: Hashable, Sendable, Codable {
            package var name: String
            package var value: String

            package init(name: String, value: String) {
                self.name = name
                self.value = value
            }
        }
    }
}

/// Bounds on what is taken in; all configurable.
package struct ReportLimits: Hashable, Sendable {
    /// Bytes of report and attachments together.
    package var total = 25_000_000
    /// Bytes of the header block.
    package var header = 64_000
    package var fields = 100
    package var attachments = 20

    package init() {}
}
