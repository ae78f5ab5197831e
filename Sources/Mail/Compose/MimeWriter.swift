import CMime
import SupportDesk

/// Has GMime write a body: one text, with attachments or an appointment if there are any.
enum MimeWriter {
    static func write(
        header: [UInt8], text: TextBody, attachments: [Attachment], boundary: String
    ) throws(GMimeFailure) -> [UInt8] {
        let output = try MemoryStream()
        output.append(header)
        let body = try textPart(text)
        if attachments.isEmpty {
            try output.append(body.upcast())
        } else {
            guard let multipart = Owned(g_mime_multipart_new_with_subtype("mixed")) else { throw GMimeFailure() }
            g_mime_multipart_set_boundary(multipart.pointer, boundary)
            g_mime_multipart_add(multipart.pointer, body.upcast())
            for attachment in attachments {
                let part = try part(for: attachment)
                g_mime_multipart_add(multipart.pointer, part.upcast())
            }
            try output.append(multipart.upcast())
        }
        return output.bytes
    }

    /// A text, and the same again for calendars (RFC 6047, 2.4 and 2.5).
    static func write(
        header: [UInt8], text: TextBody, calendar: Appointment?, boundary: String
    ) throws(GMimeFailure) -> [UInt8] {
        guard let calendar else { return try write(header: header, text: text, attachments: [], boundary: boundary) }
        guard let multipart = Owned(g_mime_multipart_new_with_subtype("alternative")) else { throw GMimeFailure() }
        g_mime_multipart_set_boundary(multipart.pointer, boundary)
        let words = try textPart(text)
        g_mime_multipart_add(multipart.pointer, words.upcast())
        let object = TextBody(String(decoding: ICalendar.text(of: calendar), as: UTF8.self))
        // Readers show the last part that they understand (RFC 2046, 5.1.4).
        let event = try textPart(
            object, subtype: "calendar",
            parameters: [("method", calendar.method.rawValue), ("charset", "utf-8"), ("component", "VEVENT")])
        g_mime_multipart_add(multipart.pointer, event.upcast())
        let output = try MemoryStream()
        output.append(header)
        try output.append(multipart.upcast())
        return output.bytes
    }

    private static func textPart(
        _ text: TextBody, subtype: String = "plain",
        parameters: [(name: String, value: String)] = [("charset", "utf-8")]
    ) throws(GMimeFailure) -> Owned<GMimePart> {
        let part = try leaf("text", subtype, text.bytes)
        for parameter in parameters {
            g_mime_object_set_content_type_parameter(part.upcast(), parameter.name, parameter.value)
        }
        let encoding = text.prefersBase64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
        g_mime_part_set_content_encoding(part.pointer, encoding)
        return part
    }

    private static func part(for attachment: Attachment) throws(GMimeFailure) -> Owned<GMimePart> {
        let name = FileName.bare(attachment.name) ?? "attachment"
        let type = MediaType.of(fileName: name, content: attachment.content)
        let part = try leaf(type.type, type.subtype, attachment.content)
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
        return part
    }

    private static func inUTF8(_ parameters: UnsafeMutablePointer<GMimeParamList>?, _ name: String) {
        guard let parameters, let parameter = g_mime_param_list_get_parameter(parameters, name) else { return }
        g_mime_param_set_charset(parameter, "utf-8")
    }

    private static func leaf(
        _ type: String, _ subtype: String, _ content: [UInt8]
    ) throws(GMimeFailure) -> Owned<GMimePart> {
        let stream = try MemoryStream(content)
        guard let part = Owned(g_mime_part_new_with_type(type, subtype)),
            let wrapper = Owned(g_mime_data_wrapper_new_with_stream(stream.pointer, GMIME_CONTENT_ENCODING_DEFAULT))
        else { throw GMimeFailure() }
        g_mime_part_set_content(part.pointer, wrapper.pointer)
        return part
    }
}
