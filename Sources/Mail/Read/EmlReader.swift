package import SupportDesk

/// Reads mail files (`.eml`, RFC 5322 and MIME) that come from anywhere: nothing in them is trusted.
package enum EmlReader {
    /// - Throws: `malformed` for what is not a message, `tooLarge` for what is beyond bounds, `loop` for a message
    ///   that an automaton wrote or that this service sent, `duplicateField` for two different licences.
    package static func read(
        _ bytes: [UInt8], limits: ReportLimits = ReportLimits()
    ) throws(Rejection) -> EmlContent {
        let message = try MessageParser.parse(bytes, limits: limits)
        if let automatic = message.header("Auto-Submitted"), !saysNo(automatic) { throw .loop }
        if message.header("X-Assistd-Reference") != nil { throw .loop }
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

    /// Whether `Auto-Submitted` says that a person wrote the message (RFC 3834, 5): parameters and comments may follow.
    private static func saysNo(_ value: String) -> Bool {
        let keyword = value.lowercased().prefix { $0 != ";" && $0 != "(" && $0 != " " }
        return keyword == "no"
    }
}

extension Rejection {
    fileprivate static let loop = Rejection(
        .loop,
        fr: "Ce courriel est une réponse automatique ou vient déjà de ce service ; le reprendre ferait une boucle. "
            + "Si une personne l’a écrit, recopiez son texte dans un nouveau rapport.",
        en: "This mail is an automatic answer or was sent by this very service; taking it in would make a loop. "
            + "If a person wrote it, copy its text into a new report.")
}
