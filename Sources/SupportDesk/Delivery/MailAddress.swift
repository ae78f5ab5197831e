/// One mailbox, as it stands between `<` and `>` in an envelope. Nothing that could end the line or the brackets
/// and begin a command of its own can be in it.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    /// The part before the `@` needs SMTPUTF8 (RFC 6531); a domain can be written in ASCII, a mailbox cannot.
    package let needsSMTPUTF8: Bool

    package var description: String { text }

    /// A text that is no address.
    package struct Invalid: Explained, Hashable {
        package var text: String

        package var explanation: Bilingual {
            Bilingual(
                fr: "« \(text) » n'est pas une adresse : écrivez-la comme nom@exemple.fr, sans espaces ni chevrons",
                en: "\"\(text)\" is not an address: write it as name@example.com, without blanks or angle brackets")
        }
    }

    package init(_ text: String) throws(Invalid) {
        let bytes = Array(text.utf8)
        // RFC 5321, 4.5.3.1: 64 bytes before the @, 254 in all.
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), (1...64).contains(at), bytes.count <= 254,
            at + 1 < bytes.count, text.unicodeScalars.allSatisfy(Self.isHarmless),
            bytes[..<at].allSatisfy({ !Self.special.contains($0) }),
            Self.isDomain(bytes[(at + 1)...])
        else { throw Invalid(text: String(text.unicodeScalars.filter(Self.isHarmless).prefix(80))) }
        self.text = text
        needsSMTPUTF8 = bytes[..<at].contains { $0 >= 0x80 }
    }

    private static let special = Set(#"()<>[]:;,\""#.utf8)

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value > 0x20 && scalar.value < 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }

    /// Labels of letters, digits, dashes and what is not ASCII; or an address literal, as in `[192.0.2.1]`.
    private static func isDomain(_ domain: ArraySlice<UInt8>) -> Bool {
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 {
            return domain.dropFirst().dropLast().allSatisfy { isLabelByte($0) || $0 == UInt8(ascii: ":") || $0 == 0x2E }
        }
        return domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy(isLabelByte)
        }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
