import Glibc
package import SupportDesk

/// Where a secret is kept. The configuration names the place, never the secret.
package enum SecretSource: Hashable, Sendable {
    /// A file, by its full path.
    case file(String)
    /// A file of `$CREDENTIALS_DIRECTORY` (systemd's `LoadCredential=`), by its bare name.
    case credential(String)
    /// A variable of the environment, written `env:NAME`.
    case environment(String)

    /// Reads `/full/path`, `name` and `env:NAME`; nil for a relative path or an empty name.
    package init?(configured text: String) {
        if text.hasPrefix("/") {
            self = .file(text)
        } else if text.hasPrefix("env:") {
            let name = text.dropFirst(4)
            guard !name.isEmpty, !name.contains("=") else { return nil }
            self = .environment(String(name))
        } else if !text.isEmpty, !text.contains("/"), text != ".", text != ".." {
            self = .credential(text)
        } else {
            return nil
        }
    }

    /// As the configuration writes it; it never holds the secret.
    package var configured: String {
        switch self {
        case .file(let path): path
        case .credential(let name): name
        case .environment(let name): "env:\(name)"
        }
    }

    /// The secret as it stands now, so that a changed file is noticed; one line end after it is dropped.
    package func read(environment: [String: String]) throws(SecretFault) -> String {
        let bytes: [UInt8]
        if case .environment(let name) = self {
            guard let value = environment[name] else {
                throw SecretFault(
                    source: self,
                    words: Bilingual(
                        fr:
                            "la variable d'environnement \(name) n'existe pas ; donnez-la au service (EnvironmentFile=).",
                        en: "the environment variable \(name) does not exist; give it to the service "
                            + "(EnvironmentFile=)."))
            }
            bytes = Array(value.utf8)
        } else {
            let path = try path(environment: environment)
            do throws(FileFault) {
                bytes = try readFile(path, limit: 65_536).bytes
            } catch {
                throw SecretFault(source: self, words: error.words)
            }
        }
        var rest = bytes[...]
        if rest.last == 0x0A { rest = rest.dropLast() }
        if rest.last == 0x0D { rest = rest.dropLast() }
        guard !rest.isEmpty, !rest.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }),
            let secret = String(validating: rest, as: UTF8.self)
        else {
            throw SecretFault(
                source: self,
                words: Bilingual(
                    fr: "il faut une seule ligne de texte UTF-8, qui n'est pas vide.",
                    en: "a single line of UTF-8 text that is not empty is expected."))
        }
        return secret
    }

    /// The same as a closure, for a part that must not know where secrets are kept.
    package func reader(environment: [String: String]) -> @Sendable () throws -> String {
        { () throws -> String in try read(environment: environment) }
    }

    /// A warning where others than the owner and the group may read the file; nil where all is well or cannot be told.
    package func exposure(environment: [String: String]) -> Bilingual? {
        guard let path = try? path(environment: environment), let mode = fileMode(path), mode & 0o004 != 0 else {
            return nil
        }
        return Bilingual(
            fr: "\(path) est lisible par tous ; « chmod o-r \(path) » le réserve à ceux qui en ont besoin.",
            en: "\(path) is readable by everybody; \"chmod o-r \(path)\" keeps it for those who need it.")
    }

    private func path(environment: [String: String]) throws(SecretFault) -> String {
        switch self {
        case .file(let path): return path
        case .credential(let name):
            guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
                throw SecretFault(
                    source: self,
                    words: Bilingual(
                        fr:
                            "un nom sans « / » désigne un secret donné par systemd (LoadCredential=\(name):/chemin), et "
                            + "$CREDENTIALS_DIRECTORY n'existe pas ; complétez le service, ou donnez un chemin complet.",
                        en: "a name without \"/\" means a secret given by systemd (LoadCredential=\(name):/path), and "
                            + "$CREDENTIALS_DIRECTORY does not exist; complete the unit, or give a full path."))
            }
            return folder + "/" + name
        case .environment(let name):
            throw SecretFault(source: self, words: Bilingual(fr: "\(name) : pas un fichier", en: "\(name): not a file"))
        }
    }
}

/// A secret that could not be had. It never quotes one.
package struct SecretFault: Explained {
    package var source: SecretSource
    package var words: Bilingual

    package var explanation: Bilingual {
        Bilingual(
            fr: "secret « \(source.configured) » : \(words.french)",
            en: "secret \"\(source.configured)\": \(words.english)")
    }
}
