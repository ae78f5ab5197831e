extension Rejection {
    static let empty = Rejection(
        .empty,
        fr: "Le fichier est vide. Écrivez-y « Licence : … », une ligne vide et la description du problème.",
        en: "The file is empty. Write “License: …”, an empty line and the description of the problem into it.")

    static let missingBody = Rejection(
        .missingBody,
        fr: "La description du problème manque. Écrivez-la sous les champs, après une ligne vide.",
        en: "The description of the problem is missing. Write it below the fields, after an empty line.")

    static func duplicate(_ name: String, _ first: Int, _ second: Int) -> Rejection {
        Rejection(
            .duplicateField,
            fr: "Le champ « \(name.excerpt) » est donné deux fois avec des valeurs différentes, "
                + "lignes \(first) et \(second). Gardez la bonne.",
            en: "The field “\(name.excerpt)” is given twice with different values, "
                + "on lines \(first) and \(second). Keep the right one.")
    }

    static func unsafeHeader(_ name: String, line: Int) -> Rejection {
        Rejection(
            .unsafeHeader,
            fr: "Le champ « \(name.excerpt) », ligne \(line), contient un caractère de contrôle ou un saut de ligne. "
                + "Écrivez-le sur une seule ligne, en texte simple.",
            en: "The field “\(name.excerpt)” on line \(line) holds a control character or a line break. "
                + "Write it on a single line, in plain text.")
    }

    static func tooLarge(_ limit: Int) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "Le rapport dépasse \(limit) octets (max_size). Retirez des pièces jointes ou compressez-les.",
            en: "The report exceeds \(limit) bytes (max_size). Remove attachments or compress them.")
    }

    static func headerTooLarge(_ limit: Int) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "Les champs du rapport dépassent \(limit) octets (max_header). La description du problème se place "
                + "après une ligne vide : manque-t-elle ?",
            en:
                "The fields of the report exceed \(limit) bytes (max_header). The description of the problem goes after "
                + "an empty line: is it missing?")
    }

    static func tooManyFields(_ limit: Int, line: Int) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "Le rapport a plus de \(limit) champs (max_fields), ligne \(line). La description du problème se place "
                + "après une ligne vide : manque-t-elle ?",
            en:
                "The report has more than \(limit) fields (max_fields), line \(line). The description of the problem goes "
                + "after an empty line: is it missing?")
    }

    static func tooManyAttachments(_ limit: Int) -> Rejection {
        Rejection(
            .tooLarge,
            fr: "Le rapport a plus de \(limit) pièces jointes (max_attachments). Réunissez-les dans une archive.",
            en: "The report has more than \(limit) attachments (max_attachments). Put them into one archive.")
    }
}

extension UInt8 {
    /// A control character that no text holds; BEL, BS, the blanks and ESC occur in the output of programs.
    var isBinaryControl: Bool {
        self < 0x20 ? !(0x07...0x0D).contains(self) && self != 0x1B : self == 0x7F
    }
}
