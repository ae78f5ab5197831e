import Foundation

/// String literals of Swift source, with the call and the argument they stand in. Reads what this project writes, not
/// all of Swift.
struct SourceWords {
    struct Literal: Hashable {
        /// Interpolations left out.
        var text: String
        /// The call it is handed to at once, as `output.line`; empty where there is none.
        var call: String
        /// The label of its argument.
        var label: String
        var line: Int
    }

    /// A call with an argument `fr:` or `en:`.
    struct Pair: Hashable {
        var line: Int
        var labels: Set<String> = []
        /// The literals of each half, one after the other; nil where a half is made otherwise.
        var french: String?
        var english: String?
    }

    private(set) var literals: [Literal] = []
    private(set) var pairs: [Pair] = []

    private struct Group {
        var opener: Character
        var call: String
        var label = ""
        var pair: Pair
    }

    private var groups: [Group] = []
    private let text: [Character]
    private var place = 0
    private var line = 1
    /// What was read of a name, dots and labels included.
    private var word = ""

    init(_ source: String) {
        text = Array(source)
        read(until: nil)
    }

    /// Of every file under `Sources`, by path.
    static func ofAllSources() throws -> [(path: String, words: SourceWords)] {
        let root = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            (path, SourceWords(try String(contentsOfFile: root + "/" + path, encoding: .utf8)))
        }
    }

    /// Reads up to the closing bracket that has no opening one.
    private mutating func read(until end: Character?) {
        let depth = groups.count
        while place < text.count {
            let character = text[place]
            if character == "/", starts("//") {
                while place < text.count, text[place] != "\n" { place += 1 }
                continue
            }
            if character == "\"" || (character == "#" && (starts("#\"") || starts("##\""))) {
                readLiteral()
                continue
            }
            place += 1
            switch character {
            case "\n": line += 1
            case "(", "[", "{":
                groups.append(Group(opener: character, call: character == "(" ? word : "", pair: Pair(line: line)))
                word = ""
            case ")", "]", "}":
                if groups.count == depth, character == end { return }
                close()
            case ":":
                if groups.last?.opener == "(" { open(label: word) }
                word = ""
            case ",":
                if !groups.isEmpty { groups[groups.count - 1].label = "" }
                word = ""
            case " ": break
            default:
                let isName = character.isLetter || character.isNumber || character == "_" || character == "."
                let follows = place > 1 && (text[place - 2] == " " || text[place - 2] == "\n") && character != "."
                word = isName ? (follows ? "" : word) + String(character) : ""
            }
        }
    }

    /// A label, unless it is the colon of `? :`.
    private mutating func open(label: String) {
        guard label.first?.isLetter == true, !label.contains("."), groups[groups.count - 1].label.isEmpty else {
            return
        }
        groups[groups.count - 1].label = label
        groups[groups.count - 1].pair.labels.insert(label)
    }

    private mutating func close() {
        guard let group = groups.popLast() else { return }
        if !group.pair.labels.isDisjoint(with: ["fr", "en"]) { pairs.append(group.pair) }
        word = ""
    }

    private mutating func readLiteral() {
        let begin = line
        var hashes = ""
        while text[place] == "#" {
            hashes.append("#")
            place += 1
        }
        let quote = starts("\"\"\"") ? "\"\"\"" : "\""
        place += quote.count
        var content = ""
        while place < text.count, !starts(quote + hashes) {
            if starts("\\" + hashes + "(") {
                place += 2 + hashes.count
                word = ""
                read(until: ")")
                content.append("\u{FFFC}")
            } else if hashes.isEmpty, text[place] == "\\" {
                content.append(text[place + 1] == "n" ? "\n" : text[place + 1])
                place += 2
            } else {
                if text[place] == "\n" { line += 1 }
                content.append(text[place])
                place += 1
            }
        }
        place += quote.count + hashes.count
        word = ""
        keep(content, line: begin)
    }

    private mutating func keep(_ content: String, line: Int) {
        let group = groups.last
        literals.append(
            Literal(
                text: content, call: group?.opener == "(" ? group?.call ?? "" : "", label: group?.label ?? "",
                line: line))
        // A literal deep within an argument is part of its half, unless it has a pair of its own.
        for index in groups.indices.reversed() {
            switch groups[index].label {
            case "fr": groups[index].pair.french = (groups[index].pair.french ?? "") + content
            case "en": groups[index].pair.english = (groups[index].pair.english ?? "") + content
            default: continue
            }
            return
        }
    }

    private func starts(_ piece: String) -> Bool {
        var index = place
        for character in piece {
            guard index < text.count, text[index] == character else { return false }
            index += 1
        }
        return true
    }
}
