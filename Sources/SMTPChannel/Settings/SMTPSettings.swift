package import SupportDesk

/// How to reach the mail server, as whom, and what the envelope says.
package struct SMTPSettings: Hashable, Sendable {
    package enum TLS: Sendable {
        /// STARTTLS, or TLS from the start for `smtps`; nothing is sent without.
        case required
        /// Plain text; `smtps` encrypts all the same.
        case none
    }

    package enum Login: Hashable, Sendable {
        case none
        case password(username: String, Secret)
        /// OAuth 2 (XOAUTH2, or OAUTHBEARER of RFC 7628).
        case bearer(username: String, token: Secret)
    }

    package var endpoint: SMTPEndpoint
    package var tls: TLS
    package var login: Login
    package var from: MailAddress
    package var to: MailAddress
    /// Whoever looks after this service; nil where nobody is to be told anything.
    package var administrator: MailAddress?
    /// A PEM file whose authorities are trusted instead of the system's.
    package var caFile: String?
    /// The name said in EHLO; the machine's own when nil.
    package var hello: String?
    package var timeouts = Timeouts()

    package struct Timeouts: Hashable, Sendable {
        /// Until mail can be handed in: connection, greeting, TLS and login together. Some servers greet late on
        /// purpose.
        package var connect = Duration.seconds(120)
        /// For each reply; RFC 5321, 4.5.3.2.6 wants ten minutes for the last one.
        package var reply = Duration.seconds(600)
        /// How long the body may make no headway.
        package var stall = Duration.seconds(180)
        /// How long the server's machine may not even acknowledge bytes, or that it is still there: it was switched off,
        /// or a firewall forgot the connection. A server that is only slow has ten minutes.
        package var vanished = Duration.seconds(60)
        /// For one message in all.
        package var total = Duration.seconds(2 * 3600)
        /// How long a goodbye is waited for.
        package var goodbye = Duration.seconds(3)

        package init() {}
    }

    /// Settings that contradict themselves or miss something.
    package struct Invalid: Explained, Hashable {
        package var explanation: Bilingual

        init(fr french: String, en english: String) {
            explanation = Bilingual(fr: french, en: english)
        }

        init(_ key: String, _ error: any Explained) {
            let words = error.explanation
            self.init(fr: "\(key) : \(words.french)", en: "\(key): \(words.english)")
        }
    }

    /// Takes what the configuration says, checked.
    package init(
        url: String, tls: TLS = .required, username: String? = nil, password: Secret? = nil, token: Secret? = nil,
        from: String, to: String, caFile: String? = nil, hello: String? = nil, timeouts: Timeouts = Timeouts()
    ) throws(Invalid) {
        do { endpoint = try SMTPEndpoint(url) } catch { throw Invalid("[smtp]", error) }
        do { self.from = try MailAddress(from) } catch { throw Invalid("smtp.from", error) }
        do { self.to = try MailAddress(to) } catch { throw Invalid("smtp.to", error) }
        self.tls = tls
        self.caFile = caFile
        self.hello = hello
        self.timeouts = timeouts
        login = try Self.login(username: username, password: password, token: token)
        if let hello {
            guard !hello.isEmpty, hello.utf8.count <= 255,
                hello.utf8.allSatisfy({ byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: ".-_[]:".utf8.contains(byte)
                    }
                })
            else {
                throw Invalid(
                    fr: "smtp.hello doit être un nom de machine, comme poste.exemple.fr",
                    en: "smtp.hello must be the name of a machine, such as host.example.com")
            }
        }
    }

    /// Where a kind of recipient is reached now.
    func address(of recipient: Parcel.Recipient) -> MailAddress? {
        switch recipient {
        case .desk: to
        case .administrator: administrator
        }
    }

    private static func login(username: String?, password: Secret?, token: Secret?) throws(Invalid) -> Login {
        switch (username, password, token) {
        case (nil, nil, nil): return .none
        case (let username?, let password?, nil) where isName(username):
            return .password(username: username, password)
        case (let username?, nil, let token?) where isName(username):
            return .bearer(username: username, token: token)
        case (_, _?, _?):
            throw Invalid(
                fr: "smtp.password_file et smtp.oauth2_token_file s'excluent : gardez l'un des deux",
                en: "smtp.password_file and smtp.oauth2_token_file exclude each other: keep one of them")
        case (nil, _, _):
            throw Invalid(
                fr: "smtp.username manque : un mot de passe ou un jeton seul ne suffit pas à s'identifier",
                en: "smtp.username is missing: a password or token alone does not make a login")
        case (_, nil, nil):
            throw Invalid(
                fr: "smtp.username demande smtp.password_file ou smtp.oauth2_token_file",
                en: "smtp.username asks for smtp.password_file or smtp.oauth2_token_file")
        default:
            throw Invalid(
                fr: "smtp.username est vide ou contient un caractère de commande",
                en: "smtp.username is empty or has a control character in it")
        }
    }

    private static func isName(_ text: String) -> Bool {
        // XOAUTH2 separates its fields with 0x01.
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
