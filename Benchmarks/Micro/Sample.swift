import Mail
import SMTPChannel
import SupportDesk

/// What the cases work on.
enum Sample {
    /// As people write them, of 4 KiB.
    static let report: [UInt8] = {
        var text = """
            Licence : GES 1234-5678
            Société : Boulangerie Lefèvre et Fils
            Contact : Mme Hélène Lefèvre
            Courriel : h.lefevre@example.com
            Téléphone : 01 34 00 00 00
            Produit : Gestion Commerciale PME
            Version : 9.5
            Priorité : haute
            Objet : Erreur à la validation d'une facture


            """
        while text.utf8.count < 4096 {
            text +=
                "Depuis ce matin, la validation de la facture FA-0042 affiche « Violation d'accès » et ferme tout.\n"
        }
        return Array(text.utf8)
    }()

    static let composer: MailComposer = {
        do {
            return MailComposer(
                from: try Mailbox(name: "assistd", address: "assistd@example.com"),
                to: try Mailbox(name: nil, address: "desk@example.com"), userAgent: "assistd/0",
                template: try .load())
        } catch {
            fatalError("\(error)")
        }
    }()

    static func draft(_ report: Report) -> MailDraft {
        MailDraft(
            reference: Reference(number: 0x123_4567_89AB_CDEF), receivedAt: Timestamp(milliseconds: 1_795_000_000_123),
            license: "GES12345678", report: report, attachments: [])
    }

    private static let conversation: [(isSent: Bool, line: [UInt8])] = [
        (false, "220 desk ESMTP\r\n"), (true, "EHLO here\r\n"), (false, "250-desk\r\n"),
        (false, "250 SIZE 50000000\r\n"),
        (true, "MAIL FROM:<assistd@example.com>\r\n"), (false, "250 2.1.0 Ok\r\n"),
        (true, "RCPT TO:<desk@example.com>\r\n"), (false, "250 2.1.5 Ok\r\n"), (true, "DATA\r\n"),
        (false, "354 go on\r\n"),
    ].map { ($0.0, Array($0.1.utf8)) }

    static func converse(size: Int) {
        var dialogue = SMTPDialogue(SMTPRules(endpoint: "desk:25", encryption: .none, size: size))
        dialogue.connected()
        for (isSent, line) in conversation {
            if isSent { dialogue.sent(line) } else { _ = dialogue.received(line) }
        }
        dialogue.sentBody(size)
        _ = dialogue.received(Array("250 2.0.0 taken\r\n".utf8))
        precondition(dialogue.isAnswered)
    }

    static func verdict(at now: Timestamp) -> Verdict {
        let claim = Claim(
            reference: Reference(number: 7), attempt: 1, failures: 0, queuedAt: now, content: .bytes([]))
        let result = AttemptResult(.accepted, code: 250, enhancedCode: "2.0.0", text: "Ok", endpoint: "desk:25")
        return RetryPolicy().verdict(on: result, of: claim, at: now, jitter: 0.5)
    }
}
