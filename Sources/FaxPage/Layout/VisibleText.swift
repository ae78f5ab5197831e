import SupportDesk

/// Text as it can be put on paper: what would be invisible, or turn what follows around, is shown.
enum VisibleText {
    /// The paragraphs of a text, one by one, since there may be millions.
    static func paragraphs(_ text: String) -> some Sequence<Substring> {
        var rest: Substring? = text[...]
        return AnySequence {
            AnyIterator {
                guard let left = rest else { return nil }
                let bytes = left.utf8
                guard let end = bytes.firstIndex(of: 0x0A) else {
                    rest = nil
                    return left
                }
                rest = left[bytes.index(after: end)...]
                let paragraph = bytes[..<end]
                return Substring(paragraph.last == 0x0D ? paragraph.dropLast() : paragraph)
            }
        }
    }

    /// A paragraph in UTF-8, with only such controls in it as have a meaning on paper.
    static func bytes(_ paragraph: Substring) -> [UInt8] {
        if paragraph.utf8.allSatisfy({ $0 == 0x09 || (0x20..<0x7F).contains($0) }) { return Array(paragraph.utf8) }
        var visible = String.UnicodeScalarView()
        for scalar in paragraph.unicodeScalars { visible.append(shown(scalar)) }
        return Array(String(visible).utf8)
    }

    /// A text on one line, in UTF-8.
    static func line(_ text: String) -> [UInt8] {
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSpace = scalar == "\n" || scalar == "\r" || scalar == "\t"
            visible.append(isSpace ? " " : shown(scalar))
        }
        return Array(String(visible).utf8)
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09: scalar
        // ␀ and its neighbors.
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        // Marks of one place; Hebrew and Arabic are written with them.
        case 0x061C, 0x200E, 0x200F: scalar
        default: scalar.isHarmful ? "\u{FFFD}" : scalar
        }
    }
}
