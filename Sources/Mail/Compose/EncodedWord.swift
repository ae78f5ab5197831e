/// RFC 2047 encoded-words in UTF-8, in the Q encoding.
///
/// Written here because GMime counts characters and not octets: from 19 letters of Greek or 10 emoji on its words are
/// longer than the 75 octets RFC 2047 allows, and it leaves text that looks like an encoded-word as it is. Q and not
/// base64, because GMime and programs built on it lose the words that follow one with base64's padding.
enum EncodedWord {
    /// Octets of one encoded-word (RFC 2047, section 2).
    static let limit = 75
    private static let opening = Array("=?utf-8?q?".utf8)
    private static let closing = Array("?=".utf8)

    /// Splits text into encoded-words.
    ///
    /// - Parameter first: octets the first word may take, when less than `limit` is left on its line.
    static func words(_ text: String, first: Int = limit) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word = opening
        func add(_ bytes: some Collection<UInt8>) {
            let cost = bytes.reduce(0) { $0 + (needsEscape($1) ? 3 : 1) }
            let room = (words.isEmpty ? min(first, limit) : limit) - closing.count
            if word.count + cost > room, word.count > opening.count {
                words.append(word + closing)
                word = opening
            }
            for byte in bytes { append(byte, to: &word) }
        }
        for character in text {
            // A character as people see it stays whole; one too long for any word is split between code points.
            if character.utf8.count <= 21 {
                add(character.utf8)
            } else {
                for scalar in character.unicodeScalars { add(String(scalar).utf8) }
            }
        }
        return word.count > opening.count ? words + [word + closing] : words
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func append(_ byte: UInt8, to word: inout [UInt8]) {
        if byte == UInt8(ascii: " ") {
            word.append(UInt8(ascii: "_"))
        } else if needsEscape(byte) {
            word.append(UInt8(ascii: "="))
            word.append(digits[Int(byte >> 4)])
            word.append(digits[Int(byte & 15)])
        } else {
            word.append(byte)
        }
    }

    /// All but a blank and the octets that are safe in any header (RFC 2047, 5 (3)).
    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: " "):
            false
        default: true
        }
    }
}
