import Glibc
import SupportDesk

/// The faults of the channel in words: what is wrong, where, and how to mend it.
enum SMTPFault {
    static func unresolved(_ endpoint: String) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "Le nom du serveur \(endpoint) ne se résout pas ; vérifiez smtp.url et le DNS de cette machine",
            en: "The name of the server \(endpoint) does not resolve; check smtp.url and this machine's DNS")
    }

    static func unconnected(_ endpoint: String, osError: Int32, words: String) -> ChannelFault {
        if osError == ECONNREFUSED {
            return ChannelFault(
                .unreachable,
                fr: "\(endpoint) refuse la connexion ; vérifiez le port dans smtp.url, et que le serveur est démarré",
                en: "\(endpoint) refuses the connection; check the port in smtp.url, and that the server is running")
        }
        let reason = osError == 0 ? words : String(cString: strerror(osError))
        return ChannelFault(
            .unreachable,
            fr: "Pas de connexion à \(endpoint) (\(reason)) ; vérifiez le réseau, le pare-feu et smtp.url",
            en: "No connection to \(endpoint) (\(reason)); check the network, the firewall and smtp.url")
    }

    static func silent(_ endpoint: String, words: String) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "\(endpoint) ne répond pas (\(words)) ; vérifiez le réseau, le pare-feu et le port dans smtp.url",
            en: "\(endpoint) does not answer (\(words)); check the network, the firewall and the port in smtp.url")
    }

    static func otherProtocol(_ endpoint: String, words: String) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "\(endpoint) ne parle pas SMTP (il dit « \(words) ») ; vérifiez le port dans smtp.url",
            en: "\(endpoint) does not speak SMTP (it says \"\(words)\"); check the port in smtp.url")
    }

    static func brokeOff(_ endpoint: String, _ phase: SMTPPhase, words: String) -> ChannelFault {
        let place =
            switch phase {
            case .hello: Bilingual(fr: "après EHLO", en: "after EHLO")
            case .startTLS: Bilingual(fr: "après STARTTLS", en: "after STARTTLS")
            case .login: Bilingual(fr: "pendant l'identification", en: "during the login")
            case .noop: Bilingual(fr: "après NOOP", en: "after NOOP")
            default: Bilingual(fr: "avant son message d'accueil", en: "before its greeting")
            }
        return ChannelFault(
            .unreachable,
            fr: "\(endpoint) a coupé ou s'est tu \(place.french) (\(words)) ; vérifiez smtp.url (smtp:// ou smtps://, "
                + "port) et le journal du serveur",
            en: "\(endpoint) hung up or fell silent \(place.english) (\(words)); check smtp.url (smtp:// or smtps://, "
                + "port) and the server's log")
    }

    static func busy(_ endpoint: String, _ reply: SMTPReply) -> ChannelFault {
        ChannelFault(
            .busy,
            fr: "\(endpoint) demande de revenir plus tard : \(reply.words)",
            en: "\(endpoint) asks to come back later: \(reply.words)")
    }

    static func refusedService(_ endpoint: String, _ reply: SMTPReply) -> ChannelFault {
        ChannelFault(
            .unreachable,
            fr: "\(endpoint) refuse de servir cette machine : \(reply.words) ; voyez avec son administrateur",
            en: "\(endpoint) refuses to serve this machine: \(reply.words); see its administrator")
    }

    static func refusedHello(_ endpoint: String, _ reply: SMTPReply, name: String?) -> ChannelFault {
        ChannelFault(
            .configuration,
            fr: "\(endpoint) n'accepte pas le nom \(name ?? "de cette machine") dans EHLO : \(reply.words) ; "
                + "corrigez smtp.hello",
            en: "\(endpoint) does not accept \(name ?? "this machine's name") in EHLO: \(reply.words); "
                + "correct smtp.hello")
    }

    // MARK: Login

    static func loginNotOffered(_ endpoint: String, _ offered: [String]) -> ChannelFault {
        let offer =
            offered.isEmpty
            ? Bilingual(fr: "AUTH n'est pas proposé", en: "AUTH is not offered")
            : Bilingual(
                fr: "AUTH ne propose que \(offered.joined(separator: ", "))",
                en: "AUTH offers \(offered.joined(separator: ", ")) only")
        return ChannelFault(
            .authentication,
            fr:
                "\(endpoint) ne permet pas de s'identifier (\(offer.french)) ; rien n'est envoyé sans. Vérifiez le port "
                + "et tls, ou retirez smtp.username si ce relais n'en demande pas",
            en:
                "\(endpoint) lets nobody log in this way (\(offer.english)); nothing is sent without. Check the port and "
                + "tls, or remove smtp.username if this relay wants none")
    }

    static func refusedLogin(_ endpoint: String, _ reply: SMTPReply) -> ChannelFault {
        ChannelFault(
            .authentication,
            fr:
                "\(endpoint) refuse l'identification : \(reply.words) ; vérifiez smtp.username et le mot de passe ou le "
                + "jeton",
            en: "\(endpoint) refuses the login: \(reply.words); check smtp.username and the password or token")
    }

    static func addressNotPossible(_ endpoint: String, address: String) -> ChannelFault {
        ChannelFault(
            .configuration,
            fr: "\(endpoint) ne sait pas transmettre l'adresse \(address) (SMTPUTF8 n'est pas proposé) ; donnez-en une "
                + "sans accents",
            en: "\(endpoint) cannot carry the address \(address) (SMTPUTF8 is not offered); give one in ASCII")
    }

    // MARK: TLS

    static func noStartTLS(_ endpoint: String) -> ChannelFault {
        ChannelFault(
            .tls,
            fr: "\(endpoint) ne propose pas STARTTLS, et rien n'est envoyé en clair ; vérifiez le port, ou mettez "
                + "tls = \"none\" pour un relais proche et sûr",
            en: "\(endpoint) does not offer STARTTLS, and nothing is sent in clear; check the port, or set "
                + "tls = \"none\" for a relay that is near and trusted")
    }

    static func wantsTLS(_ endpoint: String, _ reply: SMTPReply) -> ChannelFault {
        ChannelFault(
            .tls,
            fr: "\(endpoint) n'accepte rien en clair : \(reply.words) ; mettez tls = \"required\"",
            en: "\(endpoint) accepts nothing in clear: \(reply.words); set tls = \"required\"")
    }

    static func authorities(reason: String) -> ChannelFault {
        ChannelFault(
            .configuration,
            fr: "Les autorités de certification sont illisibles (\(reason)) ; vérifiez smtp.ca_file, ou installez "
                + "ca-certificates",
            en: "The certificate authorities cannot be read (\(reason)); check smtp.ca_file, or install "
                + "ca-certificates")
    }

    static func tls(_ endpoint: String, reason: String) -> ChannelFault {
        let words = certificateWords.first { reason.contains($0.sign) }?.words
        return ChannelFault(
            .tls,
            fr: "Pas de connexion chiffrée sûre avec \(endpoint) : " + (words.map { "\($0.french) " } ?? "")
                + "(\(reason))",
            en: "No safe encrypted connection with \(endpoint): " + (words.map { "\($0.english) " } ?? "")
                + "(\(reason))")
    }

    /// What OpenSSL and libcurl say, in words that help.
    private static let certificateWords: [(sign: String, words: Bilingual)] = [
        (
            "has expired",
            Bilingual(
                fr:
                    "son certificat a expiré ; vérifiez l'horloge de cette machine, sinon le serveur doit le renouveler",
                en: "its certificate has expired; check this machine's clock, else the server must renew it")
        ),
        (
            "not yet valid",
            Bilingual(
                fr: "son certificat n'est pas encore valable ; vérifiez l'horloge de cette machine",
                en: "its certificate is not yet valid; check this machine's clock")
        ),
        (
            "self-signed", untrusted
        ),
        (
            "self signed", untrusted
        ),
        (
            "issuer", untrusted
        ),
        (
            "subject name",
            Bilingual(
                fr: "son certificat est établi pour un autre nom ; mettez dans smtp.url le nom qu'il porte",
                en: "its certificate is for another name; put the name it bears into smtp.url")
        ),
        (
            "wrong version number",
            Bilingual(
                fr: "ce port ne commence pas par TLS ; essayez smtp:// au lieu de smtps://",
                en: "this port does not begin with TLS; try smtp:// instead of smtps://")
        ),
        ("unsupported protocol", obsolete),
        // The server's own words for it.
        ("alert protocol version", obsolete),
    ]

    private static let obsolete = Bilingual(
        fr: "il ne parle que des versions périmées de TLS ; il faut au moins 1.2",
        en: "it speaks obsolete versions of TLS only; at least 1.2 is needed")

    private static let untrusted = Bilingual(
        fr: "son certificat vient d'une autorité inconnue ici ; donnez celle-ci dans smtp.ca_file",
        en: "its certificate comes from an authority unknown here; give that one in smtp.ca_file")
}
