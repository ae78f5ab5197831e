package import SupportDesk

/// What a trial of the mail server found, as far as the login.
package struct MailProbe: Hashable, Sendable {
    /// As in `mail.example.com:587`.
    package var endpoint: String
    /// As in `TLSv1.3`; nil without encryption.
    package var cipher: String?
    /// nil when mail could be handed in.
    package var fault: ChannelFault?

    package init(endpoint: String, cipher: String? = nil, fault: ChannelFault? = nil) {
        self.endpoint = endpoint
        self.cipher = cipher
        self.fault = fault
    }
}

extension Doctor {
    /// The mail server, as far as the login; not without the secret.
    func mail() async -> DoctorCheck {
        guard secretsWithheld.isEmpty else {
            return .warning(
                "smtp", fr: "le serveur de courriel n'est pas essayé : le secret manque ici.",
                en: "the mail server is not tried: the secret is missing here.", mend: Self.askTheService)
        }
        return Self.check(await probeMail())
    }

    private static func check(_ probe: MailProbe) -> DoctorCheck {
        guard let fault = probe.fault else {
            let (french, english) =
                probe.cipher.map { ("chiffré (\($0))", "encrypted (\($0))") } ?? ("en clair", "in clear")
            return .ok(
                "smtp", fr: "\(probe.endpoint) répond et prendrait le courriel, \(french).",
                en: "\(probe.endpoint) answers and would take mail, \(english).")
        }
        let words = fault.explanation
        // Most explanations name the server themselves.
        let isNamed = probe.endpoint.isEmpty || words.english.contains(probe.endpoint)
        return .fault(
            "smtp", fr: (isNamed ? "" : "\(probe.endpoint) : ") + words.french,
            en: (isNamed ? "" : "\(probe.endpoint): ") + words.english, mend: mend(fault.kind, at: probe.endpoint))
    }

    private static func mend(_ kind: ChannelFault.Kind, at endpoint: String) -> Bilingual {
        switch kind {
        case .unreachable:
            Bilingual(
                fr: "vérifiez le nom et le port de smtp.url, le réseau et le pare-feu : « nc -vz "
                    + "\(words(endpoint)) » doit aboutir.",
                en: "check the name and port of smtp.url, the network and the firewall: \"nc -vz \(words(endpoint))\" "
                    + "must succeed.")
        case .busy:
            Bilingual(
                fr: "le serveur demande de revenir plus tard : rien à faire si cela ne dure pas ; sinon, réduisez "
                    + "smtp.connections ou demandez à son administrateur.",
                en: "the server asks to come back later: nothing to do unless it lasts; then lower smtp.connections or "
                    + "ask its administrator.")
        case .tls:
            Bilingual(
                fr: "vérifiez que smtp.url porte le nom écrit dans le certificat, et le port (587 pour smtp://, 465 "
                    + "pour smtps://) ; pour une autorité privée, donnez smtp.ca_file.",
                en: "check that smtp.url has the name written in the certificate, and the port (587 for smtp://, 465 "
                    + "for smtps://); for a private authority, give smtp.ca_file.")
        case .authentication:
            Bilingual(
                fr: "vérifiez smtp.username et le contenu de smtp.password_file (ou oauth2_token_file) ; certains "
                    + "fournisseurs veulent un mot de passe d'application.",
                en: "check smtp.username and what smtp.password_file (or oauth2_token_file) holds; some providers want "
                    + "an app password.")
        case .configuration:
            Bilingual(
                fr: "corrigez [smtp] dans la configuration, puis « systemctl reload assistd ».",
                en: "correct [smtp] in the configuration, then \"systemctl reload assistd\".")
        }
    }

    /// `host:587` as a command line wants it.
    private static func words(_ endpoint: String) -> String {
        guard let colon = endpoint.lastIndex(of: ":") else { return endpoint }
        let host = endpoint[..<colon].filter { $0 != "[" && $0 != "]" }
        return "\(host) \(endpoint[colon...].dropFirst())"
    }
}
