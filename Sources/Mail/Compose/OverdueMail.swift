package import SupportDesk

/// The mails that go out, once each, when the desk's answer is overdue: one reminds the desk, one tells the
/// administrator.
package struct OverdueMail: Sendable {
    /// Whose answer is overdue.
    package var submission: Submission
    /// When that is said.
    package var at: Timestamp

    package init(about submission: Submission, at instant: Timestamp) {
        self.submission = submission.masked
        at = instant
    }

    /// To the desk, as an answer to the mail it has.
    package func reminder(_ reference: Reference, zone: Zone, in language: Language) -> NoticeDraft {
        let due = moment(submission.dueAt, zone)
        let sent = moment(submission.relayedAt, zone)
        let text =
            submission.kind == .callback
            ? Bilingual(
                fr: "Le rappel téléphonique demandé devait avoir lieu avant le \(due.french). Nous n'en avons pas eu "
                    + "connaissance.",
                en: "The call-back that was asked for was due by \(due.english). We have not heard of it.")
            : Bilingual(
                fr: "Ce rapport vous a été transmis le \(sent.french) ; une réponse était attendue avant le "
                    + "\(due.french). Nous n'en avons pas vu.",
                en: "This report was sent to you on \(sent.english); an answer was due by \(due.english). We have not "
                    + "seen one.")
        var draft = NoticeDraft(
            reference: reference, sentAt: at, subject: "\(Self.reminderWord[language]) \(subject)",
            text: page(text, language))
        draft.inReplyTo = submission.messageID
        draft.replyTo = submission.details.email.flatMap { try? Mailbox(name: submission.details.contact, address: $0) }
        draft.isAutomatic = true
        draft.priority = .high
        return draft
    }

    /// To whoever looks after the service.
    package func notice(
        _ reference: Reference, to administrator: Mailbox, isDeskReminded: Bool, zone: Zone, in language: Language
    ) -> NoticeDraft {
        let due = moment(submission.dueAt, zone)
        let number = submission.reference
        let reminded =
            isDeskReminded
            ? Bilingual(fr: " Une relance est partie vers l'assistance.", en: " A reminder has gone to the desk.")
            : Bilingual(fr: "", en: "")
        let text = Bilingual(
            fr: "Aucune réponse de l'assistance n'a été vue avant l'échéance, \(due.french).\(reminded.french)\n"
                + "Si elle a répondu autrement, par téléphone par exemple : assistctl answered \(number)\n"
                + "Tout ce qui en est connu : assistctl show \(number)",
            en: "No answer of the desk was seen by the due time, \(due.english).\(reminded.english)\n"
                + "If it answered by another way, such as the telephone: assistctl answered \(number)\n"
                + "All that is known of it: assistctl show \(number)")
        var draft = NoticeDraft(
            reference: reference, sentAt: at,
            subject: "\(Bilingual(fr: "Réponse en retard", en: "Answer overdue")[language]) \(subject)",
            text: page(text, language))
        draft.recipient = administrator
        draft.isAutomatic = true
        return draft
    }

    private static let reminderWord = Bilingual(fr: "Relance", en: "Reminder")

    private var subject: String {
        let subject = SingleLine.of(String(submission.subject.unicodeScalars.prefix(200)))
        return "[\(submission.reference)] " + TicketToken.defused("\(submission.license) — \(subject)")
    }

    private func moment(_ instant: Timestamp?, _ zone: Zone) -> Bilingual {
        guard let text = instant.map({ zone.longText($0) }) else { return Bilingual(fr: "?", en: "?") }
        let place = zone.identifier
        return Bilingual(fr: "\(text.french) (\(place))", en: "\(text.english) (\(place))")
    }

    private func page(_ text: Bilingual, _ language: Language) -> String {
        let colon = Bilingual(fr: " : ", en: ": ")[language]
        let rows: [(Bilingual, String?)] = [
            (Bilingual(fr: "Référence", en: "Reference"), "\(submission.reference)"),
            (Bilingual(fr: "Licence", en: "License"), submission.license),
            (Bilingual(fr: "Société", en: "Company"), submission.details.company),
            (Bilingual(fr: "Contact", en: "Contact"), submission.details.contact),
            (Bilingual(fr: "Téléphone", en: "Phone"), submission.details.phone),
            (Bilingual(fr: "Objet", en: "Subject"), submission.subject),
        ]
        let lines = rows.compactMap { name, value in value.map { name[language] + colon + SingleLine.of($0) } }
        return "\(text[language])\n\n\(lines.joined(separator: "\n"))\n"
    }
}
