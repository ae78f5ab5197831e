import Configuration
import SMTPChannel
import SupportDesk

/// `[fax.mail]`, checked as far as can be told before a fax is there.
struct FaxMailTemplate: Sendable {
    let to: String
    let subject: String
    let body: String
    let attachment: String
    /// nil: that of `[smtp]`.
    let from: MailAddress?
    /// nil where no placeholder asks for one.
    let secret: Secret?

    init(_ mail: Settings.Fax.Mail, environment: [String: String]) throws(ChannelFault) {
        to = mail.to
        subject = mail.subject ?? "{reference}/{attempt}"
        body = mail.body ?? ""
        attachment = mail.attachment
        do throws(MailAddress.Invalid) {
            from = try mail.from.map { address throws(MailAddress.Invalid) in try MailAddress(address) }
        } catch {
            throw .ofSetting("fax.mail.from", error.explanation)
        }
        // An address and a file name are in everybody's sight: in logs, in what servers say.
        for (key, text) in [("fax.mail.to", to), ("fax.mail.attachment", attachment)] where text.contains("{secret}") {
            throw .ofSetting(
                key,
                Bilingual(
                    fr: "{secret} n'a pas sa place ici ; mettez-le dans fax.mail.body ou fax.mail.subject.",
                    en: "{secret} does not belong here; put it into fax.mail.body or fax.mail.subject."))
        }
        guard attachment.lowercased().hasSuffix(".pdf") else {
            throw .ofSetting(
                "fax.mail.attachment",
                Bilingual(fr: "ce nom doit finir par « .pdf ».", en: "this name must end in \".pdf\"."))
        }
        guard subject.contains("{secret}") || body.contains("{secret}") else {
            secret = nil
            return
        }
        guard let source = mail.secretFile else {
            throw .ofSetting(
                "fax.mail.secret_file",
                Bilingual(
                    fr: "{secret} est demandé, mais aucun fichier n'est donné ; ajoutez secret_file.",
                    en: "{secret} is asked for, but no file is given; add secret_file."))
        }
        secret = Secret(place: source.configured) { try source.read(environment: environment) }
    }

    /// The service, as it stands behind the `@`.
    var domain: String { to.split(separator: "@").last.map { String($0).harmless } ?? "" }
}

extension ChannelFault {
    /// A key of the configuration whose value cannot work.
    static func ofSetting(_ key: String, _ words: Bilingual) -> Self {
        ChannelFault(.configuration, fr: "\(key) : \(words.french)", en: "\(key): \(words.english)")
    }
}
