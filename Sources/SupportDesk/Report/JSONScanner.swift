/// Reads JSON (RFC 8259) piece by piece and strictly.
///
/// A decoder of a library takes one of two equal keys and keeps silent about the other, turns `00012344` or `9.10`
/// into another number, and cannot say in which line a value stands.
struct JSONScanner {
    let bytes: [UInt8]
    var position = 0
    /// A line number that is known, so that asking again counts on from there.
    private var counted = (position: 0, line: 1)

    /// - Parameter bytes: valid UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What a value begins like.
    enum Kind { case string, number, object, array, bool, null }

    /// The line of what comes next, from 1.
    mutating func line() -> Int {
        _ = peek()
        // Blanks were passed, so this is never between CR and LF.
        counted = (position, counted.line - 1 + bytes[counted.position...].line(at: position))
        return counted.line
    }

    /// The first byte of what comes next, behind blanks; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    mutating func kind() throws(Rejection) -> Kind {
        switch peek() {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"): return .number
        case let byte? where byte.isDigit: return .number
        case nil: throw malformed(fr: "la fin du fichier arrive trop tôt", en: "the file ends too early")
        default: throw malformed(fr: "une valeur est attendue", en: "a value is expected")
        }
    }

    /// Passes one punctuation mark.
    mutating func expect(_ mark: Unicode.Scalar) throws(Rejection) {
        guard peek() == UInt8(ascii: mark) else {
            throw malformed(fr: "« \(mark) » est attendu", en: "“\(mark)” is expected")
        }
        position += 1
    }

    /// Passes a mark if it comes next.
    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    /// Nothing may follow.
    mutating func expectEnd() throws(Rejection) {
        if peek() != nil {
            throw malformed(fr: "rien ne peut suivre l'objet", en: "nothing may follow the object")
        }
    }

    /// Calls `body` at each member of an object, at its value.
    mutating func members(
        _ body: (inout JSONScanner, _ key: String, _ line: Int) throws(Rejection) -> Void
    ) throws(Rejection) {
        try expect("{")
        if skip("}") { return }
        repeat {
            let line = line()
            let key = try string()
            try expect(":")
            try body(&self, key, line)
        } while skip(",")
        try expect("}")
    }

    /// Calls `body` at each element of an array.
    mutating func elements(_ body: (inout JSONScanner) throws(Rejection) -> Void) throws(Rejection) {
        try expect("[")
        if skip("]") { return }
        repeat { try body(&self) } while skip(",")
        try expect("]")
    }

    /// A string without its escapes.
    mutating func string() throws(Rejection) -> String {
        try expect("\"")
        var text: [UInt8] = []
        var start = position
        while true {
            guard position < bytes.count else {
                throw malformed(fr: "il manque le guillemet de fin", en: "the closing quote is missing")
            }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                if text.isEmpty { return String(decoding: bytes[start..<position], as: UTF8.self) }
                text += bytes[start..<position]
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                text += bytes[start..<position]
                position += 1
                text += try escape().utf8
                start = position
            } else if byte < 0x20 {
                throw malformed(
                    fr: "un saut de ligne ou un caractère de contrôle s'écrit \\n ou \\u00XX dans une chaîne",
                    en: "a line break or control character is written \\n or \\u00XX in a string")
            } else {
                position += 1
            }
        }
    }

    private mutating func escape() throws(Rejection) -> String {
        let byte = position < bytes.count ? bytes[position] : 0
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexDigits()
            if let scalar = Unicode.Scalar(unit) { return String(scalar) }
            if UTF16.isLeadSurrogate(unit), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            {
                position += 2
                let second = try hexDigits()
                if UTF16.isTrailSurrogate(second) {
                    return String(UTF16.decode(UTF16.EncodedScalar([unit, second])))
                }
            }
            throw malformed(fr: "la moitié d'un caractère manque", en: "half a character is missing")
        default:
            position = min(position - 1, bytes.count)
            throw malformed(
                fr: "cette séquence après « \\ » n'existe pas ; la barre elle-même s'écrit « \\\\ »",
                en: "there is no such sequence after “\\”; the backslash itself is written “\\\\”")
        }
    }

    private mutating func hexDigits() throws(Rejection) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count, bytes[position].isHexDigit else {
                throw malformed(fr: "quatre chiffres hexadécimaux sont attendus", en: "four hex digits are expected")
            }
            let byte = bytes[position].lowercased
            value = value << 4 | UInt16(byte.isDigit ? byte - 0x30 : byte - 0x61 + 10)
            position += 1
        }
        return value
    }

    /// What is wrong at the current place.
    func malformed(fr french: String, en english: String) -> Rejection {
        let line = bytes.line(at: position)
        var start = position
        while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        let column = String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars.count + 1
        return Rejection(
            .malformed,
            fr: "Ce n'est pas du JSON valable, ligne \(line), colonne \(column) : \(french).",
            en: "This is no valid JSON, line \(line), column \(column): \(english).")
    }
}
