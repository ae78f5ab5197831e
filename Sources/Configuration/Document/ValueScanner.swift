import SupportDesk

/// Follows values through the lines of a TOML text: whether one goes on, and whether it is one at all.
///
/// The parser aborts the program where a value is missing (`a = [}`) and on some broken times (`2026-11-23T`), so
/// neither may reach it.
struct ValueScanner {
    /// The brackets that are open.
    private var open: [UInt8] = []
    /// What ends the text that is open.
    private var quote: [UInt8] = []
    private var expectsValue = false
    /// What is wrong with the values read so far.
    private(set) var flaw: Bilingual?

    /// Whether the value goes on in the next line.
    var isInside: Bool { !open.isEmpty || quote.count == 3 }

    /// Behind the equals sign of a key.
    mutating func begin() {
        expectsValue = true
    }

    /// One line, or what is left of it.
    mutating func read(_ line: Substring.UTF8View) {
        var rest = line
        while let byte = rest.first, flaw == nil {
            if !quote.isEmpty {
                readText(&rest)
            } else if byte == UInt8(ascii: "#") {
                break
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                accept()
                quote = rest.starts(with: [byte, byte, byte]) ? [byte, byte, byte] : [byte]
                rest = rest.dropFirst(quote.count)
            } else if "[]{},=".utf8.contains(byte) {
                readMark(byte)
                rest = rest.dropFirst()
            } else if isBlank(byte) {
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !isBlank($0) && !"#\"'[]{},=".utf8.contains($0) }
                readWord(word)
                rest = rest.dropFirst(word.count)
            }
        }
        // A text of one line ends with it, closed or not.
        if quote.count == 1 { quote = [] }
        if expectsValue, open.isEmpty { refuse(Self.missing) }
    }

    private mutating func readText(_ rest: inout Substring.UTF8View) {
        if rest.first == UInt8(ascii: "\\"), quote[0] == UInt8(ascii: "\"") {
            rest = rest.dropFirst(2)
        } else if rest.starts(with: quote) {
            let mark = quote[0]
            rest = rest.dropFirst(quote.count)
            // Up to two quotation marks may stand right before the three that end a text.
            if quote.count == 3 { rest = rest.dropFirst(rest.prefix(2).prefix { $0 == mark }.count) }
            quote = []
        } else {
            rest = rest.dropFirst()
        }
    }

    private mutating func readMark(_ mark: UInt8) {
        switch mark {
        case UInt8(ascii: "["):
            accept()
            open.append(mark)
            expectsValue = true
        case UInt8(ascii: "{"):
            accept()
            open.append(mark)
        case UInt8(ascii: "]"):
            if open.popLast() != UInt8(ascii: "[") { refuse(Self.missing) }
            expectsValue = false
        case UInt8(ascii: "}"):
            if expectsValue || open.popLast() != UInt8(ascii: "{") { refuse(Self.missing) }
        case UInt8(ascii: ","):
            if expectsValue || open.isEmpty { refuse(Self.missing) }
            expectsValue = open.last == UInt8(ascii: "[")
        default:
            if expectsValue || open.last != UInt8(ascii: "{") { refuse(Self.missing) }
            expectsValue = true
        }
    }

    private mutating func readWord(_ word: Substring.UTF8View) {
        guard expectsValue else {
            // In an inline table it is a key.
            if open.last != UInt8(ascii: "{") || !word.allSatisfy({ isBare($0) || $0 == UInt8(ascii: ".") }) {
                refuse(Self.unquoted)
            }
            return
        }
        expectsValue = false
        let text = Substring(word)
        let isNumeric = word.allSatisfy { isBare($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "+") }
        let isName = word.first.map { $0 | 0x20 >= UInt8(ascii: "a") } ?? false
        if !isNumeric || isName && !["true", "false", "inf", "nan"].contains(text) || isHalfDate(word)
            || isQuantity(word)
        {
            refuse(Self.unquoted)
        }
    }

    /// Four digits and a dash begin a date, which has a form of its own.
    private func isHalfDate(_ word: Substring.UTF8View) -> Bool {
        let form = word.map { (0x30...0x39).contains($0) ? UInt8(ascii: "0") : $0 }
        return form.starts(with: "0000-".utf8) && form != Array("0000-00-00".utf8)
    }

    /// `5m` or `25MB`, which is no number of TOML's.
    private func isQuantity(_ word: Substring.UTF8View) -> Bool {
        let letters = word.drop { (0x30...0x39).contains($0) }
        return letters.count < word.count && !letters.isEmpty
            && !["0x", "0o", "0b"].contains(Substring(word.prefix(2)))
            && letters.allSatisfy { isBare($0) && !(0x30...0x39).contains($0) && $0 != UInt8(ascii: "_") }
    }

    private mutating func accept() {
        if !expectsValue, open.last != UInt8(ascii: "{") { refuse(Self.unquoted) }
        expectsValue = false
    }

    private mutating func refuse(_ words: Bilingual) {
        if flaw == nil { flaw = words }
    }

    private static let missing = Bilingual(
        fr: "il manque une valeur, ou un signe est de trop ; une liste s'écrit [\"un\", \"deux\"].",
        en: "a value is missing, or there is a sign too many; a list is written [\"one\", \"two\"].")
    private static let unquoted = Bilingual(
        fr: "cette valeur n'est ni un nombre, ni true ou false ; un texte, une durée ou une heure s'écrit entre "
            + "guillemets droits : clé = \"valeur\".",
        en: "this value is neither a number nor true or false; a text, a duration or a time stands between straight "
            + "quotation marks: key = \"value\".")
}
