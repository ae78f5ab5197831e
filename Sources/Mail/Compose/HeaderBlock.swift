/// The header of a message, line by line as it goes out: ASCII, folded at 76 octets, CRLF (RFC 5322, 2.1.1 and 2.2.3).
///
/// Every text passes through `SingleLine`, so none can begin a header of its own.
struct HeaderBlock: Sendable {
    private static let width = 76
    private(set) var bytes: [UInt8] = []
    private var column = 0
    /// Whether the field has anything after its colon yet: a line of blanks alone is not allowed.
    private var hasWords = false

    init() { bytes.reserveCapacity(1024) }

    /// Fields that were made beforehand.
    mutating func add(_ fields: HeaderBlock) { bytes += fields.bytes }

    /// A field whose value is already ASCII and short, made by this program.
    mutating func add(_ name: StaticString, plain value: String) {
        begin(name)
        var text = SingleLine.of(value)
        text.withUTF8 { octets in
            var start = 0
            while start < octets.count {
                let end = octets[start...].firstIndex(of: UInt8(ascii: " ")) ?? octets.count
                put(octets[start..<end])
                start = end + 1
            }
        }
        end()
    }

    /// An unstructured field: words that are not plain ASCII travel as encoded-words (RFC 2047, 5 (1)).
    mutating func add(_ name: StaticString, text: String) {
        begin(name)
        putText(SingleLine.ofHeader(text))
        end()
    }

    /// A field that names one mailbox.
    mutating func add(_ name: StaticString, _ mailbox: Mailbox) {
        begin(name)
        if let display = mailbox.name {
            putPhrase(display)
            put("<\(mailbox.address)>".utf8)
        } else {
            put(mailbox.address.utf8)
        }
        end()
    }

    private mutating func putText(_ text: String) {
        var text = text
        text.withUTF8 { octets in
            var pending: Int?
            var start = 0
            // Words are found in the octets: as characters, a space and an accent that follows it are one.
            while start <= octets.count {
                let end = octets[start...].firstIndex(of: UInt8(ascii: " ")) ?? octets.count
                if Self.isPlain(octets[start..<end]) {
                    if let run = pending { putEncoded(octets[run..<(start - 1)]) }
                    pending = nil
                    put(octets[start..<end])
                } else if pending == nil {
                    pending = start
                }
                start = end + 1
            }
            if let run = pending { putEncoded(octets[run...]) }
        }
    }

    private mutating func putPhrase(_ text: String) {
        let octets = Array(text.utf8)
        let words = octets.split(separator: UInt8(ascii: " "))
        if !words.allSatisfy({ Self.isPlain($0) }) || octets.count > 60 {
            putEncoded(octets)
        } else if words.allSatisfy({ $0.allSatisfy(Mailbox.isAtomText) }) {
            for word in words { put(word) }
        } else {
            put("\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"".utf8)
        }
    }

    private mutating func putEncoded(_ text: some Collection<UInt8>) {
        let room = Self.width - column - 1
        for word in EncodedWord.words(
            String(decoding: text, as: UTF8.self), first: room >= 30 ? room : EncodedWord.limit)
        { put(word) }
    }

    /// Whether a word can stand as it is: ASCII, short enough for a line, and nothing a reader could take for an
    /// encoded-word.
    private static func isPlain(_ word: some Collection<UInt8>) -> Bool {
        var last: UInt8 = 0
        for byte in word {
            guard (0x21...0x7E).contains(byte), !(last == UInt8(ascii: "=") && byte == UInt8(ascii: "?")) else {
                return false
            }
            last = byte
        }
        return word.count <= 60
    }

    private mutating func begin(_ name: StaticString) {
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: ":"))
        column = name.utf8CodeUnitCount + 1
        hasWords = false
    }

    private mutating func put(_ word: some Collection<UInt8>) {
        if column + 1 + word.count > Self.width, hasWords {
            bytes += [0x0D, 0x0A]
            column = 0
        }
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: word)
        column += 1 + word.count
        hasWords = true
    }

    private mutating func end() { bytes += [0x0D, 0x0A] }
}
