package import SupportDesk

/// A name and an address that is fit for an envelope and a header (RFC 5321, 4.1.2, without quoted local parts).
package struct Mailbox: Hashable, Sendable {
    /// What people see; one line, nil where there is none.
    package let name: String?
    /// `local@domain` in ASCII.
    package let address: String

    package init(name: String? = nil, address: String) throws(MailboxError) {
        let octets = Array(address.utf8)
        guard let at = octets.lastIndex(of: UInt8(ascii: "@")) else { throw MailboxError(address) }
        let local = octets[..<at]
        let domain = octets[(at + 1)...]
        guard Self.isDotAtom(local), local.count <= 64, Self.isDomain(domain), domain.count <= 190 else {
            throw MailboxError(address)
        }
        self.address = String(decoding: local + [UInt8(ascii: "@")] + domain, as: UTF8.self)
        // Longer than any name, and short enough for a header that every mail server accepts.
        let line = SingleLine.ofHeader(String((name ?? "").unicodeScalars.prefix(120)))
        self.name = line.isEmpty ? nil : line
    }

    package var domain: Substring { address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...] }

    /// RFC 5322, 3.2.3.
    static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: isLetterOrDigit(byte)
        }
    }

    private static func isDotAtom(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
    }

    /// Labels of letters, digits and dashes (RFC 1123, 2.1).
    private static func isDomain(_ text: ArraySlice<UInt8>) -> Bool {
        let dash = UInt8(ascii: "-")
        return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != dash && label.last != dash
                && label.allSatisfy { $0 == dash || isLetterOrDigit($0) }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// An address that cannot be used.
package struct MailboxError: Explained, Hashable {
    package let address: String

    init(_ address: String) { self.address = address }

    package var explanation: Bilingual {
        let shown = SingleLine.of(String(address.prefix(80)))
        return Bilingual(
            fr: "L’adresse « \(shown) » n’est pas utilisable ; écrivez-la sous la forme nom@domaine.fr.",
            en: "The address “\(shown)” cannot be used; write it as name@domain.com.")
    }
}
