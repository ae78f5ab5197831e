import CMime
import SupportDesk

/// Has GMime parse a message and gathers what people see of it.
enum MessageParser {
    static func parse(_ bytes: [UInt8], limits: ReportLimits) throws(Rejection) -> ReadMessage {
        let bytes = withoutEnvelope(bytes)
        try MessageBounds.check(bytes, limits: limits)
        GMimeRuntime.start()
        guard let options = g_mime_parser_options_new() else { throw .malformedMessage }
        defer { g_mime_parser_options_free(options) }
        setFallbackCharsets(options)
        do {
            let stream = try MemoryStream(bytes)
            guard let parser = Owned(g_mime_parser_new_with_stream(stream.pointer)) else { throw GMimeFailure() }
            guard let message = Owned(g_mime_parser_construct_message(parser.pointer, options)) else {
                throw Rejection.malformedMessage
            }
            var read = ReadMessage()
            read.headers = headers(of: message.upcast())
            let root = g_mime_message_get_mime_part(message.pointer)
            // GMime keeps the fields that describe the content with the content.
            if let root { read.headers += headers(of: root) }
            guard read.headers.contains(where: { known.contains($0.name.lowercased()) }) else {
                throw Rejection.malformedMessage
            }
            if let root {
                var parts = MessageParts()
                try parts.gather(root)
                (read.text, read.attachments) = parts.result
            }
            return read
        } catch let rejection as Rejection {
            throw rejection
        } catch {
            throw .malformedMessage
        }
    }

    /// Fields of which a message has at least one; noise has none.
    private static let known: Set<String> = [
        "from", "to", "subject", "date", "message-id", "content-type", "mime-version", "received", "x-licence",
        "x-license",
    ]

    /// Without a byte order mark and without the `From ` line of mbox files, neither of which is part of a message.
    private static func withoutEnvelope(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if rest.starts(with: "From ".utf8) {
            rest = rest.firstIndex(of: 0x0A).map { rest[($0 + 1)...] } ?? []
        }
        return rest.count == bytes.count ? bytes : Array(rest)
    }

    private static func headers(of object: UnsafeMutablePointer<GMimeObject>) -> [ReadMessage.Header] {
        guard let list = g_mime_object_get_header_list(object) else { return [] }
        return (0..<g_mime_header_list_get_count(list)).compactMap { index in
            guard let header = g_mime_header_list_get_header_at(list, index), let name = g_mime_header_get_name(header)
            else { return nil }
            let value = g_mime_header_get_value(header).map { String(cString: $0) } ?? ""
            return ReadMessage.Header(name: String(cString: name), value: SingleLine.of(value))
        }
    }

    /// Octets that are not ASCII and say no character set: UTF-8 if they are, else what Windows writes in France.
    private static func setFallbackCharsets(_ options: OpaquePointer) {
        "utf-8".withCString { utf8 in
            "windows-1252".withCString { windows in
                var charsets: [UnsafePointer<CChar>?] = [utf8, windows, nil]
                charsets.withUnsafeMutableBufferPointer {
                    g_mime_parser_options_set_fallback_charsets(options, $0.baseAddress)
                }
            }
        }
    }
}

extension Rejection {
    static let malformedMessage = Rejection(
        .malformed,
        fr:
            "Ce fichier .eml n’est pas un courriel lisible ; enregistrez-le à nouveau depuis votre messagerie, au format .eml.",
        en: "This .eml file is not a readable mail; save it again from your mail program, in the .eml format.")
}
