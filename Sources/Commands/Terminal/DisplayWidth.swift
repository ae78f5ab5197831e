import SupportDesk

extension Character {
    /// Columns of a terminal it takes: 0, 1 or 2 (Unicode TR 11; emoji count as wide, as terminals draw them).
    var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return 1 }
        if unicodeScalars.contains(where: { $0.value == 0xFE0F || $0.properties.isEmojiPresentation }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return first.isWide ? 2 : 1
        }
    }
}

extension Unicode.Scalar {
    /// East Asian wide or fullwidth.
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B16F, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

extension String {
    /// Columns of a terminal it takes.
    var columns: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.columns }
    }

    /// Filled up with blanks.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - columns))
    }

    /// Cut to so many columns; `…` stands for what is missing.
    func cut(to width: Int) -> String {
        guard columns > width else { return self }
        guard width > 0 else { return "" }
        var result = ""
        var used = 0
        for character in self {
            if used + character.columns > width - 1 { break }
            result.append(character)
            used += character.columns
        }
        return result + "…"
    }

    /// The lines of the text, each made harmless; tabs become blanks.
    var harmlessLines: String {
        split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { $0.replacing("\t", with: "    ").harmless }
            .joined(separator: "\n")
    }

    /// Broken into lines at blanks, though not at those that French sets before `:` or `»`; a line of the text stays a line of its own, and a long word is not broken.
    func wrapped(to width: Int) -> [String] {
        split(omittingEmptySubsequences: false) { $0 == "\n" }.flatMap { line -> [String] in
            guard String(line).columns > width else { return [String(line)] }
            var lines: [String] = []
            var current = String(line.prefix { $0 == " " })
            var isEmpty = true
            for word in line.unbreakableWords {
                if !isEmpty, current.columns + 1 + String(word).columns > width {
                    lines.append(current)
                    current = String(word)
                } else {
                    current += (isEmpty ? "" : " ") + word
                }
                isEmpty = false
            }
            return lines + [current]
        }
    }
}

extension Substring {
    /// The words; marks that stand alone are part of the word beside them.
    fileprivate var unbreakableWords: [Substring] {
        var words: [Substring] = []
        for word in split(separator: " ") {
            if let last = words.last, word.isClosingMark || last.hasSuffix("«") || word.goesOn(last) {
                words[words.count - 1] = last + " " + word
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Both are figures, as within a telephone number.
    private func goesOn(_ last: Substring) -> Bool {
        let before = last.split(separator: " ").last ?? last
        let digits = hasSuffix(",") ? dropLast() : self
        return !digits.isEmpty && digits.count <= 3 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && before.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "+") }
    }

    /// `:`, `%`, `».` and their like, which no line may begin with.
    private var isClosingMark: Bool { count <= 3 && first.map { ":;?!%»–".contains($0) } ?? false }
}
