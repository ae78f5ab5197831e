import CMime
import SupportDesk

/// Writes a message piece by piece: one text, with attachments or an appointment if there are any.
///
/// GMime encodes the content and words the headers that name files. What remains of a multipart are lines that are
/// always the same, and writing them here is what lets a large file pass through without being held.
enum MimeWriter {
    /// Takes the message, piece by piece; what it throws ends the writing.
    typealias Output = ([UInt8]) throws -> Void

    static func write(
        header: [UInt8], text: TextBody, attachments: [Attachment], boundary: String, to write: Output
    ) throws {
        guard !attachments.isEmpty else { return try write(part(text, after: header)) }
        try write(part(text, after: header + multipart("mixed", boundary) + delimiter(boundary)))
        for attachment in attachments {
            try write(lineEnd + delimiter(boundary) + Self.header(of: attachment))
            try put(attachment.content, to: write)
        }
        try write(lineEnd + delimiter(boundary, isLast: true))
    }

    /// A text, and the same again for calendars (RFC 6047, 2.4 and 2.5).
    static func bytes(header: [UInt8], text: TextBody, calendar: Appointment?, boundary: String) -> [UInt8] {
        guard let calendar else { return part(text, after: header) }
        let object = TextBody(String(decoding: ICalendar.text(of: calendar), as: UTF8.self))
        let words = part(text, after: header + multipart("alternative", boundary) + delimiter(boundary))
        // Readers show the last part that they understand (RFC 2046, 5.1.4).
        let event = part(
            object, "calendar; method=\(calendar.method.rawValue); charset=utf-8; component=VEVENT",
            after: words + lineEnd + delimiter(boundary))
        return event + lineEnd + delimiter(boundary, isLast: true)
    }

    // MARK: Parts

    /// - Parameter before: what the part is put behind.
    private static func part(
        _ text: TextBody, _ subtype: String = "plain; charset=utf-8", after before: [UInt8]
    ) -> [UInt8] {
        var part = before
        part += "Content-Type: text/\(subtype)\r\n".utf8
        part += "Content-Transfer-Encoding: \(text.prefersBase64 ? "base64" : "quoted-printable")\r\n\r\n".utf8
        var encoder = TransferEncoder(base64: text.prefersBase64)
        part += encoder.finish(text.bytes)
        return part
    }

    private static func put(_ content: Attachment.Content, to write: Output) throws {
        var encoder = TransferEncoder(base64: true)
        switch content {
        case .bytes(let bytes): try write(encoder.finish(bytes))
        case .file(let file):
            try file.forEachPiece { try write(encoder.encode($0)) }
            try write(encoder.finish())
        }
    }

    private static func header(of attachment: Attachment) throws(GMimeFailure) -> [UInt8] {
        let name = FileName.bare(attachment.name) ?? "attachment"
        let type = MediaType.of(fileName: name, content: attachment.content)
        guard let part = Owned(g_mime_part_new_with_type(type.type, type.subtype)) else { throw GMimeFailure() }
        if type.type == "text" { g_mime_object_set_content_type_parameter(part.upcast(), "charset", "utf-8") }
        g_mime_part_set_content_encoding(part.pointer, GMIME_CONTENT_ENCODING_BASE64)
        g_mime_object_set_disposition(part.upcast(), GMIME_DISPOSITION_ATTACHMENT)
        g_mime_part_set_filename(part.pointer, name)
        // GMime would choose ISO 8859-1 for French names; every reader knows UTF-8 (RFC 2231, 4).
        if let disposition = g_mime_object_get_content_disposition(part.upcast()) {
            inUTF8(g_mime_content_disposition_get_parameters(disposition), "filename")
        }
        if let type = g_mime_object_get_content_type(part.upcast()) {
            inUTF8(g_mime_content_type_get_parameters(type), "name")
        }
        let stream = try MemoryStream()
        // A part without content is its header and an empty line.
        try stream.append(part.upcast())
        return stream.bytes
    }

    private static func inUTF8(_ parameters: UnsafeMutablePointer<GMimeParamList>?, _ name: String) {
        guard let parameters, let parameter = g_mime_param_list_get_parameter(parameters, name) else { return }
        g_mime_param_set_charset(parameter, "utf-8")
    }

    // MARK: What surrounds them (RFC 2046, 5.1.1)

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private static func multipart(_ subtype: String, _ boundary: String) -> [UInt8] {
        Array("Content-Type: multipart/\(subtype); boundary=\"\(boundary)\"\r\n\r\n".utf8)
    }

    private static func delimiter(_ boundary: String, isLast: Bool = false) -> [UInt8] {
        Array("--\(boundary)\(isLast ? "--" : "")\r\n".utf8)
    }
}
