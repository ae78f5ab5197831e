package import SupportDesk

/// The mail that asks the desk to call somebody back, moves that or calls it off: a text and a calendar entry.
package struct CallbackMail: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case asked, moved, calledOff
    }

    package var reference: Reference
    package var sentAt: Timestamp
    package var step: Step
    package var slot: CallbackSlot
    package var license: String
    package var details = Report.Details()
    /// What gives the right to it, in the desk's language.
    package var contract: String?
    /// What it is about, as it was written.
    package var about: String?
    /// What the desk should know besides, in its language.
    package var remarks: [String] = []
    /// The report it is about.
    package var related: Reference?
    /// The `Message-ID` of what this belongs to: the call-back before, or the report.
    package var follows: String?

    package init(
        reference: Reference, sentAt: Timestamp, step: Step, slot: CallbackSlot, license: String
    ) {
        self.reference = reference
        self.sentAt = sentAt
        self.step = step
        self.slot = slot
        self.license = license
    }

    /// - Parameters:
    ///   - zone: the desk's, whose wall time the entry shows.
    ///   - language: the desk's.
    ///   - composer: who sends it and to whom.
    package func draft(zone: Zone, in language: Language, by composer: MailComposer) -> NoticeDraft {
        let span = zone.span(slot.start..<slot.end)
        var draft = NoticeDraft(
            reference: reference, sentAt: sentAt, subject: "[\(reference)] \(license) — \(title(span)[language])",
            text: text(span, zone)[language])
        draft.replyTo = details.email.flatMap { try? Mailbox(name: details.contact, address: $0) }
        draft.inReplyTo = follows
        draft.priority = .high
        draft.calendar = Appointment(
            uid: composer.identifier(of: slot.origin), sequence: slot.sequence,
            method: step == .calledOff ? .cancel : .request, start: slot.start, end: slot.end, stamp: sentAt,
            zone: zone,
            summary: summary[language], description: text(span, zone)[language], organizer: composer.sender,
            attendee: composer.recipient)
        return draft
    }

    private var summary: Bilingual {
        let who = [details.company ?? details.contact, license].compactMap { $0 }.joined(separator: ", ")
        let phone = details.phone.map { " (\($0))" } ?? ""
        return Bilingual(fr: "Rappeler \(who)\(phone)", en: "Call back \(who)\(phone)")
    }

    private func title(_ span: Bilingual) -> Bilingual {
        switch step {
        case .asked: Bilingual(fr: "Rappel demandé : \(span.french)", en: "Call-back asked for: \(span.english)")
        case .moved: Bilingual(fr: "Rappel déplacé : \(span.french)", en: "Call-back moved: \(span.english)")
        case .calledOff: Bilingual(fr: "Rappel annulé : \(span.french)", en: "Call-back called off: \(span.english)")
        }
    }

    private func text(_ span: Bilingual, _ zone: Zone) -> Bilingual {
        let title = title(span)
        let rows: [(Bilingual, String?)] = [
            (Bilingual(fr: "Référence", en: "Reference"), "\(reference)"),
            (Bilingual(fr: "Rapport concerné", en: "Report concerned"), related?.description),
            (Bilingual(fr: "Licence", en: "License"), license),
            (Bilingual(fr: "Société", en: "Company"), details.company),
            (Bilingual(fr: "Contact", en: "Contact"), details.contact),
            (Bilingual(fr: "Téléphone", en: "Phone"), details.phone),
            (Bilingual(fr: "Courriel", en: "Email"), details.email),
            (Bilingual(fr: "Contrat", en: "Contract"), contract),
            (Bilingual(fr: "Souhait", en: "Wish"), details.callback),
            (Bilingual(fr: "Fuseau", en: "Time zone"), zone.identifier),
        ]
        func lines(_ language: Language) -> String {
            let colon = Bilingual(fr: " : ", en: ": ")[language]
            var lines = [title[language], ""]
            lines += rows.compactMap { name, value in
                value.map { name[language] + colon + SingleLine.of($0) }
            }
            lines += remarks.map { Bilingual(fr: "Remarque", en: "Note")[language] + colon + SingleLine.of($0) }
            if let about { lines += ["", about] }
            return lines.joined(separator: "\n") + "\n"
        }
        return Bilingual(fr: lines(.french), en: lines(.english))
    }
}
