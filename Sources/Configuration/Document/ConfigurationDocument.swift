import SupportDesk
import TOMLKit

/// A configuration file that is TOML: its values, and the lines they stand on.
struct ConfigurationDocument {
    let root: [String: ConfigurationValue]
    private let lines: KeyLines

    init(_ text: String) throws(ConfigurationProblem.Syntax) {
        lines = KeyLines(text.first == "\u{FEFF}" ? String(text.dropFirst()) : text)
        // The parser works on C strings: it would take everything up to a NUL for the whole.
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.utf8.contains(0) || line.contains("\\u0000") || line.contains("\\U00000000") {
            throw .init(
                line: index + 1,
                words: Bilingual(
                    fr: "un caractère nul (U+0000) n'a pas sa place ici ; effacez-le.",
                    en: "a null character (U+0000) has no place here; remove it."))
        }
        if let flaw = lines.flaw { throw flaw }
        do {
            root = ConfigurationValue.entries(of: try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            throw .init(
                line: error.source.begin.line,
                words: Bilingual(
                    fr:
                        "ce n'est pas du TOML correct (\(error.description.harmless)). Un texte s'écrit entre guillemets droits "
                        + "(clé = \"valeur\"), une section entre crochets ([smtp]), et chacune ne paraît qu'une fois.",
                    en:
                        "this is not correct TOML (\(error.description.harmless)). A text stands between straight quotation "
                        + "marks (key = \"value\"), a section between brackets ([smtp]), and each occurs only once."))
        } catch {
            throw .init(line: nil, words: error.inWords)
        }
    }

    /// The value at a path such as `smtp.url`.
    subscript(path: String) -> ConfigurationValue? {
        var found = ConfigurationValue.table(root)
        for name in path.split(separator: ".") {
            guard case .table(let entries) = found, let next = entries[String(name)] else { return nil }
            found = next
        }
        return found
    }

    /// The line of a key; of its section where the key itself is not there.
    func line(of path: String) -> Int? {
        lines[path]
    }
}

extension ConfigurationProblem {
    /// A text that is no TOML at all.
    struct Syntax: Error {
        var line: Int?
        var words: Bilingual
    }
}
