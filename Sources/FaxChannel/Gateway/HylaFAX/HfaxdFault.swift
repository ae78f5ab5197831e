import SupportDesk

extension ChannelFault {
    /// - Parameter place: the server, as in `fax.example.com:4559`.
    static func hfaxdSilent(_ place: String, during step: Bilingual) -> ChannelFault {
        ChannelFault(
            .unreachable, fr: "Le serveur de fax \(place) ne répond pas (\(step.french)).",
            en: "The fax server \(place) does not answer (\(step.english)).")
    }

    static func hfaxdLost(_ place: String, _ reason: String, during step: Bilingual) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "La connexion au serveur de fax \(place) ne s'est pas faite ou s'est rompue (\(step.french)) : "
                + "\(reason.harmless). Vérifiez fax.hylafax.host et .port, et que hfaxd fonctionne.",
            en: "The connection to the fax server \(place) was not made or broke (\(step.english)): "
                + "\(reason.harmless). Check fax.hylafax.host and .port, and that hfaxd runs.")
    }

    /// It speaks, but not as hfaxd does.
    static func hfaxdStrange(_ place: String, _ words: String) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "Ce qui répond à \(place) ne parle pas comme un serveur HylaFAX : « \(words.harmless) ». Vérifiez "
                + "fax.hylafax.host et .port.",
            en: "What answers at \(place) does not speak like a HylaFAX server: “\(words.harmless)”. Check "
                + "fax.hylafax.host and .port.")
    }

    /// It does not take a command now, or ever.
    static func hfaxdRefusal(_ place: String, _ command: String, _ reply: HfaxdReply) -> ChannelFault {
        switch reply.code {
        case 400..<500:
            ChannelFault(
                .busy, fr: "Le serveur de fax \(place) ne peut pas maintenant (\(command)) : « \(reply.words) ».",
                en: "The fax server \(place) cannot now (\(command)): “\(reply.words)”.")
        case 530:
            ChannelFault(
                .authentication,
                fr: "Le serveur de fax \(place) refuse l'accès : « \(reply.words) ». Vérifiez fax.hylafax.user et "
                    + ".password_file, et hosts.hfaxd sur le serveur.",
                en: "The fax server \(place) denies access: “\(reply.words)”. Check fax.hylafax.user and "
                    + ".password_file, and hosts.hfaxd on the server.")
        case 500..<600:
            ChannelFault(
                .configuration, fr: "Le serveur de fax \(place) refuse \(command) : « \(reply.words) ».",
                en: "The fax server \(place) refuses \(command): “\(reply.words)”.")
        default: .hfaxdStrange(place, reply.words)
        }
    }

    static func hfaxdWantsPassword(_ place: String, user: String) -> ChannelFault {
        ChannelFault(
            .authentication,
            fr: "Le serveur de fax \(place) veut un mot de passe pour « \(user.harmless) » ; donnez "
                + "fax.hylafax.password_file.",
            en: "The fax server \(place) wants a password for “\(user.harmless)”; give fax.hylafax.password_file.")
    }

    /// A value that would be more than one command.
    static func hfaxdUnspeakable(_ command: String) -> ChannelFault {
        ChannelFault(
            .configuration,
            fr: "\(command) ne peut pas être dit au serveur de fax : sa valeur a des caractères de commande ou autres "
                + "qu'ASCII. Vérifiez [fax] et [fax.hylafax].",
            en: "\(command) cannot be said to the fax server: its value has control characters or others than ASCII. "
                + "Check [fax] and [fax.hylafax].")
    }
}
