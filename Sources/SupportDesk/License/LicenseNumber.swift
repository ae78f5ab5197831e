/// A licence number as somebody wrote it, and what it comes down to.
///
/// Letters are upper case, compatibility forms (full width, superscript, circled) are plain; blanks of every kind,
/// dots, dashes of every kind and a leading `n°` are gone. It stays text, so leading zeros stay.
package struct LicenseNumber: Hashable, Sendable {
    /// Other things that get written where the license number belongs; each of them opens the software, so none
    /// is ever stored, logged or forwarded.
    package enum Secret: String, Sendable, CaseIterable {
        /// A GUID: 8-4-4-4-12 hexadecimal digits.
        case serialNumber
        /// 16 hexadecimal digits.
        case unlockKey
        /// Four groups between dashes.
        case unlockCode
    }

    /// Empty where nothing but blanks and marks was written.
    package let normalised: String
    /// What it is instead of a licence number, as far as its shape tells.
    package let secret: Secret?

    package init(_ written: String) {
        var shape = LicenseShape(written)
        var text = String(decoding: shape.kept, as: UTF8.self)
        var secret = shape.secret
        // What stood in front may only now be seen for what it is, as in `N.U.M.E.R.O 1234`: normalising what is normal
        // already changes nothing.
        while shape.mayBeginWithPrefix {
            shape = LicenseShape(text)
            secret = secret ?? shape.secret
            let again = String(decoding: shape.kept, as: UTF8.self)
            if again == text { break }
            text = again
        }
        normalised = text
        self.secret = secret
    }

    /// The form under which a licence is stored and compared.
    package static func normalised(_ written: String) -> String { LicenseNumber(written).normalised }

    /// What may be stored and logged of a value that may be a secret: asterisks for what is one, or nearly (a digit
    /// short, a group too many), else the normalised number.
    package static func masked(_ written: String) -> String { LicenseNumber(written).masked }

    /// What may be stored and logged in place of this number.
    package var masked: String {
        if normalised.isEmpty { return "" }
        let length = normalised.utf8.count
        let nearlyKey = length >= 13 && normalised.utf8.allSatisfy(\.isHexDigit)
        return secret != nil || nearlyKey || length > 20 ? "****" : normalised
    }

    /// Drops a leading `No.`, `Numero`: only with what cannot belong to the number, since `NO1234` may well be one.
    fileprivate static func withoutPrefix(_ bytes: String.UTF8View) -> Substring.UTF8View {
        var rest = bytes.drop { $0.isBlank }
        for prefix in ["NUMERO", "NO."] where rest.count >= prefix.utf8.count {
            if zip(rest, prefix.utf8).allSatisfy({ $0.uppercased == $1 }) {
                rest = rest.dropFirst(prefix.utf8.count)
                rest = rest.drop { $0.isBlank || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
                break
            }
        }
        return rest
    }

    /// Drops a leading `n°` in any of the ways it is typed, or `numéro`.
    fileprivate static func withoutPrefix(_ scalars: String.UnicodeScalarView) -> ArraySlice<Unicode.Scalar> {
        let all = scalars.filter { !$0.isBlank }.map(\.narrow)
        var rest = all[...]
        let degrees: Set<Unicode.Scalar> = ["\u{B0}", "\u{BA}", "\u{2DA}", "\u{1D52}", "\u{2070}"]
        if rest.first == "\u{2116}" {
            rest = rest.dropFirst()
        } else if let first = rest.first, first == "n" || first == "N" {
            let second = rest.dropFirst().first
            let hasO = second == "o" || second == "O"
            let mark = rest.dropFirst(hasO ? 2 : 1).first
            if let mark, degrees.contains(mark) || hasO && mark == "." {
                rest = rest.dropFirst(hasO ? 3 : 2)
            } else if !hasO, rest.count >= 6 {
                let word = String(String.UnicodeScalarView(rest.prefix(7))).lowercased()
                for name in ["numéro", "numero"] where word.hasPrefix(name) {
                    // `é` may be two scalars.
                    let length = word.unicodeScalars.prefix(7).contains("\u{301}") ? 7 : 6
                    rest = rest.dropFirst(length)
                    break
                }
            }
        } else {
            return rest
        }
        if rest.count < all.count { rest = rest.drop { $0 == ":" || $0 == "." } }
        return rest
    }
}

/// Gathers a number symbol by symbol, and remembers where the dashes were: the unlock code is known by them.
private struct LicenseShape {
    private(set) var kept: [UInt8] = []
    /// Between dashes, groups that are not empty.
    private var groups = 0
    private var inGroup = false
    private var isPlain = true

    init(_ written: String) {
        let bytes = written.utf8
        if bytes.allSatisfy({ $0 < 0x80 }) {
            for byte in LicenseNumber.withoutPrefix(bytes) { take(byte) }
        } else {
            for scalar in LicenseNumber.withoutPrefix(written.unicodeScalars) { take(scalar) }
        }
    }

    /// Nearly no number does.
    var mayBeginWithPrefix: Bool { kept.first == UInt8(ascii: "N") || kept.contains { $0 >= 0x80 } }

    mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "-"): inGroup = false
        case UInt8(ascii: "."): break
        case _ where byte.isBlank: break
        default:
            if !inGroup {
                groups += 1
                inGroup = true
            }
            let upper = byte.uppercased
            if !upper.isLetterOrDigit { isPlain = false }
            kept.append(upper)
        }
    }

    mutating func take(_ scalar: Unicode.Scalar) {
        if scalar.isBlank || scalar.properties.isDefaultIgnorableCodePoint { return }
        if scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}" {
            take(UInt8(ascii: "-"))
        } else if scalar == "\u{B7}" || scalar == "\u{2024}" || scalar == "\u{FF0E}" {
            // Dots by other names.
        } else if let plain = scalar.plainForm {
            for byte in plain.utf8 { take(byte) }
        } else if scalar.isASCII {
            take(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            if !inGroup { groups += 1 }
            inGroup = true
            isPlain = false
            kept.append(contentsOf: scalar.properties.uppercaseMapping.utf8)
        }
    }

    var secret: LicenseNumber.Secret? {
        var symbols = kept[...]
        if symbols.first == UInt8(ascii: "{"), symbols.last == UInt8(ascii: "}") {
            symbols = symbols.dropFirst().dropLast()
        }
        let isHex = symbols.allSatisfy(\.isHexDigit)
        if isHex, symbols.count == 32 { return .serialNumber }
        if isPlain, groups == 4 { return .unlockCode }
        if isHex, symbols.count == 16 { return .unlockKey }
        return nil
    }
}

extension Unicode.Scalar {
    /// What a Japanese keyboard writes wide, as it is written elsewhere.
    fileprivate var narrow: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
    }
}
