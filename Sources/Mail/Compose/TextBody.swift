import Glibc

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
        let escapes = lines.withUnsafeBufferPointer { lines in
            Self.count(in: lines) { $0 >= 0x7F || $0 == UInt8(ascii: "=") }
        }
        prefersBase64 = lines.count + 2 * escapes > lines.count / 3 * 5
        bytes = prefersBase64 ? Self.withCRLF(lines) : lines
    }

    /// The same text with lines that end in LF.
    static func withLF(_ text: String) -> String {
        // Over the bytes themselves this costs a tenth of what it costs over the view.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { !hasReturn($0) } ?? false
        return isPlain ? text : String(decoding: lines(text), as: UTF8.self)
    }

    /// UTF-8 in which every line ends in LF, whatever it ended in before.
    static func lines(_ text: String) -> [UInt8] {
        var lines = Array(text.utf8)
        // Nearly always the lines end in LF already.
        guard lines.withUnsafeBufferPointer(hasReturn) else { return lines }
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
        lines.withUnsafeBufferPointer { lines in
            let count = count(in: lines) { $0 == 0x0A }
            guard let first = lines.baseAddress, count > 0 else { return Array(lines) }
            return [UInt8](unsafeUninitializedCapacity: lines.count + count) { buffer, filled in
                guard var place = buffer.baseAddress else { return }
                var rest = first
                let end = first + lines.count
                // Octet by octet this would cost many times as much.
                while rest < end {
                    let left = end - rest
                    let found = memchr(rest, 0x0A, left)
                    let length = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(rest) } ?? left
                    place.update(from: rest, count: length)
                    place += length
                    rest += length
                    guard found != nil else { break }
                    (place[0], place[1]) = (0x0D, 0x0A)
                    place += 2
                    rest += 1
                }
                filled = lines.count + count
            }
        }
    }

    private static func hasReturn(_ octets: UnsafeBufferPointer<UInt8>) -> Bool {
        octets.baseAddress.map { memchr($0, 0x0D, octets.count) != nil } ?? false
    }

    /// How many octets there are of a kind; in this form the compiler looks at many of them at once.
    private static func count(in octets: UnsafeBufferPointer<UInt8>, _ isCounted: (UInt8) -> Bool) -> Int {
        var count = 0
        for octet in octets { count &+= isCounted(octet) ? 1 : 0 }
        return count
    }
}
