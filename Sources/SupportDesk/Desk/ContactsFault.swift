/// Why contacts cannot be used: all that is wrong with them.
package struct ContactsFault: Explained, Hashable {
    /// One entry that is wrong.
    package struct Flaw: Hashable, Sendable {
        /// Its place among the entries, from 0.
        package let entry: Int
        package let text: Bilingual

        package init(entry: Int, text: Bilingual) {
            self.entry = entry
            self.text = text
        }
    }

    /// In the order of the entries; never empty.
    package let flaws: [Flaw]

    package init(flaws: [Flaw]) { self.flaws = flaws }

    package var explanation: Bilingual {
        Bilingual(
            fr: flaws.map { "Contact n° \($0.entry + 1) : \($0.text.french)" }.joined(separator: "\n"),
            en: flaws.map { "Contact no. \($0.entry + 1): \($0.text.english)" }.joined(separator: "\n"))
    }
}

extension Contacts {
    /// What is wrong with one entry.
    struct EntryFault: Error {
        let text: Bilingual

        private init(fr french: String, en english: String) { text = Bilingual(fr: french, en: english) }

        static let noKind = EntryFault(
            fr: "il manque la nature du contact ; écrivez par exemple « assistance: +33 1 99 00 12 34 ».",
            en: "its kind is missing; write for example “desk: +33 1 99 00 12 34”.")

        static func unknown(_ kind: String) -> EntryFault {
            EntryFault(
                fr: "« \(kind.excerpt) » n'est pas une nature de contact ; il y a assistance, standard, commercial, "
                    + "adresse, web, courriel, fax et personne.",
                en: "“\(kind.excerpt)” is no kind of contact; there are desk, switchboard, sales, address, web, "
                    + "email, fax and person.")
        }

        static func empty(_ kind: String) -> EntryFault {
            EntryFault(
                fr: "rien ne suit « \(kind.excerpt) » ; écrivez « \(kind.excerpt): aucun » pour retirer ce contact.",
                en: "nothing follows “\(kind.excerpt)”; write “\(kind.excerpt): none” to remove this contact.")
        }

        static func again(_ kind: Kind) -> EntryFault {
            EntryFault(
                fr: "« \(kind.name.french) » est déjà donné plus haut ; gardez une seule des deux lignes.",
                en: "“\(kind.name.english)” is given above already; keep one of the two lines.")
        }

        static func badPhone(_ text: String) -> EntryFault {
            EntryFault(
                fr:
                    "« \(text.excerpt) » n'est pas un numéro de téléphone ; écrivez au moins trois chiffres, par exemple "
                    + "+33 1 99 00 12 34.",
                en: "“\(text.excerpt)” is no phone number; write at least three digits, for example "
                    + "+33 1 99 00 12 34.")
        }

        static func badEmail(_ text: String) -> EntryFault {
            EntryFault(
                fr: "« \(text.excerpt) » n'est pas une adresse de courriel ; écrivez-la comme nom@exemple.fr.",
                en: "“\(text.excerpt)” is no e-mail address; write it as name@example.com.")
        }

        static func badWeb(_ text: String) -> EntryFault {
            EntryFault(
                fr: "« \(text.excerpt) » n'est pas une adresse web ; écrivez-la comme https://www.exemple.fr.",
                en: "“\(text.excerpt)” is no web address; write it as https://www.example.com.")
        }

        static let control = EntryFault(
            fr: "des caractères de contrôle ou des fins de ligne s'y trouvent ; recopiez le texte sur une seule ligne.",
            en: "there are control characters or line ends in it; write the text on a single line.")

        static let tooLong = EntryFault(
            fr: "le texte dépasse \(longest) caractères ; abrégez-le.",
            en: "the text has more than \(longest) characters; shorten it.")

        static let noName = EntryFault(
            fr: "le nom de la personne manque ; écrivez « personne: Nom, rôle, téléphone, courriel ».",
            en: "the person's name is missing; write “person: Name, role, phone, e-mail”.")

        static let tooManyParts = EntryFault(
            fr:
                "une personne a un nom, un rôle, un téléphone et un courriel, pas plus ; séparez-les par des virgules et "
                + "n'en mettez pas ailleurs.",
            en: "a person has one name, one role, one phone and one e-mail address; separate them by commas and put "
                + "no commas elsewhere.")
    }

    /// Characters of an entry.
    static let longest = 300
}
