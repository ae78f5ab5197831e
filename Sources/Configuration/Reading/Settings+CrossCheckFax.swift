import SupportDesk

extension Settings {
    /// A gateway that lacks what it cannot do without, and what cannot work without a gateway.
    func checkFax(_ reader: inout SettingsReader) {
        switch fax.gateway {
        case .none: checkWithoutGateway(&reader)
        case .hylafax:
            checkMissing("fax.hylafax.host", "host = \"fax.example.com\"", isMissing: fax.hylafax.host == nil, &reader)
        case .mail:
            checkMissing(
                "fax.mail.to", "to = \"{national}@ecofax.fr\"", isMissing: !reader.says("fax.mail.to"), &reader)
            checkSecret(&reader)
        case .http:
            checkMissing("fax.http.profile", "profile = \"interfax\"", isMissing: fax.http.profile == nil, &reader)
        case .command:
            checkMissing(
                "fax.command.submit", "submit = [\"/usr/local/bin/send-fax\", \"{file}\", \"{national}\"]",
                isMissing: fax.command.submit.isEmpty, &reader)
        }
        if fax.hylafax.passwordFile != nil, fax.hylafax.user == nil {
            reader.refuse(
                "fax.hylafax.password_file",
                Bilingual(
                    fr: "il manque le nom qui va avec : ajoutez user, ou retirez cette clé.",
                    en: "the name that goes with it is missing: add user, or remove this key."))
        }
    }

    private func checkWithoutGateway(_ reader: inout SettingsReader) {
        guard fax.fallbackAfter != nil else { return }
        reader.warn(
            "fax.fallback_after",
            Bilingual(
                fr: "sans passerelle (fax.gateway), rien ne part par fax.",
                en: "without a gateway (fax.gateway), nothing goes by fax."))
    }

    private func checkMissing(_ key: String, _ example: String, isMissing: Bool, _ reader: inout SettingsReader) {
        guard isMissing else { return }
        let section = key.split(separator: ".").dropLast().joined(separator: ".")
        reader.refuse(
            key,
            Bilingual(
                fr:
                    "cette clé est obligatoire avec gateway = \"\(fax.gateway.rawValue)\" : par exemple \(example) sous "
                    + "[\(section)].",
                en: "this key is required with gateway = \"\(fax.gateway.rawValue)\": for example \(example) under "
                    + "[\(section)]."))
    }

    /// `{secret}` without a secret would be sent as an empty password.
    private func checkSecret(_ reader: inout SettingsReader) {
        let texts = [fax.mail.to, fax.mail.subject ?? "", fax.mail.body ?? "", fax.mail.attachment]
        guard texts.contains(where: { $0.contains("{secret}") }), fax.mail.secretFile == nil else { return }
        reader.refuse(
            "fax.mail.secret_file",
            Bilingual(
                fr: "le secret de {secret} manque : ajoutez secret_file.",
                en: "what {secret} stands for is missing: add secret_file."))
    }
}
