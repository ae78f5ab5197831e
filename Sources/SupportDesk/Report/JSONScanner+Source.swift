extension JSONScanner {
    private static let deepest = 64

    /// Passes a value of any kind and returns it as it stands, without the blanks around its parts.
    mutating func source() throws(Rejection) -> String {
        var text: [UInt8] = []
        try copy(into: &text, depth: 0)
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func copy(into text: inout [UInt8], depth: Int) throws(Rejection) {
        if depth > Self.deepest {
            throw malformed(
                fr: "les valeurs sont imbriquées sur plus de \(Self.deepest) niveaux",
                en: "values are nested more than \(Self.deepest) levels deep")
        }
        switch try kind() {
        case .string: try copyString(into: &text)
        case .number: try copyNumber(into: &text)
        case .bool, .null: try copyWord(into: &text)
        case .array, .object:
            let isObject = bytes[position] == UInt8(ascii: "{")
            let end: Unicode.Scalar = isObject ? "}" : "]"
            text.append(bytes[position])
            position += 1
            if !skip(end) {
                repeat {
                    if text.last == UInt8(ascii: ",") || !isOpening(text.last) { text.append(UInt8(ascii: ",")) }
                    if isObject {
                        try copyString(into: &text)
                        try expect(":")
                        text.append(UInt8(ascii: ":"))
                    }
                    try copy(into: &text, depth: depth + 1)
                } while skip(",")
                try expect(end)
            }
            text.append(UInt8(ascii: end))
        }
    }

    private func isOpening(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

    private mutating func copyString(into text: inout [UInt8]) throws(Rejection) {
        _ = peek()
        let start = position
        _ = try string()
        text += bytes[start..<position]
    }

    private mutating func copyWord(into text: inout [UInt8]) throws(Rejection) {
        for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            text += word.utf8
            return
        }
        throw malformed(fr: "une valeur est attendue", en: "a value is expected")
    }

    private mutating func copyNumber(into text: inout [UInt8]) throws(Rejection) {
        let start = position
        func byte() -> UInt8 { position < bytes.count ? bytes[position] : 0 }
        func digits() throws(Rejection) {
            guard byte().isDigit else { throw malformed(fr: "un chiffre est attendu", en: "a digit is expected") }
            while byte().isDigit { position += 1 }
        }
        if byte() == UInt8(ascii: "-") { position += 1 }
        if byte() == UInt8(ascii: "0") {
            position += 1
            if byte().isDigit {
                throw malformed(
                    fr: "un nombre ne commence pas par zéro ; mettez-le entre guillemets",
                    en: "a number does not begin with zero; put it in quotes")
            }
        } else {
            try digits()
        }
        if byte() == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
            position += 1
            if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        text += bytes[start..<position]
    }
}
