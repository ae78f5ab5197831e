internal import ArgumentParser
package import SupportDesk

/// The language commands describe themselves in: argument-parser asks types for their help, not values, so it
/// cannot be handed over as an argument.
package enum Speech {
    @TaskLocal package static var language = Language.english
}

/// A sentence of help in the language of the moment.
func words(fr french: String, en english: String) -> String {
    Bilingual(fr: french, en: english)[Speech.language]
}

/// Help for an option or argument; `valueName` is what stands between angle brackets.
func help(fr french: String, en english: String, value: Bilingual? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: words(fr: french, en: english)).naming(value)
}

extension ArgumentHelp {
    fileprivate func naming(_ value: Bilingual?) -> ArgumentHelp {
        var help = self
        help.valueName = value?[Speech.language]
        return help
    }
}

/// The names of values in help.
enum ValueName {
    static let file = Bilingual(fr: "fichier", en: "file")
    static let reference = Bilingual(fr: "réf", en: "ref")
    static let text = Bilingual(fr: "texte", en: "text")
    static let license = Bilingual(fr: "numéro", en: "number")
    static let phone = Bilingual(fr: "tél", en: "phone")
    static let channel = Bilingual(fr: "canal", en: "channel")
    static let priority = Bilingual(fr: "priorité", en: "priority")
    static let state = Bilingual(fr: "état", en: "state")
    static let instant = Bilingual(fr: "date", en: "time")
    static let duration = Bilingual(fr: "durée", en: "duration")
    static let count = Bilingual(fr: "nombre", en: "count")
}
