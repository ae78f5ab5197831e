extension TextEncoding {
    /// Decodes an encoding in which each byte is a character, to UTF-8.
    func decodeSingleBytes(_ bytes: [UInt8]) throws(Rejection) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for (offset, byte) in bytes.enumerated() {
            if byte < 0x80 {
                text.append(byte)
                continue
            }
            guard let code = character(byte) else { throw wrong(line: bytes.line(at: offset), offset: offset) }
            if code < 0x800 {
                text.append(UInt8(0xC0 | code >> 6))
            } else {
                text.append(UInt8(0xE0 | code >> 12))
                text.append(UInt8(0x80 | code >> 6 & 0x3F))
            }
            text.append(UInt8(0x80 | code & 0x3F))
        }
        return text
    }

    /// The code point of a byte from 0x80 on; nil where the encoding has none.
    private func character(_ byte: UInt8) -> UInt16? {
        switch (self, byte) {
        case (.ascii, _): return nil
        case (.windows1252, 0x80...0x9F), (.latin1, 0x80...0x9F):
            let code = Self.windows[Int(byte - 0x80)]
            return code == 0 ? nil : code
        case (.latin9, 0x80...0x9F): return nil
        case (.latin9, 0xA4): return 0x20AC
        case (.latin9, 0xA6): return 0x160
        case (.latin9, 0xA8): return 0x161
        case (.latin9, 0xB4): return 0x17D
        case (.latin9, 0xB8): return 0x17E
        case (.latin9, 0xBC): return 0x152
        case (.latin9, 0xBD): return 0x153
        case (.latin9, 0xBE): return 0x178
        default: return UInt16(byte)
        }
    }

    /// Windows-1252 from 0x80 to 0x9F; 0 where it is undefined
    /// (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT).
    private static let windows: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]
}
