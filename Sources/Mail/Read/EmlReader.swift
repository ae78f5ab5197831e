package import SupportDesk

/// Reads mail files (`.eml`, RFC 5322 and MIME) that come from anywhere: nothing in them is trusted.
package enum EmlReader {
    /// - Throws: `malformed` for what is not a message, `tooLarge` for what is beyond bounds, `loop` for a message
    ///   that an automaton wrote or that this service sent, `duplicateField` for two different licences.
    package static func read(
        _ bytes: [UInt8], limits: ReportLimits = ReportLimits()
    ) throws(Rejection) -> EmlContent {
        let message = try MessageParser.parse(bytes, limits: limits)
        if MailLoop.isPart(of: message) { throw .loop }
        var licenses: [String] = []
        for header in message.headers where ["x-licence", "x-license"].contains(header.name.lowercased()) {
            if !header.value.isEmpty, !licenses.contains(header.value) { licenses.append(header.value) }
        }
        if licenses.count > 1 {
            throw Rejection(
                .duplicateField,
                fr:
                    "Ce courriel porte deux numéros de licence différents dans ses en-têtes X-Licence ; n’en gardez qu’un.",
                en: "This mail carries two different license numbers in its X-License headers; keep only one.")
        }
        let subject = message.header("Subject")
        return EmlContent(
            subject: subject?.isEmpty == true ? nil : subject, text: message.text, licenseHeader: licenses.first,
            attachments: message.attachments)
    }
}

extension Rejection {
    fileprivate static let loop = Rejection(
        .loop,
        fr:
            "Ce courriel vient d’un automate ou d’une liste, ou il appartient à un échange parti d’ici ; le reprendre ferait une boucle. "
            + "Si une personne l’a écrit, recopiez son texte dans un nouveau rapport.",
        en:
            "This mail comes from a program or a list, or belongs to a conversation that began here; taking it in would make a loop. "
            + "If a person wrote it, copy its text into a new report.")
}
