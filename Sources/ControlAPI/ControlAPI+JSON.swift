import FoundationEssentials

extension ControlAPI {
    /// A value as one line of JSON, its keys in alphabetical order so that equal values give equal bytes.
    package static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(value))
    }

    /// A value from JSON. Keys it does not know are passed over, so that older and newer versions understand each other.
    package static func value<Value: Decodable>(_ type: Value.Type, fromJSON bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
