/// A field that a report may have.
enum Field: Hashable, Sendable {
    case license, subject, company, contact, email, phone, partner, product, module, version, priority, channel
    case callback, senderReference, attachment
    /// How the bytes are to be read; used up by the decoding.
    case charset
    /// The body by name, as JSON needs it.
    case description

    /// The field's usual names.
    var name: Bilingual {
        switch self {
        case .license: Bilingual(fr: "Licence", en: "License")
        case .subject: Bilingual(fr: "Objet", en: "Subject")
        case .company: Bilingual(fr: "Société", en: "Company")
        case .contact: Bilingual(fr: "Contact", en: "Contact")
        case .email: Bilingual(fr: "Courriel", en: "Email")
        case .phone: Bilingual(fr: "Téléphone", en: "Phone")
        case .partner: Bilingual(fr: "Partenaire", en: "Partner")
        case .product: Bilingual(fr: "Produit", en: "Product")
        case .module: Bilingual(fr: "Module", en: "Module")
        case .version: Bilingual(fr: "Version", en: "Version")
        case .priority: Bilingual(fr: "Priorité", en: "Priority")
        case .channel: Bilingual(fr: "Canal", en: "Channel")
        case .callback: Bilingual(fr: "Rappel", en: "Callback")
        case .senderReference: Bilingual(fr: "Référence", en: "Reference")
        case .attachment: Bilingual(fr: "Pièce-jointe", en: "Attachment")
        case .charset: Bilingual(fr: "Jeu-de-caractères", en: "Charset")
        case .description: Bilingual(fr: "Description", en: "Description")
        }
    }
}

/// A field name as somebody wrote it, made comparable.
struct FieldName: Hashable, Sendable {
    /// Without case, accents and blanks.
    let folded: String
    /// Which field it is; nil for one this program does not know.
    let field: Field?
    /// The language whose name it is; nil where both have it.
    let language: Language?

    init(_ written: String) {
        folded = Self.fold(written)
        let known = Self.known[folded] ?? Self.known[folded.filter { !"-_'.°/()".contains($0) }]
        field = known?.field
        language = known?.language
    }

    /// Comparing is done without case, accents, composition and blanks of any kind.
    static func fold(_ written: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in written.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: text.append(Unicode.Scalar(UInt8(scalar.value) + 32))
            case 0x21...0x7E: text.append(scalar)
            case 0x300...0x36F: continue
            case 0xC0...0xC5, 0xE0...0xE5: text.append("a")
            case 0xC7, 0xE7: text.append("c")
            case 0xC8...0xCB, 0xE8...0xEB: text.append("e")
            case 0xCC...0xCF, 0xEC...0xEF: text.append("i")
            case 0xD1, 0xF1: text.append("n")
            case 0xD2...0xD6, 0xF2...0xF6: text.append("o")
            case 0xD9...0xDC, 0xF9...0xFC: text.append("u")
            case 0xDD, 0xFD, 0xFF: text.append("y")
            case 0xC6, 0xE6: text.append(contentsOf: "ae".unicodeScalars)
            case 0x152, 0x153: text.append(contentsOf: "oe".unicodeScalars)
            // º is typed for °, and № for n°.
            case 0xBA: text.append("°")
            case 0x2116: text.append("n")
            case 0x2010, 0x2011, 0x2012, 0x2013: text.append("-")
            case 0x2019: text.append("'")
            case _ where scalar.isBlank: continue
            default: text.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(text)
    }

    private static let known: [String: (field: Field, language: Language?)] = {
        let names: [(Field, french: String, english: String, both: String)] = [
            (
                .license, "licence numerodelicence numerolicence ndelicence nodelicence nlicence licencen licenceno",
                "license licensenumber licenseno licensen licencenumber", ""
            ),
            (.subject, "objet sujet", "subject", ""),
            (.company, "societe", "company", ""),
            (.contact, "", "", "contact"),
            (.email, "courriel adressemail adresseemail", "emailaddress", "email mail"),
            (.phone, "numerodetelephone ndetelephone", "phone phonenumber", "telephone tel"),
            (.partner, "partenaire", "partner", ""),
            (.product, "produit", "product", ""),
            (.module, "", "", "module"),
            (.version, "", "", "version"),
            (.priority, "priorite", "priority", ""),
            (.channel, "canal", "channel", ""),
            (.callback, "rappel", "callback", ""),
            (.senderReference, "", "", "reference ref"),
            (.attachment, "piecejointe piecesjointes pj", "attachment attachments", ""),
            (.charset, "jeudecaracteres encodage", "encoding", "charset"),
            (.description, "corps texte", "body text", "description message"),
        ]
        var table: [String: (field: Field, language: Language?)] = [:]
        for (field, french, english, both) in names {
            let columns: [(String, Language?)] = [(french, .french), (english, .english), (both, nil)]
            for (words, language) in columns {
                for word in words.split(separator: " ") { table[String(word)] = (field, language) }
            }
        }
        return table
    }()
}
