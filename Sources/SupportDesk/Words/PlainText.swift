extension StringProtocol {
    /// The text with everything made visible that could play tricks on a terminal, a log or a reader: control
    /// characters (line ends too) and the marks that turn the writing direction become `U+FFFD`.
    package var harmless: String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(self) }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar.isHarmful ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// A control character, a line or paragraph separator, or a bidirectional control (Unicode TR 9, "Trojan Source").
    package var isHarmful: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
