import SupportDesk

/// Sizes as readers of a language write them.
enum WrittenSize {
    static func of(bytes: Int, in language: Language) -> String {
        let unit = Bilingual(fr: "o", en: "B")[language]
        switch bytes {
        case ..<1000: return "\(bytes) \(Bilingual(fr: "octet", en: "byte")[language])\(bytes < 2 ? "" : "s")"
        case ..<999_950:
            return "\(tenths(bytes, of: 1000, in: language)) \(Bilingual(fr: "K", en: "k")[language])\(unit)"
        default: return "\(tenths(bytes, of: 1_000_000, in: language)) M\(unit)"
        }
    }

    private static func tenths(_ bytes: Int, of unit: Int, in language: Language) -> String {
        let tenths = (bytes * 10 + unit / 2) / unit
        let point = Bilingual(fr: ",", en: ".")[language]
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(point)\(tenths % 10)"
    }
}
