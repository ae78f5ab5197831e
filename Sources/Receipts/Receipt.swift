import Platform
package import SupportDesk

/// The text that tells the person who dropped a report what became of it, in their own language.
package struct Receipt: Sendable {
    package var submission: Submission
    /// What happened last.
    package var latest: Bilingual
    /// The desk's, in which due times and windows are told.
    package var zone: Zone
    /// In which everything else is told.
    package var local: Zone
    /// When it is written.
    package var at: Timestamp

    package init(
        submission: Submission, latest: Bilingual, zone: Zone = .local, local: Zone = .local, at instant: Timestamp
    ) {
        self.submission = submission.masked
        self.latest = latest.masked
        self.zone = zone
        self.local = local
        at = instant
    }

    /// The file's name in `receipts/`.
    package var fileName: String { "\(submission.reference).txt" }

    /// UTF-8 with CRLF line ends, which every editor of a file share shows rightly.
    package var text: String {
        let language = submission.language
        func say(_ french: String, _ english: String) -> String { Bilingual(fr: french, en: english)[language] }
        func time(_ instant: Timestamp) -> String { local.text(instant, in: language) }

        var rows: [(String, String)] = [
            (say("Référence", "Reference"), "\(submission.reference)"),
            (say("État", "State"), "\(submission.state.name[language]) (\(submission.state.rawValue))"),
            (say("Licence", "License"), submission.license),
            (say("Objet", "Subject"), submission.subject.harmless),
        ]
        if let own = submission.details.senderReference {
            rows.append((say("Votre référence", "Your reference"), own.harmless))
        }
        if case .spool(let file) = submission.source { rows.append((say("Fichier", "File"), file.harmless)) }
        rows.append((say("Reçu le", "Received"), time(submission.receivedAt)))
        if let related = submission.related {
            rows.insert((say("Rapport concerné", "Report concerned"), "\(related)"), at: 1)
        }
        if let slot = submission.slot {
            rows.append(
                (
                    say("Créneau de rappel", "Call-back window"),
                    zone.span(slot.start..<slot.end, in: language) + place(slot.start)
                ))
        }
        if let at = submission.relayedAt { rows.append((say("Remis le", "Relayed"), time(at))) }
        if let due = due { rows.append((say("Réponse attendue", "Answer due"), due[language])) }
        if let at = submission.answeredAt { rows.append((say("Répondu le", "Answered"), time(at))) }
        if let at = submission.nextAttemptAt, submission.attemptCount > 0 {
            rows.append((say("Prochain essai", "Next attempt"), time(at)))
        }
        if let reason = submission.reason { rows.append((say("Motif", "Reason"), reason.text[language])) }
        if latest != submission.reason?.text {
            rows.append((say("Dernier événement", "Latest event"), latest[language].harmless))
        }
        rows.append((say("Mis à jour le", "Updated"), time(submission.updatedAt)))
        for note in submission.notes { rows.append((say("Remarque", "Note"), note[language].harmless)) }

        let widths = rows.map(\.0.count)
        let width = widths.max() ?? 0
        let colon = say(" : ", ": ")
        var text = ""
        text.reserveCapacity(1024)
        for ((label, value), own) in zip(rows, widths) where !value.isEmpty {
            text += label
            for _ in own..<width { text += " " }
            text += colon
            text += value
            text += "\r\n"
        }
        text += "\r\n"
        text += advice[language]
        text += "\r\n"
        return text
    }

    /// By when the desk has to answer, and that it has not.
    private var due: Bilingual? {
        guard let dueAt = submission.dueAt, submission.kind == .report, !submission.state.isTerminal else { return nil }
        let place = place(dueAt)
        let when = Bilingual(
            fr: zone.longText(dueAt, in: .french) + place, en: zone.longText(dueAt, in: .english) + place)
        guard submission.isOverdue(at: at) else {
            return Bilingual(fr: "avant le \(when.french)", en: "by \(when.english)")
        }
        return Bilingual(
            fr: "avant le \(when.french) ; EN RETARD, aucune réponse vue",
            en: "by \(when.english); OVERDUE, no answer seen")
    }

    /// Which clock is meant, where it is not the one on this wall.
    private func place(_ instant: Timestamp) -> String {
        zone.offset(at: instant) == local.offset(at: instant) ? "" : " (\(zone.identifier))"
    }

    /// What the reader can expect, or do.
    private var advice: Bilingual {
        if submission.kind == .callback, let advice = callbackAdvice { return advice }
        if submission.channel == .fax, let advice = faxAdvice { return advice }
        return switch submission.state {
        case .held:
            Bilingual(
                fr: "Votre rapport attend la décision d'une personne. Rien n'est perdu.",
                en: "Your report waits for a person's decision. Nothing is lost.")
        case .queued, .sending:
            Bilingual(
                fr: "Votre rapport est enregistré et part dès que possible. Ne le déposez pas une seconde fois.",
                en: "Your report is recorded and leaves as soon as possible. Do not drop it a second time.")
        case .relayed:
            Bilingual(
                fr: "Le serveur de messagerie a pris votre rapport en charge.",
                en: "The mail server has taken charge of your report.")
        case .delivered:
            Bilingual(fr: "Votre rapport est arrivé.", en: "Your report has arrived.")
        case .acknowledged:
            Bilingual(
                fr: "Le support a accusé réception ; une personne va répondre.",
                en: "The support desk acknowledged it; a person will answer.")
        case .answered: Bilingual(fr: "Le support a répondu.", en: "The support desk answered.")
        case .rejected:
            Bilingual(
                fr: "Votre rapport n'a pas été envoyé. Corrigez-le selon le motif et déposez-le de nouveau.",
                en: "Your report was not sent. Correct it as the reason says and drop it again.")
        case .failed:
            Bilingual(
                fr: "Votre rapport n'a pas pu être remis. Prévenez votre administrateur.",
                en: "Your report could not be delivered. Tell your administrator.")
        case .cancelled: Bilingual(fr: "L'envoi a été annulé.", en: "The sending was called off.")
        }
    }

    /// What somebody can expect whose report goes by fax.
    private var faxAdvice: Bilingual? {
        switch submission.state {
        case .relayed:
            Bilingual(
                fr: "La passerelle de fax a pris votre rapport en charge ; elle ne dit pas s'il est arrivé.",
                en: "The fax gateway has taken charge of your report; it does not say whether it arrived.")
        case .delivered:
            Bilingual(
                fr: "La machine de l'assistance a confirmé chaque page de votre fax.",
                en: "The desk's machine confirmed each page of your fax.")
        case .held where submission.reason?.code == .uncertain:
            Bilingual(
                fr:
                    "Votre fax est peut-être arrivé, en tout ou en partie. Il n'est pas renvoyé de lui-même : une personne "
                    + "doit demander à l'assistance ce qu'elle a reçu. Prévenez votre administrateur.",
                en:
                    "Your fax may have arrived, whole or in part. It is not sent again by itself: a person has to ask the "
                    + "desk what it received. Tell your administrator.")
        default: nil
        }
    }

    /// What somebody can expect who asked to be called back.
    private var callbackAdvice: Bilingual? {
        switch submission.state {
        case .relayed, .delivered, .acknowledged:
            Bilingual(
                fr: "L'assistance a reçu votre demande de rappel. Soyez joignable pendant ce créneau.",
                en: "The support desk has your request for a call-back. Be reachable during that window.")
        case .queued, .sending:
            Bilingual(
                fr: "Votre demande de rappel est enregistrée et part dès que possible.",
                en: "Your request for a call-back is recorded and leaves as soon as possible.")
        case .cancelled:
            Bilingual(fr: "Ce rappel a été annulé ou déplacé.", en: "This call-back was called off or moved.")
        case .held, .answered, .rejected, .failed: nil
        }
    }
}
