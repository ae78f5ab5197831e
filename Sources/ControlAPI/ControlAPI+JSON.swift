import FoundationEssentials

extension ControlAPI {
    /// A value as one line of JSON, its keys in alphabetical order so that equal values give equal bytes.
    package static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try escaped([UInt8](encoder.encode(value)))
    }

    /// The same JSON with the characters written as escapes that could play tricks on a terminal: DEL, C1 controls, and
    /// those that turn the writing direction. C0 controls are escapes already.
    private static func escaped(_ json: [UInt8]) -> [UInt8] {
        // In UTF-8 they begin with C2, D8 or E2.
        guard json.contains(where: { $0 == 0x7F || $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }) else { return json }
        var result = ""
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return Array(result.utf8)
    }

    /// A value from JSON. Keys it does not know are passed over, so that older and newer versions understand each other.
    package static func value<Value: Decodable>(_ type: Value.Type, fromJSON bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
