package import SupportDesk

/// Where mail is handed in: `smtp://host:587` or `smtps://host:465`.
package struct SMTPEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// TLS from the first byte.
    package let implicitTLS: Bool
    /// A name, an IPv4 address, or an IPv6 address between brackets.
    package let host: String
    package let port: Int

    /// As attempts name the peer: `host:587`.
    package var description: String { "\(host):\(port)" }

    /// A text that names no such place.
    package struct Invalid: Explained, Hashable {
        package var explanation: Bilingual {
            // Without the text, which may hold a password.
            Bilingual(
                fr: "smtp.url doit s'écrire smtp://serveur:587 ou smtps://serveur:465, sans nom ni mot de passe",
                en: "smtp.url must be written smtp://server:587 or smtps://server:465, without name or password")
        }
    }

    /// Without a port it is that of submission (RFC 8314): 587, or 465 for `smtps`.
    package init(_ url: String) throws(Invalid) {
        let lower = url.lowercased()
        implicitTLS = lower.hasPrefix("smtps://")
        guard implicitTLS || lower.hasPrefix("smtp://") else { throw Invalid() }
        var rest = url.dropFirst(implicitTLS ? 8 : 7)
        if rest.last == "/" { rest.removeLast() }
        let name: Substring
        let allowed: (UInt8) -> Bool
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            name = rest[...end]
            allowed = { Self.isAlphanumeric($0) || "[]:.".utf8.contains($0) }
        } else {
            name = rest.prefix { $0 != ":" }
            allowed = { Self.isAlphanumeric($0) || ".-_".utf8.contains($0) }
        }
        let colonAndPort = rest[name.endIndex...]
        guard !name.isEmpty, name.utf8.allSatisfy(allowed) else { throw Invalid() }
        host = String(name)
        if colonAndPort.isEmpty {
            port = implicitTLS ? 465 : 587
        } else {
            let digits = colonAndPort.dropFirst()
            guard colonAndPort.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits), (1...65_535).contains(number)
            else { throw Invalid() }
            port = number
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
