/// RFC 2047 encoded-words in UTF-8.
///
/// Written here because GMime counts characters and not octets: from 19 letters of Greek or 10 emoji on its words are
/// longer than the 75 octets RFC 2047 allows, and it leaves text that looks like an encoded-word as it is.
enum EncodedWord {
    /// Octets of one encoded-word (RFC 2047, section 2).
    static let limit = 75
    private static let overhead = "=?utf-8?q??=".utf8.count

    /// Splits text into encoded-words.
    ///
    /// - Parameter first: octets the first word may take, when less than `limit` is left on its line.
    static func words(_ text: String, first: Int = limit) -> [[UInt8]] {
        let escaped = text.utf8.count { !isPlain($0) && $0 != UInt8(ascii: " ") }
        let quoted = text.utf8.count + 2 * escaped <= (text.utf8.count + 2) / 3 * 4
        var words: [[UInt8]] = []
        var piece: [UInt8] = []
        var cost = 0
        func close() {
            words.append(quoted ? quotedWord(piece) : base64Word(piece))
            piece.removeAll(keepingCapacity: true)
            cost = 0
        }
        func add(_ bytes: some Collection<UInt8>) {
            let room = min(limit, words.isEmpty ? first : limit) - overhead
            let more = quoted ? bytes.reduce(0) { $0 + (isPlain($1) || $1 == UInt8(ascii: " ") ? 1 : 3) } : bytes.count
            if !piece.isEmpty, quoted ? cost + more > room : (cost + more + 2) / 3 * 4 > room { close() }
            piece.append(contentsOf: bytes)
            cost += more
        }
        for character in text {
            // A character as people see it stays whole; one too long for any word is split between code points.
            if character.utf8.count <= (quoted ? 21 : 45) {
                add(character.utf8)
            } else {
                for scalar in character.unicodeScalars { add(String(scalar).utf8) }
            }
        }
        if !piece.isEmpty { close() }
        return words
    }

    /// Octets that need no escape in any header (RFC 2047, 5 (3)).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private static func quotedWord(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var word = Array("=?utf-8?q?".utf8)
        for byte in bytes {
            if isPlain(byte) {
                word.append(byte)
            } else if byte == UInt8(ascii: " ") {
                word.append(UInt8(ascii: "_"))
            } else {
                word += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return word + "?=".utf8
    }

    private static func base64Word(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var word = Array("=?utf-8?b?".utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                word.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return word + "?=".utf8
    }
}
