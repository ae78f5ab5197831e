/// What all faxes of one installation have in common.
package struct FaxLetterhead: Sendable {
    /// The desk's name.
    package var desk: String
    package var number: FaxNumber
    /// Where an answer by fax goes; nil where there is no such line.
    package var ownNumber: String?
    /// Where an answer by mail goes that the report itself names no address for.
    package var mail: String
    /// The desk's.
    package var language: Language
    package var zone: Zone
    package var maximumPages = 10
    package var isFine = true

    package init(desk: String, number: FaxNumber, mail: String, language: Language, zone: Zone) {
        self.desk = desk
        self.number = number
        self.mail = mail
        self.language = language
        self.zone = zone
    }
}

extension FaxLetterhead {
    /// The fax of a report.
    ///
    /// - Parameters:
    ///   - description: as it was written.
    ///   - pictures: the attachments to be shown as pages.
    ///   - isFallback: it goes by fax because mail could not deliver it in time.
    package func document(
        of submission: Submission, description: String, pictures: [FaxDocument.Picture] = [], isFallback: Bool,
        at now: Timestamp
    ) -> FaxDocument {
        let reference = submission.reference.description
        var document = FaxDocument(
            title: say(fr: "Télécopie : rapport d'anomalie", en: "Fax: problem report"),
            fields: fields(of: submission, at: now), body: description,
            attachmentsTitle: say(
                fr: "Pièces jointes, conservées chez l'expéditeur", en: "Attachments, kept at the sender's"),
            attachments: submission.attachments.map { "\($0.name.harmless) (\(size($0.size)))" }, pictures: pictures,
            running: say(fr: "\(reference) : page {n}/{N}", en: "\(reference): page {n}/{N}"),
            overflow: say(
                fr:
                    "Limite de {N} pages atteinte. La suite est conservée sous la référence \(reference) : demandez-la à \(mail).",
                en:
                    "The limit of {N} pages is reached. The rest is kept under the reference \(reference): ask \(mail) for it."
            ),
            maximumPages: maximumPages, isFine: isFine)
        if isFallback {
            document.notice = say(
                fr:
                    "Envoyé par fax car le courriel n'a pas pu être remis ; il peut encore arriver, sous la même référence.",
                en: "Sent by fax because mail could not be delivered; it may still arrive, under the same reference.")
        }
        return document
    }

    /// A page to try the program that sets pages with.
    package func sample(at now: Timestamp) -> FaxDocument {
        FaxDocument(
            title: "assistd", fields: [.init("Date", zone.longText(now, in: language))], body: "àéèœ€ ✓",
            running: "{n}/{N}",
            overflow: "{N}", maximumPages: 1, isFine: isFine)
    }

    private func fields(of submission: Submission, at now: Timestamp) -> [FaxDocument.Field] {
        let details = submission.details
        let product = [details.product, details.module, details.version].compactMap { $0 }.joined(separator: ", ")
        let sender = [details.contact, details.company].compactMap { $0 }.joined(separator: ", ")
        var fields: [(Bilingual, String?)] = [
            (Bilingual(fr: "À", en: "To"), "\(desk), fax \(number)"),
            (Bilingual(fr: "De", en: "From"), sender.isEmpty ? mail : sender),
            (Bilingual(fr: "Date", en: "Date"), "\(zone.longText(now, in: language)) (\(zone.identifier))"),
            (Bilingual(fr: "Référence", en: "Reference"), submission.reference.description),
            (Bilingual(fr: "Licence", en: "License"), submission.license),
            (Bilingual(fr: "Société", en: "Company"), details.company),
            (Bilingual(fr: "Partenaire", en: "Partner"), details.partner),
            (Bilingual(fr: "Logiciel", en: "Software"), product.isEmpty ? nil : product),
            (Bilingual(fr: "Votre référence", en: "Your reference"), details.senderReference),
            (Bilingual(fr: "Réponse à", en: "Answer to"), answer(to: details)),
            (Bilingual(fr: "Objet", en: "Subject"), submission.subject),
        ]
        if submission.priority == .high || submission.priority == .blocking {
            fields.insert(
                (Bilingual(fr: "Priorité", en: "Priority"), submission.priority.name[language]), at: fields.count - 1)
        }
        return fields.compactMap { label, value in
            value.map { FaxDocument.Field(label[language], $0.harmless) }
        } + details.others.map { FaxDocument.Field($0.name.harmless, $0.value.harmless) }
    }

    private func answer(to details: Report.Details) -> String {
        let phone = details.phone.map { PhoneNumber(asWritten: $0).display }
        let ways = [
            ownNumber.map { "fax \(PhoneNumber(asWritten: $0).display)" }, details.email ?? mail,
            phone.map { say(fr: "téléphone \($0)", en: "telephone \($0)") },
        ]
        return ways.compactMap { $0 }.joined(separator: ", ")
    }

    private func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1000: say(fr: "\(bytes) octets", en: "\(bytes) bytes")
        case ..<1_000_000: say(fr: "\(bytes / 1000) Ko", en: "\(bytes / 1000) kB")
        default: say(fr: "\(bytes / 1_000_000) Mo", en: "\(bytes / 1_000_000) MB")
        }
    }

    private func say(fr french: String, en english: String) -> String { Bilingual(fr: french, en: english)[language] }
}
