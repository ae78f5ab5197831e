import SupportDesk

/// Where mail is handed in: `smtp://host:587` or `smtps://host:465`.
struct MailServerURL {
    var scheme: String
    /// A name, an IPv4 address, or an IPv6 address between brackets.
    var host: String
    var port: Int

    /// With the port always written: submission's own (RFC 8314) where the file names none.
    var text: String { "\(scheme)://\(host):\(port)" }

    var isLoopback: Bool {
        host.lowercased() == "localhost" || host.hasPrefix("127.") || host == "[::1]"
    }

    init(_ text: String) throws(Complaint) {
        let form = Complaint(
            fr: "il faut \"smtp://serveur:587\" (STARTTLS) ou \"smtps://serveur:465\" (TLS d'emblée).",
            en: "\"smtp://server:587\" (STARTTLS) or \"smtps://server:465\" (TLS from the start) is expected.")
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: ":")), text[mark...].hasPrefix("://") else { throw form }
        scheme = text[..<mark].lowercased()
        var rest = text[mark...].dropFirst(3)
        guard scheme == "smtp" || scheme == "smtps" else { throw form }
        guard !rest.contains("@") else {
            // The words do not repeat the text: it may hold a password.
            throw Complaint(
                fr: "ni nom ni mot de passe dans l'adresse du serveur ; utilisez username et password_file.",
                en: "neither name nor password in the server's address; use username and password_file.")
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("/"), !rest.contains("?"), !rest.contains("#") else { throw form }

        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { throw form }
            host = String(rest[...end])
            let address = host.utf8.dropFirst().dropLast()
            guard address.contains(UInt8(ascii: ":")),
                address.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { throw form }
            rest = rest[end...].dropFirst()
        } else {
            host = String(rest.prefix { $0 != ":" })
            rest = rest.dropFirst(host.count)
            guard !host.isEmpty, !host.hasPrefix("."), !host.hasPrefix("-"),
                host.utf8.allSatisfy({ isLetterOrDigit($0) || ".-_".utf8.contains($0) })
            else { throw form }
        }
        if rest.isEmpty {
            port = scheme == "smtp" ? 587 : 465
        } else {
            guard rest.first == ":", let number = Int(rest.dropFirst()), (1...65535).contains(number) else {
                throw Complaint(
                    fr: "le port n'est pas un nombre de 1 à 65535 ; \(form.words.french)",
                    en: "the port is not a number from 1 to 65535; \(form.words.english)")
            }
            port = number
        }
    }
}
