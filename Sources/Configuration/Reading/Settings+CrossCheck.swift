import SupportDesk

extension Settings {
    /// What no single key can tell: keys that are missing, contradict each other, or ask for what is not there yet.
    func crossCheck(_ reader: inout SettingsReader) {
        checkRequired(&reader)
        checkPlaces(&reader)
        checkLogin(&reader)
        checkRetry(&reader)
        checkRegister(&reader)
        checkDesk(&reader)
        checkFax(&reader)
        checkAvailable(&reader)
    }

    private func checkRequired(_ reader: inout SettingsReader) {
        if !reader.says("smtp.url") {
            reader.refuse(
                "smtp.url",
                Bilingual(
                    fr: "cette clé est obligatoire : le serveur de courriel, par exemple url = "
                        + "\"smtp://smtp.exemple.fr:587\" sous [smtp].",
                    en: "this key is required: the mail server, for example url = \"smtp://smtp.example.com:587\" "
                        + "under [smtp]."))
        }
        if !reader.says("smtp.from") {
            reader.refuse(
                "smtp.from",
                Bilingual(
                    fr: "cette clé est obligatoire : l'adresse qui envoie, par exemple from = \"assistd@exemple.fr\" "
                        + "sous [smtp].",
                    en: "this key is required: the address that sends, for example from = \"assistd@example.com\" "
                        + "under [smtp]."))
        }
    }

    /// What the service keeps for itself must not lie where it takes files away.
    private func checkPlaces(_ reader: inout SettingsReader) {
        for (key, path) in [("journal.url", journal.path), ("control.socket", control.socket)] {
            for folder in [spool.incoming, spool.rejected, spool.receipts] where path.hasPrefix(folder + "/") {
                reader.refuse(
                    key,
                    Bilingual(
                        fr:
                            "ne doit pas se trouver dans \(folder), où l'on dépose et retire des fichiers ; choisissez un "
                            + "autre dossier.",
                        en: "must not lie in \(folder), where files are dropped and taken away; choose another folder.")
                )
            }
        }
    }

    private func checkLogin(_ reader: inout SettingsReader) {
        let (name, password, token) = (
            reader.says("smtp.username"), reader.says("smtp.password_file"), reader.says("smtp.oauth2_token_file")
        )
        if password, token {
            reader.refuse(
                "smtp.oauth2_token_file",
                Bilingual(
                    fr: "avec password_file, c'est l'un ou l'autre ; retirez l'une des deux clés.",
                    en: "together with password_file, it is one or the other; remove one of the two keys."))
        }
        if name, !password, !token {
            reader.refuse(
                "smtp.username",
                Bilingual(
                    fr: "il manque le secret qui va avec : ajoutez password_file (ou oauth2_token_file), ou retirez "
                        + "username.",
                    en: "the secret that goes with it is missing: add password_file (or oauth2_token_file), or remove "
                        + "username."))
        }
        if !name, password || token {
            reader.refuse(
                password ? "smtp.password_file" : "smtp.oauth2_token_file",
                Bilingual(
                    fr: "il manque le nom qui va avec : ajoutez username, ou retirez cette clé.",
                    en: "the name that goes with it is missing: add username, or remove this key."))
        }
        guard smtp.tls == .none, let text = smtp.url, let url = try? MailServerURL(text) else { return }
        if url.scheme == "smtps" {
            reader.warn(
                "smtp.tls",
                Bilingual(
                    fr: "\"none\" n'a pas d'effet avec smtps://, qui chiffre toujours.",
                    en: "\"none\" has no effect with smtps://, which always encrypts."))
        } else if name, !url.isLoopback {
            reader.warn(
                "smtp.tls",
                Bilingual(
                    fr: "le nom et le mot de passe partent en clair vers \(url.host) ; mettez tls = \"required\" si ce "
                        + "serveur sait chiffrer.",
                    en: "name and password go to \(url.host) in clear; set tls = \"required\" if this server can "
                        + "encrypt."))
        }
    }

    private func checkRetry(_ reader: inout SettingsReader) {
        let policy = retry.policy
        if policy.first > policy.ceiling {
            let (first, ceiling) = (policy.first.configured, policy.ceiling.configured)
            reader.refuse(
                reader.says("retry.first") ? "retry.first" : "retry.ceiling",
                Bilingual(
                    fr: "la première attente (first, \(first)) dépasse la plus longue (ceiling, \(ceiling)) ; réduisez "
                        + "first ou augmentez ceiling.",
                    en: "the first wait (first, \(first)) is longer than the longest (ceiling, \(ceiling)); make first "
                        + "shorter or ceiling longer."))
        }
        if policy.first > policy.giveUp {
            reader.warn(
                reader.says("retry.give_up") ? "retry.give_up" : "retry.first",
                Bilingual(
                    fr: "un rapport est abandonné (give_up, \(policy.giveUp.configured)) avant d'être essayé une "
                        + "deuxième fois (first, \(policy.first.configured)).",
                    en: "a report is given up (give_up, \(policy.giveUp.configured)) before it is tried a second time "
                        + "(first, \(policy.first.configured))."))
        }
    }

    private func checkRegister(_ reader: inout SettingsReader) {
        guard licenses.register == nil, licenses.noRegister == .reject, !reader.says("licenses.register") else {
            return
        }
        reader.warn(
            "licenses.no_register",
            Bilingual(
                fr: "sans registre (register), tous les rapports seront refusés ; donnez un registre, ou mettez "
                    + "\"forward\" ou \"hold\".",
                en: "without a register, every report will be refused; give a register, or set \"forward\" or "
                    + "\"hold\"."))
    }

    /// Without replies, only people can say that the desk answered.
    private func checkDesk(_ reader: inout SettingsReader) {
        guard desk.reminder else { return }
        reader.warn(
            "desk.reminder",
            Bilingual(
                fr:
                    "les réponses ne sont pas lues dans cette version : sans « assistctl answered », chaque rapport est "
                    + "relancé une fois son délai passé.",
                en:
                    "replies are not read in this version: without \"assistctl answered\", the desk is reminded of each "
                    + "report once its time is over."))
    }

    /// Nobody may believe that something works because the file asks for it.
    private func checkAvailable(_ reader: inout SettingsReader) {
        func refuse(_ path: String, fr french: String, en english: String) {
            reader.refuse(
                path,
                Bilingual(
                    fr: "n'est pas disponible dans cette version ; \(french).",
                    en: "is not available in this version; \(english)."))
        }
        if journal.url.hasPrefix("postgres") {
            refuse(
                "journal.url", fr: "seul \"sqlite:/chemin\" l'est", en: "only \"sqlite:/path\" is")
        }
        if mailbox.url != nil {
            refuse(
                "mailbox.url", fr: "les réponses ne sont pas encore lues ; retirez cette clé",
                en: "replies are not read yet; remove this key")
        }
        if http.listen != nil {
            refuse(
                "http.listen", fr: "il n'y a pas encore de page d'état ; retirez cette clé",
                en: "there is no status page yet; remove this key")
        }
        for path in Self.withoutEffect where reader.says(path) {
            let retention = path.hasPrefix("retention.")
            reader.warn(
                path,
                Bilingual(
                    fr: "n'a pas encore d'effet dans cette version" + (retention ? " : rien n'est effacé." : "."),
                    en: "has no effect yet in this version" + (retention ? ": nothing is deleted." : ".")))
        }
    }

    /// Keys that are read and kept, and that nothing asks for so far.
    private static let withoutEffect = ["smtp.cc_partner", "retention.bodies", "retention.metadata"]
}
