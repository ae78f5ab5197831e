/// A number to dial. Two ways to write the same number are equal.
package struct PhoneNumber: Sendable {
    /// With its country, as in `+33130417781` (ITU-T E.164); nil for what only works inside, as `3912`, or in no way.
    package let e164: String?
    /// For people in either language: `+33 1 30 41 77 81` for France, else as it was written.
    package let display: String

    /// Reads digits, with blanks, dots, dashes and parentheses between them, and perhaps a `+` in front.
    ///
    /// - Returns: nil for less than three digits, more than twenty, or anything else.
    package init?(_ written: String) {
        guard let number = Self.international(written) else { return nil }
        e164 = number.e164
        display = number.e164.flatMap(Self.grouped) ?? number.shown
    }

    /// Keeps whatever was written where it is no number, as `see the web site`, on one harmless line.
    package init(asWritten written: String) {
        if let number = PhoneNumber(written) {
            self = number
        } else {
            e164 = nil
            display = written.trimmed.harmless
        }
    }

    private static func international(_ written: String) -> (e164: String?, shown: String)? {
        var digits: [UInt8] = []
        var shown = ""
        var hasPlus = false
        // Under the country code, `(0)` is what to dial without it.
        let text = written.trimmed.replacing("(0)", with: " ")
        let isZeroDropped = text.unicodeScalars.count != written.trimmed.unicodeScalars.count
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                digits.append(UInt8(truncatingIfNeeded: scalar.value))
                shown.unicodeScalars.append(scalar)
            case "+":
                guard digits.isEmpty, !hasPlus else { return nil }
                hasPlus = true
                shown += "+"
            case ".", "-", "(", ")": shown.unicodeScalars.append(scalar)
            case _ where scalar.isBlank && !scalar.isControl || scalar == "\t":
                if !shown.isEmpty, shown.last != " " { shown += " " }
            default: return nil
            }
        }
        guard (3...20).contains(digits.count) else { return nil }
        let shownNumber = isZeroDropped ? written.trimmed.excerpt : shown
        return (normalise(digits, isInternational: hasPlus, isZeroDropped: isZeroDropped), shownNumber)
    }

    private static func normalise(_ digits: [UInt8], isInternational: Bool, isZeroDropped: Bool) -> String? {
        var digits = digits
        if !isInternational {
            if digits.starts(with: "00".utf8) {
                digits.removeFirst(2)
            } else if digits.count == 10, digits[0] == UInt8(ascii: "0"), !isZeroDropped {
                digits = country(ofNational: digits[1..<4]) + digits[1...]
            } else {
                return nil
            }
        }
        let france = Array("33".utf8)
        // +33 01 30 … is a slip that many make.
        if digits.count == 12, digits.starts(with: france + [UInt8(ascii: "0")]) { digits.remove(at: 2) }
        if digits.starts(with: france), digits.count != 11 || digits[2] == UInt8(ascii: "0") { return nil }
        guard (7...15).contains(digits.count), digits[0] != UInt8(ascii: "0") else { return nil }
        return "+" + String(decoding: digits, as: UTF8.self)
    }

    /// The overseas departments have country codes of their own, though their numbers look like any other in France.
    private static func country(ofNational start: ArraySlice<UInt8>) -> [UInt8] {
        switch String(decoding: start, as: UTF8.self) {
        case "262", "263", "269", "639", "692", "693": Array("262".utf8)
        case "590", "690", "691": Array("590".utf8)
        case "594", "694": Array("594".utf8)
        case "596", "696", "697": Array("596".utf8)
        default: Array("33".utf8)
        }
    }

    /// How France groups its numbers; nil for other countries, where blanks stand elsewhere.
    private static func grouped(_ e164: String) -> String? {
        let digits = Array(e164.utf8.dropFirst())
        let lengths: [Int]
        if digits.starts(with: "33".utf8) {
            lengths = [2, 1, 2, 2, 2, 2]
        } else if digits.count == 12, ["262", "590", "594", "596"].contains(where: { digits.starts(with: $0.utf8) }) {
            lengths = [3, 3, 2, 2, 2]
        } else {
            return nil
        }
        var rest = digits[...]
        let groups = lengths.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(decoding: rest.prefix(length), as: UTF8.self)
        }
        return "+" + groups.joined(separator: " ")
    }
}

extension PhoneNumber: Hashable, CustomStringConvertible {
    package var description: String { display }

    package static func == (left: PhoneNumber, right: PhoneNumber) -> Bool {
        (left.e164 ?? left.display) == (right.e164 ?? right.display)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(e164 ?? display) }
}
