/// RFC 4648, 4: the standard alphabet; line breaks are passed over (RFC 2045), padding may be left out.
enum Base64 {
    /// nil where the text is not base64.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var buffer: UInt32 = 0
        var symbols = 0
        var padding = 0
        for byte in text.utf8 {
            let value: UInt8
            switch byte {
            case 0x41...0x5A: value = byte - 0x41
            case 0x61...0x7A: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            case 0x0A, 0x0D, 0x20, 0x09: continue
            default: return nil
            }
            if padding > 0 { return nil }
            buffer = buffer << 6 | UInt32(value)
            symbols += 1
            if symbols % 4 == 0 {
                bytes.append(UInt8(truncatingIfNeeded: buffer >> 16))
                bytes.append(UInt8(truncatingIfNeeded: buffer >> 8))
                bytes.append(UInt8(truncatingIfNeeded: buffer))
            }
        }
        // The bits that are left over must be none.
        switch symbols % 4 {
        case 0: return padding == 0 ? bytes : nil
        case 2 where (padding == 0 || padding == 2) && buffer & 0xF == 0:
            bytes.append(UInt8(truncatingIfNeeded: buffer >> 4))
        case 3 where padding <= 1 && buffer & 0x3 == 0:
            bytes.append(UInt8(truncatingIfNeeded: buffer >> 10))
            bytes.append(UInt8(truncatingIfNeeded: buffer >> 2))
        default: return nil
        }
        return bytes
    }
}
