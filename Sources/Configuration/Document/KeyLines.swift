import SupportDesk

/// On which line each key of a TOML text stands, which the parser does not say; and what the parser must not see.
///
/// It reads the text as the parser would, but only as far as that needs: behind a fault of the text it may give nonsense.
struct KeyLines {
    private var lines: [String: Int] = [:]
    /// The first thing that the parser would not survive, or that can be said better here.
    private(set) var flaw: ConfigurationProblem.Syntax?

    init(_ text: String) {
        var section: [String] = []
        var scanner = ValueScanner()
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var rest = (line.last == 0x0D ? line.dropLast() : line).drop(while: isBlank)
            defer {
                if flaw == nil, let words = scanner.flaw { flaw = .init(line: index + 1, words: words) }
            }
            guard !scanner.isInside else {
                scanner.read(rest)
                continue
            }
            if rest.first == UInt8(ascii: "[") {
                rest = rest.dropFirst()
                if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst() }
                rest = rest.drop(while: isBlank)
                if !(rest.first.map { isBare($0) || "\"']".utf8.contains($0) } ?? false), flaw == nil {
                    // The parser aborts the program here (https://github.com/marzer/tomlplusplus/issues/294).
                    flaw = .init(line: index + 1, words: Self.namelessSection)
                }
                section = Self.names(&rest)
                note(section, at: index + 1)
            } else {
                let names = Self.names(&rest)
                guard !names.isEmpty, rest.first == UInt8(ascii: "=") else { continue }
                note(section + names, at: index + 1)
                scanner.begin()
                scanner.read(rest.dropFirst())
            }
        }
    }

    private static let namelessSection = Bilingual(
        fr: "après le crochet, il faut le nom d'une section, comme [smtp].",
        en: "the name of a section is expected behind the bracket, as in [smtp].")

    /// The line of the key, or of the nearest table around it.
    subscript(path: String) -> Int? {
        var names = path.split(separator: ".")
        while !names.isEmpty {
            if let line = lines[names.joined(separator: ".")] { return line }
            names.removeLast()
        }
        return nil
    }

    private mutating func note(_ names: [String], at line: Int) {
        for length in stride(from: 1, through: names.count, by: 1) {
            let path = names.prefix(length).joined(separator: ".")
            if lines[path] == nil { lines[path] = line }
        }
    }

    /// A bare, quoted or dotted key at the start of `rest`, which is left behind it.
    private static func names(_ rest: inout Substring.UTF8View) -> [String] {
        var names: [String] = []
        while true {
            rest = rest.drop(while: isBlank)
            let name: Substring.UTF8View
            if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                var isEscaped = false
                name = rest.dropFirst().prefix { byte in
                    defer { isEscaped = !isEscaped && byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") }
                    return byte != quote || isEscaped
                }
                rest = rest.dropFirst(name.count + 2)
            } else {
                name = rest.prefix(while: isBare)
                rest = rest.dropFirst(name.count)
                if name.isEmpty { return names }
            }
            names.append(String(Substring(name)))
            rest = rest.drop(while: isBlank)
            guard rest.first == UInt8(ascii: ".") else { return names }
            rest = rest.dropFirst()
        }
    }
}

func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
}

func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
    default: false
    }
}
