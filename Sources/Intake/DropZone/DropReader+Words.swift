import Platform
import SupportDesk

extension DropReader {
    static let empty = Rejection(
        .empty, fr: "Le fichier est vide. Écrivez-y le rapport et déposez-le de nouveau.",
        en: "The file is empty. Write the report into it and drop it again.")

    static let notRegular = Rejection(
        .unsafeFileType,
        fr: "Ce n'est pas un fichier ordinaire (lien, tube, prise ou périphérique). Déposez une copie du fichier.",
        en: "This is no ordinary file (a link, pipe, socket or device). Drop a copy of the file.")

    static let hardLink = Rejection(
        .unsafeFileType,
        fr: "Le fichier porte encore un autre nom ailleurs (lien physique). Déposez-en une copie.",
        en: "The file has another name elsewhere (a hard link). Drop a copy of it.")

    static let unsupported = Rejection(
        .unsupportedFormat,
        fr: "Ce type de fichier n'est pas un rapport. Un rapport est un texte (.txt, .rapport ou sans extension), un "
            + ".json, un .eml ou un dossier NOM.report. Une pièce jointe se nomme dans le rapport : "
            + "« Pièce-jointe : fichier.png ».",
        en: "A file of this kind is no report. A report is a text (.txt, .rapport or no extension), a .json, an .eml "
            + "or a folder NAME.report. Name an attachment in the report: “Attachment: file.png”.")

    /// Says which files of a folder did not go with the report, because their names are temporary or hidden.
    static func notesOnTemporary(_ names: [[UInt8]]) -> [Bilingual] {
        let left = names.filter {
            ReportFormat.of($0) == .ignored && ReportFormat.of($0, isDirectory: true) == .ignored
        }
        .map { String(decoding: $0, as: UTF8.self).masked.harmless }
        .filter { !["thumbs.db", "desktop.ini", ".ds_store"].contains($0.lowercased()) }.sorted()
        if left.isEmpty { return [] }
        let list = left.joined(separator: ", ")
        return [
            Bilingual(
                fr: "Non envoyé, parce que le nom est provisoire ou caché : \(list)",
                en: "Not sent, because the name is temporary or hidden: \(list)")
        ]
    }

    static let noReport = Rejection(
        .missingBody,
        fr: "Le dossier ne contient pas de report.txt (ni report.json). Ajoutez-le et déposez le dossier de nouveau.",
        en: "The folder holds no report.txt (nor report.json). Add it and drop the folder again.")

    static func tooLarge(_ size: Int, _ limits: ReportLimits) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "Rapport et pièces jointes font \(size) octets ; la limite est de \(limits.total). Retirez des pièces "
                + "jointes ou demandez au support un lien de transfert.",
            en: "Report and attachments are \(size) bytes; the limit is \(limits.total). Take attachments out or ask "
                + "the support desk for a transfer link.")
    }

    static func tooManyFiles(_ count: Int, _ limits: ReportLimits) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "\(count) pièces jointes ; la limite est de \(limits.attachments).",
            en: "\(count) attachments; the limit is \(limits.attachments).")
    }

    static func missing(_ name: String) -> Rejection {
        Rejection(
            .missingAttachment,
            fr:
                "La pièce jointe « \(name.masked.harmless) » n'est pas à côté du rapport. Déposez-la aussi, avant le rapport.",
            en:
                "The attachment “\(name.masked.harmless)” does not lie beside the report. Drop it too, before the report."
        )
    }

    func foreign(_ name: String) -> Rejection {
        Rejection(
            .unsafeAttachment,
            fr:
                "« \(name.masked.harmless) » appartient à un autre utilisateur que le rapport. Déposez une copie qui soit à vous.",
            en: "“\(name.masked.harmless)” belongs to another user than the report. Drop a copy that is yours.")
    }

    func itself(_ name: String) -> Rejection {
        Rejection(
            .unsafeAttachment,
            fr: "« \(name.masked.harmless) » est le rapport lui-même. Nommez un autre fichier, ou retirez cette ligne.",
            en: "“\(name.masked.harmless)” is the report itself. Name another file, or remove that line.")
    }

    func unreadable(_ name: String, _ error: SystemError) -> Rejection {
        Rejection(
            .unreadable,
            fr:
                "« \(name.masked.harmless) » ne peut pas être lu (\(error.reason.french)). Déplacé ou copié, un fichier garde "
                + "ses droits. Remettez-le par « assistctl submit », ou redéposez-le après « chmod -R a+rX ».",
            en: "“\(name.masked.harmless)” cannot be read (\(error.reason.english)). Moved or copied, a file keeps its "
                + "permissions. Hand it in by “assistctl submit”, or drop it again after “chmod -R a+rX”.")
    }

    /// A refusal that is about one of several files, named.
    func about(_ name: String, _ rejection: Rejection) -> Rejection {
        let words = rejection.explanation
        return Rejection(
            rejection.reason.code, fr: "« \(name.masked.harmless) » : \(words.french)",
            en: "“\(name.masked.harmless)”: \(words.english)")
    }
}
