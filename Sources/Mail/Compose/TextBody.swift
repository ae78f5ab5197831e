/// The body of a message before it is encoded, and how it is best encoded.
struct TextBody {
    /// UTF-8. Lines end in LF for quoted-printable, where GMime writes the CRLF, and in CRLF for base64 (RFC 2046, 4.1.1).
    let bytes: [UInt8]
    /// Base64 is used only where it is clearly shorter: it cannot be read by eye.
    let prefersBase64: Bool

    /// Takes text as it was written; CRLF and CR end lines as LF does, and the last line is ended.
    init(_ text: String) {
        var lines = Self.lines(text)
        if lines.last != 0x0A { lines.append(0x0A) }
        let escapes = lines.reduce(0) { $0 &+ (($1 >= 0x7F || $1 == UInt8(ascii: "=")) ? 1 : 0) }
        prefersBase64 = lines.count + 2 * escapes > lines.count / 3 * 5
        bytes = prefersBase64 ? Self.withCRLF(lines) : lines
    }

    /// The same text with lines that end in LF.
    static func withLF(_ text: String) -> String {
        // Over the bytes themselves this costs a tenth of what it costs over the view.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { !$0.contains(0x0D) } ?? false
        return isPlain ? text : String(decoding: lines(text), as: UTF8.self)
    }

    /// UTF-8 in which every line ends in LF, whatever it ended in before.
    static func lines(_ text: String) -> [UInt8] {
        var lines = Array(text.utf8)
        // Nearly always the lines end in LF already.
        guard lines.contains(0x0D) else { return lines }
        var place = 0
        var last: UInt8 = 0
        for byte in lines {
            if byte != 0x0A || last != 0x0D {
                lines[place] = byte == 0x0D ? 0x0A : byte
                place += 1
            }
            last = byte
        }
        lines.removeLast(lines.count - place)
        return lines
    }

    /// Lines that end in LF, with CRLF in its place.
    static func withCRLF(_ lines: [UInt8]) -> [UInt8] {
        let count = lines.count { $0 == 0x0A }
        if count == 0 { return lines }
        return [UInt8](unsafeUninitializedCapacity: lines.count + count) { buffer, filled in
            for byte in lines {
                if byte == 0x0A {
                    buffer[filled] = 0x0D
                    filled += 1
                }
                buffer[filled] = byte
                filled += 1
            }
        }
    }
}
