/// A single address to which an answer can go (the `addr-spec` of RFC 5322, without quoting, comments or literals).
///
/// Narrower than the RFC on purpose: it becomes a header, and what a person typed with a comma, a line break or a
/// foreign letter in it is more likely a mistake, or an attack, than an address.
package struct EmailAddress: Hashable, Sendable {
    package let text: String

    /// Reads `a@b.fr`, also as `Name <a@b.fr>`; nil where it is no address, or several.
    package init?(_ written: String) {
        var rest = Substring(written)
        if rest.hasSuffix(">"), let open = rest.lastIndex(of: "<") {
            guard !rest[..<open].contains("@"), !rest[..<open].contains(",") else { return nil }
            rest = rest[rest.index(after: open)...].dropLast()
        }
        let bytes = Array(rest.utf8)
        guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = bytes[..<at]
        let domain = bytes[(at + 1)...]
        let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard local.count <= 64, atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAtomText) }) else { return nil }
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2,
            labels.allSatisfy({ label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
            }), labels.last?.contains(where: { !$0.isDigit }) == true
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// RFC 5322 3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
