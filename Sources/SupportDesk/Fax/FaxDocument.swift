/// A fax as it is to be set on pages: words and data, all of them final; how they are laid out is the page maker's.
///
/// It travels to `assistd-faxpage` as JSON over standard input.
package struct FaxDocument: Hashable, Sendable, Codable {
    /// The largest line of page one.
    package var title: String
    /// The header block: what is on the left, and what belongs to it.
    package var fields: [Field]
    /// Stands out below the header block, such as that the same report may come by mail; nil for nothing.
    package var notice: String?
    /// The description. Lines end in LF.
    package var body: String
    /// Above the list of attachments.
    package var attachmentsTitle: String
    /// One line each, as in `journal.log (12 Ko)`.
    package var attachments: [String]
    /// Set as pages of their own, after the text.
    package var pictures: [Picture]
    /// The small line at the top of each page, with `{n}` and `{N}` for its number and the number of pages.
    package var running: String
    /// The last line where the rest does not fit, with `{N}` for the number of pages.
    package var overflow: String
    package var maximumPages: Int
    /// 204 × 196 dots an inch instead of 204 × 98.
    package var isFine: Bool

    package struct Field: Hashable, Sendable, Codable {
        package var label: String
        package var value: String

        package init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    package struct Picture: Hashable, Sendable, Codable {
        /// Above the picture.
        package var name: String
        /// A picture file: PNG, JPEG and what else the page maker reads. In base64.
        package var content: String

        package init(name: String, content: String) {
            self.name = name
            self.content = content
        }
    }

    package init(
        title: String, fields: [Field], notice: String? = nil, body: String, attachmentsTitle: String = "",
        attachments: [String] = [], pictures: [Picture] = [], running: String, overflow: String,
        maximumPages: Int = 10, isFine: Bool = true
    ) {
        self.title = title
        self.fields = fields
        self.notice = notice
        self.body = body
        self.attachmentsTitle = attachmentsTitle
        self.attachments = attachments
        self.pictures = pictures
        self.running = running
        self.overflow = overflow
        self.maximumPages = maximumPages
        self.isFine = isFine
    }
}
