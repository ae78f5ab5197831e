/// How a text was written down in bytes.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    /// With the Windows-1252 characters in 0x80 to 0x9F: nobody means the control characters that ISO puts
    /// there (WHATWG Encoding, 4.2).
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    case ascii = "us-ascii"

    /// An encoding by the name somebody declared; nil for one that is not read here.
    package init?(declared name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " && $0 != "\"" }) {
        case "utf8": self = .utf8
        case "windows1252", "cp1252", "ansi": self = .windows1252
        case "iso88591", "latin1", "l1": self = .latin1
        case "iso885915", "latin9", "latin0", "l9": self = .latin9
        case "usascii", "ascii": self = .ascii
        default: return nil
        }
    }

    /// The text of some bytes: a byte order mark decides, else what is declared, else strict UTF-8, else Windows-1252.
    ///
    /// - Throws: `binary` for what holds NUL and is no text at all; `bad_encoding` where the bytes cannot be what
    ///   decides.
    package static func text(of bytes: [UInt8], declared: String? = nil) throws(Rejection) -> String {
        String(decoding: try utf8(of: bytes, declared: declared), as: UTF8.self)
    }

    /// The text of some bytes, as valid UTF-8 without a byte order mark.
    static func utf8(of bytes: [UInt8], declared: String?) throws(Rejection) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let text = Array(bytes.dropFirst(3))
            guard isValidUTF8(text) else { throw TextEncoding.utf8.contradicted(by: text, skipped: 3) }
            return try withoutNul(text)
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            return try withoutNul(TextEncoding.utf16LittleEndian.decodeUTF16(bytes.dropFirst(2)))
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return try withoutNul(TextEncoding.utf16BigEndian.decodeUTF16(bytes.dropFirst(2)))
        }
        _ = try withoutNul(bytes)
        guard let declared else {
            return isValidUTF8(bytes) ? bytes : try TextEncoding.windows1252.decodeSingleBytes(bytes)
        }
        guard let encoding = TextEncoding(declared: declared) else {
            throw Rejection(
                .badEncoding,
                fr:
                    "Le jeu de caractères déclaré, « \(declared.excerpt) », n'est pas lu ici. Enregistrez le fichier en "
                    + "UTF-8 ; sont aussi lus : iso-8859-1, iso-8859-15, windows-1252, us-ascii.",
                en: "The declared charset, “\(declared.excerpt)”, is not read here. Save the file as UTF-8; also read "
                    + "are: iso-8859-1, iso-8859-15, windows-1252, us-ascii.")
        }
        switch encoding {
        case .utf8:
            guard isValidUTF8(bytes) else { throw encoding.contradicted(by: bytes) }
            return bytes
        default: return try encoding.decodeSingleBytes(bytes)
        }
    }

    private static func isValidUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    private static func withoutNul(_ bytes: [UInt8]) throws(Rejection) -> [UInt8] {
        guard let offset = bytes.firstIndex(of: 0) else { return bytes }
        throw .binary(line: bytes.line(at: offset))
    }

    private func decodeUTF16(_ bytes: ArraySlice<UInt8>) throws(Rejection) -> [UInt8] {
        let (high, low) = self == .utf16BigEndian ? (0, 1) : (1, 0)
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for start in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
            units.append(UInt16(bytes[start + high]) << 8 | UInt16(bytes[start + low]))
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        let failed = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
            text.append($0)
        }
        if failed || bytes.count % 2 == 1 {
            throw wrong(line: text.line(at: text.endIndex), offset: nil)
        }
        return text
    }

    /// What is wrong with bytes that are not valid UTF-8, and where.
    private func contradicted(by bytes: [UInt8], skipped: Int = 0) -> Rejection {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return wrong(line: 1, offset: nil)
        } catch {
            let offset = error.byteOffsets.lowerBound
            return wrong(line: bytes.line(at: offset), offset: offset + skipped)
        }
    }

    /// - Parameter offset: counts from 0 at the beginning of the file.
    func wrong(line: Int, offset: Int?) -> Rejection {
        let french = offset.map { ", octet \($0)" } ?? ""
        let english = offset.map { ", byte \($0)" } ?? ""
        return Rejection(
            .badEncoding,
            fr:
                "Le texte n'est pas écrit en \(rawValue), contrairement à ce qu'annonce le fichier ou à ce qu'il paraît "
                + "(ligne \(line)\(french)). Enregistrez-le en UTF-8.",
            en: "The text is not written in \(rawValue), whatever the file declares or seems to be "
                + "(line \(line)\(english)). Save it as UTF-8.")
    }
}

extension Rejection {
    static func binary(line: Int) -> Rejection {
        Rejection(
            .binary,
            fr:
                "Ce n'est pas un fichier texte : la ligne \(line) contient des octets de contrôle. Enregistrez le rapport "
                + "en texte UTF-8 et joignez les autres fichiers par une ligne « Pièce-jointe : … ».",
            en:
                "This is not a text file: line \(line) holds control bytes. Save the report as UTF-8 text and attach other "
                + "files by a line “Attachment: …”.")
    }
}

extension Collection<UInt8> {
    /// The number, from 1, of the line in which an offset lies; LF, CRLF and CR end lines.
    func line(at offset: Index) -> Int {
        var number = 1
        var previous: UInt8 = 0
        for byte in self[..<offset] {
            if byte == 0x0D || byte == 0x0A && previous != 0x0D { number += 1 }
            previous = byte
        }
        return number
    }
}
