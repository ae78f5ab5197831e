import CMime
import SupportDesk

/// Sorts the parts of a message into the text for people and attachments.
struct MessageParts {
    /// Deeper than any mail program nests.
    private static let deepest = 20
    private static let most = 500

    private var text: String?
    private var html: HTML?
    private var attachments: [Attachment] = []
    private var names: Set<String> = []
    private var count = 0

    private struct HTML {
        var content: [UInt8]
        var text: String
        /// It says what a plain text beside it says too (RFC 2046, 5.1.4).
        var isAlternative: Bool
    }

    /// The text, and the attachments. Where there is only HTML, the text is taken from it and it goes along whole.
    var result: (String?, [Attachment]) {
        guard let html, !(html.isAlternative && hasText) else { return (text, attachments) }
        var copy = self
        if !hasText { copy.text = html.text }
        copy.attach("message.html", html.content, isBody: true)
        return (copy.text, copy.attachments)
    }

    private var hasText: Bool { text?.contains { !$0.isWhitespace } ?? false }

    mutating func gather(_ object: UnsafeMutablePointer<GMimeObject>, depth: Int = 0, isAlternative: Bool = false)
        throws
    {
        count += 1
        guard depth <= Self.deepest, count <= Self.most else { throw Rejection.tooManyParts }
        switch cmime_kind_of(object) {
        case CMIME_MULTIPART: try gatherAll(of: object, depth: depth, isAlternative: isAlternative)
        case CMIME_MESSAGE: try attachMessage(object)
        default: try gatherLeaf(object, isAlternative: isAlternative)
        }
    }

    private mutating func gatherAll(
        of object: UnsafeMutablePointer<GMimeObject>, depth: Int, isAlternative: Bool
    ) throws {
        let multipart = cmime_multipart(object)
        let isAlternative = isAlternative || MimeType(object).subtype == "alternative"
        for index in 0..<g_mime_multipart_get_count(multipart) {
            guard let part = g_mime_multipart_get_part(multipart, index) else { continue }
            try gather(part, depth: depth + 1, isAlternative: isAlternative)
        }
    }

    private mutating func gatherLeaf(_ object: UnsafeMutablePointer<GMimeObject>, isAlternative: Bool) throws {
        guard let part = cmime_part(object) else { return }
        let type = MimeType(object)
        let content = try decoded(part)
        let name = fileName(object)
        if g_mime_part_is_attachment(part) == 0, name == nil {
            switch (type.type, type.subtype) {
            case ("text", "plain"):
                add(text: CharsetText.decode(content, charset: type.charset))
                return
            case ("text", "html") where isAlternative && hasText: return
            case ("text", "html") where html == nil:
                let text = HTMLText.plain(CharsetText.decode(content, charset: type.charset))
                html = HTML(content: content, text: text, isAlternative: isAlternative)
                return
            case (_, _) where content.isEmpty: return
            default: break
            }
        }
        attach(name ?? type.defaultName, content)
    }

    /// A message inside the message goes along as a file; what it says is not read.
    private mutating func attachMessage(_ object: UnsafeMutablePointer<GMimeObject>) throws {
        guard let message = g_mime_message_part_get_message(cmime_message_part(object)) else { return }
        let stream = try MemoryStream()
        try stream.append(cmime_object(message))
        let subject = g_mime_message_get_subject(message).map { String(cString: $0) }
        var name = fileName(object) ?? subject.flatMap { FileName.bare($0.replacing("/", with: "-")) } ?? "message"
        if !name.lowercased().hasSuffix(".eml") { name += ".eml" }
        attach(name, stream.bytes)
    }

    private mutating func add(text more: String) {
        if let text, !text.isEmpty { self.text = text + (text.hasSuffix("\n") ? "" : "\n") + more } else { text = more }
    }

    private mutating func attach(_ name: String, _ content: [UInt8], isBody: Bool = false) {
        let distinct = FileName.distinct(FileName.bare(name) ?? "attachment", among: &names)
        attachments.append(Attachment(name: distinct, content: content, isBody: isBody))
    }

    /// The name a part gives itself, in `Content-Disposition` or `Content-Type`.
    private func fileName(_ object: UnsafeMutablePointer<GMimeObject>) -> String? {
        let given =
            g_mime_object_get_content_disposition_parameter(object, "filename")
            ?? g_mime_object_get_content_type_parameter(object, "name")
        return given.flatMap { FileName.bare(String(cString: $0)) }
    }

    private func decoded(_ part: UnsafeMutablePointer<GMimePart>) throws -> [UInt8] {
        guard let wrapper = g_mime_part_get_content(part) else { return [] }
        let stream = try MemoryStream()
        g_mime_data_wrapper_write_to_stream(wrapper, stream.pointer)
        return stream.bytes
    }
}

extension Rejection {
    fileprivate static let tooManyParts = Rejection(
        .malformed,
        fr:
            "Ce courriel est imbriqué de façon anormale ou a trop de parties ; joignez plutôt les fichiers à un rapport.",
        en: "This mail is nested abnormally or has too many parts; attach the files to a report instead.")
}
