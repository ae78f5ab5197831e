import SupportDesk
import TOMLKit

/// A value as it stands in the file, before anything is expected of it.
enum ConfigurationValue: Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    /// A date or time, as written.
    case moment(String)
    case list([ConfigurationValue])
    case table([String: ConfigurationValue])

    init(_ node: TOMLValue) {
        switch node.type {
        case .string: self = .text(node.string ?? "")
        case .int: self = .integer(node.int ?? 0)
        case .double: self = .number(node.double ?? 0)
        case .bool: self = .boolean(node.bool ?? false)
        case .date, .time, .dateTime: self = .moment(node.debugDescription)
        case .array: self = .list((node.array ?? TOMLArray()).map { ConfigurationValue($0.tomlValue) })
        case .table: self = .table(Self.entries(of: node.table ?? TOMLTable()))
        }
    }

    static func entries(of table: TOMLTable) -> [String: ConfigurationValue] {
        var entries: [String: ConfigurationValue] = [:]
        for key in table.keys {
            if let value = table[key] { entries[key] = ConfigurationValue(value.tomlValue) }
        }
        return entries
    }

    /// What it is, for a sentence that says what was found.
    var kind: Bilingual {
        switch self {
        case .text(let text): Bilingual(fr: "le texte \(quoted(text).french)", en: "the text \(quoted(text).english)")
        case .integer(let number): Bilingual(fr: "le nombre \(number)", en: "the number \(number)")
        case .number(let number): Bilingual(fr: "le nombre \(number)", en: "the number \(number)")
        case .boolean(let value): Bilingual(fr: "la valeur \(value)", en: "the value \(value)")
        case .moment: Bilingual(fr: "une date ou une heure", en: "a date or a time")
        case .list: Bilingual(fr: "une liste", en: "a list")
        case .table: Bilingual(fr: "une section", en: "a section")
        }
    }
}

/// Text from the file as it may be shown: short, between quotation marks, and without what a terminal would obey.
func quoted(_ text: String) -> Bilingual {
    let shown = text.prefix(80).harmless + (text.count > 80 ? "…" : "")
    return Bilingual(fr: "« \(shown) »", en: "\"\(shown)\"")
}
