/// Text from a report made fit for one line of a header or of the body.
enum SingleLine {
    /// The text on one line: control characters and line separators become spaces, the invisible characters that
    /// change the direction of writing are dropped (Unicode TR 36), blanks at both ends are cut.
    static func of(_ text: String) -> String {
        if text.utf8.first != 0x20, text.utf8.last != 0x20, isClean(text) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: scalars.append(" ")
            case _ where isInvisible(scalar): continue
            default: scalars.append(scalar)
            }
        }
        let blank: (Unicode.Scalar) -> Bool = { $0 == " " }
        guard let start = scalars.firstIndex(where: { !blank($0) }), let end = scalars.lastIndex(where: { !blank($0) })
        else { return "" }
        return String(scalars[start...end])
    }

    /// The text on one line with one blank between words: more would not survive the folding of a header everywhere.
    static func ofHeader(_ text: String) -> String {
        let line = of(text)
        let blank = UInt8(ascii: " ")
        var last: UInt8 = 0
        let isSpaced = line.utf8.contains { byte in
            defer { last = byte }
            return byte == blank && last == blank
        }
        guard isSpaced else { return line }
        return String(decoding: Array(line.utf8.split(separator: blank).joined(separator: [blank])), as: UTF8.self)
    }

    /// The text on one line that is not too long for a subject: encoded, this is the most that leaves room for other
    /// headers in the 100 KB that mail servers accept.
    static func shortened(_ text: String) -> String {
        let line = of(text)
        guard line.utf8.count > longestSubject else { return line }
        var start = String(decoding: line.utf8.prefix(longestSubject - 3), as: UTF8.self)
        if start.unicodeScalars.last == "\u{FFFD}" { start.unicodeScalars.removeLast() }
        return start + "…"
    }

    /// Octets.
    private static let longestSubject = 10_000

    /// Marks of direction, embeddings, overrides, isolates and the byte order mark.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Whether nothing has to be changed between the ends. The same question as in `of`, asked of the octets,
    /// because nearly every text is clean and this is many times faster.
    private static func isClean(_ text: String) -> Bool {
        var before: UInt8 = 0
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch (before, last, byte) {
            case (_, _, 0..<0x20), (_, _, 0x7F), (_, 0xC2, 0x80..<0xA0), (_, 0xD8, 0x9C),
                (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9), (0xEF, 0xBB, 0xBF):
                return false
            default: (before, last) = (last, byte)
            }
        }
        return true
    }
}
