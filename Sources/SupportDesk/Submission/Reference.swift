/// A submission's public name, as in `ASD-4F7K-9M2T-X8QB`.
///
/// Sixty bits in Crockford's base 32 (https://www.crockford.com/base32.html): 41 bits of milliseconds since
/// 2020-01-01T00:00:00Z (enough until 2089), then 19 bits that tell apart what came in the same millisecond.
/// So references sort by time, as numbers and as text.
package struct Reference: Hashable, Comparable, Sendable {
    package let number: UInt64

    package static let bits = 60
    private static let tieBits = 19
    private static let epoch: Int64 = 1_577_836_800_000

    /// - Parameter number: at most 60 bits; higher ones are dropped.
    package init(number: UInt64) {
        self.number = number & (1 << Self.bits - 1)
    }

    /// - Parameters:
    ///   - instant: when the submission was taken in; before 2020 counts as 2020, what 41 bits cannot hold as 2089.
    ///   - tie: what tells it from others of the same millisecond; 19 bits are used.
    package init(at instant: Timestamp, tie: UInt64) {
        let latest: Int64 = 1 << (Self.bits - Self.tieBits) - 1
        let elapsed = UInt64(min(max(instant.milliseconds, Self.epoch) - Self.epoch, latest))
        self.init(number: elapsed << Self.tieBits | tie & (1 << Self.tieBits - 1))
    }

    package static func < (left: Reference, right: Reference) -> Bool {
        left.number < right.number
    }
}

extension Reference: LosslessStringConvertible, Codable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package var description: String {
        String(octets: 18) { text in
            text.put("ASD")
            for place in stride(from: 55, through: 0, by: -5) {
                if (place + 5) % 20 == 0 { text.put("-") }
                text.put(Self.alphabet[Int(number >> UInt64(place) & 31)])
            }
        }
    }

    /// Reads a reference as a person types it: any case, with or without `ASD`, dashes, dots and blanks;
    /// `O` is read as 0, `I` and `L` as 1.
    package init?(_ text: String) {
        var symbols: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "_"): continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"): symbols.append(byte - 32)
            default: symbols.append(byte)
            }
        }
        if symbols.count == 15, symbols.starts(with: "ASD".utf8) { symbols.removeFirst(3) }
        guard symbols.count == 12 else { return nil }
        var number: UInt64 = 0
        for symbol in symbols {
            let digit: Int
            switch symbol {
            case UInt8(ascii: "O"): digit = 0
            case UInt8(ascii: "I"), UInt8(ascii: "L"): digit = 1
            default:
                guard let index = Self.alphabet.firstIndex(of: symbol) else { return nil }
                digit = index
            }
            number = number << 5 | UInt64(digit)
        }
        self.init(number: number)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Reference(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a reference: \(text)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Gives references that rise strictly, also within a millisecond and when the clock steps back.
package struct ReferenceSequence: Sendable {
    private var last: Reference?

    package init() {}

    /// - Parameter seed: random bits, used only for the first reference of a millisecond, so that two machines
    ///   hardly ever meet.
    package mutating func next(at instant: Timestamp, seed: UInt64) -> Reference {
        // A quarter of the range stays free above the seed for what follows in the same millisecond.
        var next = Reference(at: instant, tie: seed % (3 << 17))
        if let last, next <= last { next = Reference(number: last.number + 1) }
        last = next
        return next
    }
}
