/// The path and query of a request, percent-encoded (RFC 3986).
struct ControlTarget: CustomStringConvertible {
    private(set) var description: String
    private var hasQuery = false

    /// - Parameter segments: what follows `/v1`, one piece of the path each.
    init(_ segments: String...) {
        description = "/v1" + segments.map { "/" + Self.encoded($0) }.joined()
    }

    /// Adds a query item; nothing where there is no value.
    mutating func ask(_ name: String, _ value: String?) {
        guard let value else { return }
        description += (hasQuery ? "&" : "?") + name + "=" + Self.encoded(value)
        hasQuery = true
    }

    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
