import CMime

/// Octets of a text part as text.
enum CharsetText {
    /// Decodes by the character set a part names; where it lies or names none, as UTF-8, else as Windows-1252.
    /// Lines end in LF afterwards.
    static func decode(_ bytes: [UInt8], charset: String?) -> String {
        TextBody.withLF(characters(bytes, charset: charset ?? "utf-8"))
    }

    private static func characters(_ bytes: [UInt8], charset: String) -> String {
        switch charset {
        case "utf-8", "utf8", "us-ascii", "ascii": break
        // What calls itself Latin-1 is Windows-1252 in practice (WHATWG Encoding, 4.2).
        case "iso-8859-1", "latin1", "windows-1252", "cp1252": return windows(bytes)
        default: if let text = convert(bytes, from: charset) { return text }
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return windows(bytes)
    }

    private static func windows(_ bytes: [UInt8]) -> String {
        convert(bytes, from: "WINDOWS-1252") ?? convert(bytes, from: "ISO-8859-1")
            ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func convert(_ bytes: [UInt8], from charset: String) -> String? {
        bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress else { return "" }
                var count: gsize = 0
                guard let converted = g_convert(start, gssize(text.count), "UTF-8", charset, nil, &count, nil) else {
                    return nil
                }
                defer { g_free(converted) }
                return UnsafeRawBufferPointer(start: converted, count: Int(count)).withMemoryRebound(to: UInt8.self) {
                    String(decoding: $0, as: UTF8.self)
                }
            }
        }
    }
}
