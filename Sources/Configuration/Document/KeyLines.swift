/// On which line each key of a TOML text stands; the parser does not say.
///
/// It reads the text as the parser would, but only as far as keys go: a text the parser refused may give nonsense here.
struct KeyLines {
    private var lines: [String: Int] = [:]

    init(_ text: String) {
        var section: [String] = []
        var scanner = ValueEnd()
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var rest = line.drop(while: isBlank)
            guard !scanner.isInside else {
                scanner.read(rest)
                continue
            }
            if rest.first == UInt8(ascii: "[") {
                rest = rest.drop { $0 == UInt8(ascii: "[") }
                section = Self.names(&rest)
                note(section, at: index + 1)
            } else {
                let names = Self.names(&rest)
                guard !names.isEmpty, rest.first == UInt8(ascii: "=") else { continue }
                note(section + names, at: index + 1)
                scanner.read(rest.dropFirst())
            }
        }
    }

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
                name = rest.dropFirst().prefix { $0 != quote }
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

/// Whether a value that began on an earlier line goes on: a list, or a text of several lines.
private struct ValueEnd {
    private var depth = 0
    private var quote: [UInt8] = []

    var isInside: Bool { depth > 0 || quote.count == 3 }

    mutating func read(_ line: Substring.UTF8View) {
        var bytes = Array(line)[...]
        // A text of one line ends with it, closed or not.
        defer { if quote.count == 1 { quote = [] } }
        while let byte = bytes.first {
            if !quote.isEmpty {
                if byte == UInt8(ascii: "\\"), quote[0] == UInt8(ascii: "\"") {
                    bytes = bytes.dropFirst(2)
                } else if bytes.starts(with: quote) {
                    bytes = bytes.dropFirst(quote.count)
                    quote = []
                } else {
                    bytes = bytes.dropFirst()
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "#"): return
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                quote = bytes.starts(with: [byte, byte, byte]) ? [byte, byte, byte] : [byte]
                bytes = bytes.dropFirst(quote.count)
                continue
            default: break
            }
            bytes = bytes.dropFirst()
        }
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
}

private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
    default: false
    }
}
