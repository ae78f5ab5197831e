/// What single bytes of ASCII are.
extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isLetterOrDigit: Bool { isDigit || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }

    var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self - 32 : self }

    var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 32 : self }

    /// A space, or anything of C0 that moves the place of writing.
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Unicode.Scalar {
    /// A blank of any kind, also the narrow, the unbreakable and the invisible ones.
    var isBlank: Bool {
        switch value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000,
            0xFEFF:
            true
        default: false
        }
    }

    /// C0, DEL and C1.
    var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

    /// Turns the direction of writing round, so that a name reads other than it is (UAX #9).
    var isBidiControl: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Says nothing.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.isBlank) }

    /// Without blanks of any kind at either end.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isBlank }),
            let last = scalars.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(self[first...last])
    }

    /// Fit to be quoted in a sentence for a person: short, on one line, harmless on a terminal, and without secrets.
    var excerpt: String {
        // Masked before it is cut: half a secret looks like none.
        let scalars = String(self).masked.unicodeScalars
        var text = String.UnicodeScalarView()
        for scalar in scalars.prefix(40) {
            text.append(scalar.isControl || scalar.isBidiControl || scalar.isBlank ? " " : scalar)
        }
        return String(text) + (scalars.count > 40 ? "…" : "")
    }
}
