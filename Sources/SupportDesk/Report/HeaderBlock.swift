/// The fields at the head of a report, one after the other.
struct HeaderBlock {
    struct Entry {
        var name: String
        var value: String
        var line: Int
    }

    private let bytes: [UInt8]
    private let limit: Int
    private var lines: Lines
    /// The line that ended the field before.
    private var ahead: ArraySlice<UInt8>?
    private var isFirst = true

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
        lines = Lines(bytes)
        // Empty lines above the first field are nobody's meaning.
        repeat { ahead = lines.next() } while ahead.map(Blanks.isBlank) == true
    }

    /// Where the body begins: behind the empty line. Holds once `next` has returned nil.
    var bodyStart: Int { lines.position }

    /// The next field with its continuation lines; nil at the empty line, or at the end.
    mutating func next() throws(Rejection) -> Entry? {
        guard let line = ahead else { return nil }
        let number = lines.number
        guard !Blanks.isBlank(line) else {
            ahead = nil
            return nil
        }
        guard let (name, start) = try Self.split(line, number: number) else {
            // Without any field this is somebody's free text, and what it lacks is the licence.
            throw isFirst ? Rejection.licenseMissing : Self.notAField(line, number)
        }
        isFirst = false
        var value = String(decoding: line[start...], as: UTF8.self).trimmed
        ahead = lines.next()
        while let more = ahead, Blanks.lengthOfFirst(more) > 0, !Blanks.isBlank(more) {
            if more.endIndex > limit { throw .headerTooLarge(limit) }
            value += (value.isEmpty ? "" : " ") + String(decoding: more, as: UTF8.self).trimmed
            ahead = lines.next()
        }
        let end = ahead.map(\.startIndex) ?? bytes.count
        if end > limit { throw .headerTooLarge(limit) }
        return Entry(name: name, value: value, line: number)
    }

    /// Name and place of the value of a line `Name : value`; nil where it is none.
    ///
    /// A name begins with a letter and has letters, digits, blanks and few signs. So `12:30`, `http://…` and `C:\…`
    /// are none, nor is a sentence with a comma in it.
    static func split(_ line: ArraySlice<UInt8>, number: Int) throws(Rejection) -> (name: String, value: Int)? {
        guard let colon = line.prefix(100).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = String(decoding: line[..<colon], as: UTF8.self).trimmed
        let value = line[(colon + 1)...]
        guard let first = name.utf8.first, first >= 0x80 || first.isLetterOrDigit && !first.isDigit else { return nil }
        if value.starts(with: "//".utf8) { return nil }
        if name.utf8.count == 1, value.first == UInt8(ascii: "\\") || value.first == UInt8(ascii: "/") { return nil }
        if name.utf8.last?.isDigit == true, value.first?.isDigit == true { return nil }
        for byte in name.utf8 where byte < 0x80 && !byte.isLetterOrDigit && !" \t-_'./()&+".utf8.contains(byte) {
            if byte < 0x20 || byte == 0x7F { throw .unsafeHeader(name, line: number) }
            return nil
        }
        for scalar in name.unicodeScalars where scalar.isControl && scalar != "\t" {
            throw .unsafeHeader(name, line: number)
        }
        return (name, colon + 1)
    }

    private static func notAField(_ line: ArraySlice<UInt8>, _ number: Int) -> Rejection {
        let written = String(decoding: line, as: UTF8.self)
        // A licence line without its colon may hold a secret, which no reason repeats.
        let isSafe = !written.split(separator: " ").contains { LicenseNumber.masked(String($0)) == "****" }
        let (french, english) = isSafe ? (", « \(written.excerpt) »,", ", “\(written.excerpt)”,") : ("", "")
        return Rejection(
            .malformed,
            fr:
                "La ligne \(number)\(french) n'est pas de la forme « Nom : valeur ». Si la description du problème "
                + "commence là, mettez une ligne vide devant.",
            en: "Line \(number)\(english) does not have the form “Name: value”. If the description of the problem "
                + "begins there, put an empty line before it.")
    }

    /// The charset a header block declares, found before anything is decoded.
    static func declaredCharset(in bytes: [UInt8], limit: Int) -> String? {
        var lines = Lines(bytes)
        var begun = false
        while lines.position < limit, let line = lines.next() {
            guard line.contains(where: { !$0.isBlank }) else {
                if begun { return nil }
                continue
            }
            begun = true
            let first = line.first?.lowercased
            guard first == UInt8(ascii: "c") || first == UInt8(ascii: "j") || first == UInt8(ascii: "e"),
                let colon = line.prefix(100).firstIndex(of: UInt8(ascii: ":"))
            else { continue }
            // Letters of ASCII alone: the accent of « caractères » is what is not yet known.
            let name = String(decoding: line[..<colon].map(\.lowercased).filter(\.isLetterOrDigit), as: UTF8.self)
            if ["charset", "encoding", "encodage", "jeudecaractres", "jeudecaracteres"].contains(name) {
                let value = line[(colon + 1)...].filter { $0 < 0x80 }
                let declared = String(decoding: value, as: UTF8.self).trimmed
                return declared.isEmpty ? nil : declared
            }
        }
        return nil
    }
}
