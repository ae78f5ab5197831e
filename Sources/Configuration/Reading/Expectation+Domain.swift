import SupportDesk
import _StringProcessing

extension Expectation where Value == String {
    /// `sqlite:/path`; PostgreSQL has its say among the cross-checks.
    static var journalURL: Self {
        text.then { text throws(Complaint) in
            if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return text }
            guard text.hasPrefix("sqlite:/") else {
                // The words do not repeat the text: a URL may hold a password.
                throw Complaint(
                    fr: "il faut \"sqlite:/chemin/complet/journal.sqlite\".",
                    en: "\"sqlite:/full/path/journal.sqlite\" is expected.")
            }
            return "sqlite:" + (try absolutePath.read(.text(String(text.dropFirst("sqlite:".count)))))
        }
    }

    /// A path short enough for a socket (unix(7): 108 bytes with the closing zero).
    static var socketPath: Self {
        absolutePath.then { path throws(Complaint) in
            guard path.utf8.count <= 107 else {
                throw Complaint(
                    fr: "ce chemin a \(path.utf8.count) octets ; celui d'une socket n'en a jamais plus de 107.",
                    en: "this path has \(path.utf8.count) bytes; that of a socket never has more than 107.")
            }
            return path
        }
    }

    static var mailServer: Self {
        text.then { text throws(Complaint) in try MailServerURL(text).text }
    }

    /// A regular expression that compiles.
    static var pattern: Self {
        text.then { text throws(Complaint) in
            do {
                _ = try Regex(text)
            } catch {
                throw Complaint(
                    fr:
                        "cette expression régulière ne se lit pas (\("\(error)".harmless)) ; entre guillemets simples, les barres "
                        + "obliques inverses s'écrivent telles quelles.",
                    en:
                        "this regular expression cannot be read (\("\(error)".harmless)); between single quotation marks, "
                        + "backslashes are written as they are.")
            }
            return text
        }
    }

    /// A name of the time zone database; whether this machine knows it is another question.
    static var timezone: Self {
        text.then { text throws(Complaint) in
            let names = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard
                names.allSatisfy({ name in
                    name.first.map(isLetterOrDigit) ?? false
                        && name.allSatisfy { isLetterOrDigit($0) || "_+-".utf8.contains($0) }
                })
            else {
                throw Complaint(
                    fr: "il faut un fuseau comme \"Europe/Paris\", et non \(quoted(text).french).",
                    en: "a time zone such as \"Europe/Paris\" is expected, not \(quoted(text).english).")
            }
            return text
        }
    }
}

extension Expectation where Value == SecretSource {
    static var secret: Self {
        Expectation<String>.text.then { text throws(Complaint) in
            guard let source = SecretSource(configured: text) else {
                throw Complaint(
                    fr:
                        "il faut le chemin complet d'un fichier, ou le nom d'un secret de systemd (LoadCredential=), ou "
                        + "\"env:VARIABLE\".",
                    en: "the full path of a file, or the name of a secret of systemd's (LoadCredential=), or "
                        + "\"env:VARIABLE\" is expected.")
            }
            return source
        }
    }
}
