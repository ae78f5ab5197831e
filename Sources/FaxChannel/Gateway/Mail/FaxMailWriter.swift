import Mail
import Platform
import SMTPChannel
import SupportDesk

/// Fills in and composes the mails that carry faxes, on a thread of its own: the secret is read from a file.
actor FaxMailWriter {
    nonisolated let template: FaxMailTemplate
    private let clock: WallClock
    private let executor = BlockingExecutor(label: "fax mail")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ template: FaxMailTemplate, clock: WallClock) {
        self.template = template
        self.clock = clock
    }

    /// A mail ready to be handed to the relay.
    struct Letter: Sendable {
        let from: MailAddress
        let to: MailAddress
        let bytes: [UInt8]
        fileprivate let secret: String?

        /// The result without the secret, should a server have repeated what it was sent.
        func expunged(from result: AttemptResult) -> AttemptResult {
            guard let secret else { return result }
            var result = result
            result.text = result.text.replacing(secret, with: "•••")
            if let fault = result.fault {
                result.fault = ChannelFault(
                    fault.kind, fr: fault.explanation.french.replacing(secret, with: "•••"),
                    en: fault.explanation.english.replacing(secret, with: "•••"))
            }
            return result
        }
    }

    /// - Parameter usual: the sender where the template names none.
    func letter(_ job: FaxJob, from usual: MailAddress) throws(ChannelFault) -> Letter {
        let secret = try secret()
        let placeholders = FaxPlaceholders(job, secret: secret)
        let from = template.from ?? usual
        let to = try address(placeholders.fill(template.to))
        let subject = placeholders.fill(template.subject)
        guard !subject.unicodeScalars.contains(where: \.isHarmful) else {
            throw .ofSetting(
                "fax.mail.subject",
                Bilingual(
                    fr: "rempli, il contient une fin de ligne ou un caractère de commande ; corrigez-le.",
                    en: "filled in, it has a line end or a control character in it; correct it."))
        }
        let mail = FaxMail(
            reference: job.tag.reference, attempt: job.tag.attempt, sentAt: clock.now,
            sender: try Self.mailbox(from, "fax.mail.from"), recipient: try Self.mailbox(to, "fax.mail.to"),
            subject: subject, text: placeholders.fill(template.body),
            attachment: Attachment(name: placeholders.fill(template.attachment), content: job.document))
        do {
            return Letter(from: from, to: to, bytes: try mail.compose(), secret: secret)
        } catch {
            throw ChannelFault(
                .busy, fr: "Le courriel du fax n'a pas pu être composé, car la mémoire manque.",
                en: "The mail of the fax could not be composed, for memory is short.")
        }
    }

    /// What can be checked without a fax.
    ///
    /// - Returns: the sender.
    func check(from usual: MailAddress) throws(ChannelFault) -> MailAddress {
        _ = try secret()
        let from = template.from ?? usual
        _ = try Self.mailbox(from, "fax.mail.from")
        return from
    }

    private func secret() throws(ChannelFault) -> String? { try template.secret?.read() }

    private func address(_ text: String) throws(ChannelFault) -> MailAddress {
        do throws(MailAddress.Invalid) {
            return try MailAddress(text)
        } catch {
            throw .ofSetting("fax.mail.to", error.explanation)
        }
    }

    private static func mailbox(_ address: MailAddress, _ key: String) throws(ChannelFault) -> Mailbox {
        do throws(MailboxError) {
            return try Mailbox(address: address.text)
        } catch {
            throw .ofSetting(key, error.explanation)
        }
    }
}
