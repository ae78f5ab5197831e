import SupportDesk

/// What the fields of a report are called.
enum DetailNames {
    private static let known: [(key: String, name: Bilingual)] = [
        ("partner", Bilingual(fr: "Partenaire", en: "Partner")),
        ("contact", Bilingual(fr: "Contact", en: "Contact")),
        ("email", Bilingual(fr: "Courriel", en: "Email")),
        ("phone", Bilingual(fr: "Téléphone", en: "Phone")),
        ("product", Bilingual(fr: "Produit", en: "Product")),
        ("module", Bilingual(fr: "Module", en: "Module")),
        ("version", Bilingual(fr: "Version", en: "Version")),
        ("callback", Bilingual(fr: "Rappel", en: "Call-back")),
        ("reference", Bilingual(fr: "Sa référence", en: "Own reference")),
        ("sender_reference", Bilingual(fr: "Sa référence", en: "Own reference")),
    ]

    /// The fields in a fixed order, then those this program does not know, by name. The company stands elsewhere.
    static func rows(of details: [String: String], in context: CommandContext) -> [(String, String?)] {
        var rest = details
        rest["company"] = nil
        var rows: [(String, String?)] = known.map { key, name in (name[context.language], rest.removeValue(forKey: key))
        }
        for (key, value) in rest.sorted(by: { $0.key < $1.key }) { rows.append((key.harmless, value)) }
        return rows
    }
}
