extension StringProtocol {
    /// The text with everything made visible that could play tricks on a terminal, a log or a reader: control
    /// characters (line ends too) and the marks that turn the writing direction become `U+FFFD`.
    package var harmless: String {
        let text = String(self)
        if text.isHarmless { return text }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar.isHarmful ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }
}

extension String {
    /// Whether every scalar is one that `harmless` leaves as it is. Asked of the octets, since nearly every text is: in
    /// them, each harmful scalar ends with an octet that can follow the ones before it in no other.
    fileprivate var isHarmless: Bool {
        var (before, last): (UInt8, UInt8) = (0, 0)
        for octet in utf8 {
            switch (before, last, octet) {
            case (_, _, 0..<0x20), (_, _, 0x7F), (_, 0xC2, 0x80..<0xA0), (_, 0xD8, 0x9C), (0xE2, 0x80, 0x8E...0x8F),
                (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9):
                return false
            default: (before, last) = (last, octet)
            }
        }
        return true
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
