import FoundationEssentials

/// A value of a service's JSON (RFC 8259).
enum JSONAnswer: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSONAnswer])
    case object([String: JSONAnswer])

    /// nil where the bytes are no JSON.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(JSONAnswer.self, from: Data(bytes)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONAnswer].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONAnswer].self))
        }
    }

    /// The value at a path such as `faxes.0.id`, itself for an empty one; nil where there is none.
    subscript(path: String) -> JSONAnswer? {
        var found = self
        for name in path.split(separator: ".") {
            switch found {
            case .object(let entries):
                guard let next = entries[String(name)] else { return nil }
                found = next
            case .list(let entries):
                guard let index = Int(name), entries.indices.contains(index) else { return nil }
                found = entries[index]
            default: return nil
            }
        }
        return found
    }

    /// A single value as text; nil for others.
    var text: String? {
        switch self {
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .text(let value): value
        case .null, .list, .object: nil
        }
    }

    var integer: Int? { text.flatMap { Int($0) } }
}
