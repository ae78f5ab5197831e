/// Puts short texts of digits and signs together octet by octet: references and times are written so often that pieces
/// of strings joined to strings take a noticeable part of all the work.
struct OctetWriter {
    fileprivate let buffer: UnsafeMutableBufferPointer<UInt8>
    fileprivate var count = 0

    /// What does not fit is left out.
    mutating func put(_ octet: UInt8) {
        guard count < buffer.count else { return }
        buffer[count] = octet
        count += 1
    }

    mutating func put(_ text: StaticString) {
        text.withUTF8Buffer { for octet in $0 { put(octet) } }
    }

    /// A number with zeros before it; one that is longer takes the room it needs.
    mutating func put(_ number: Int, digits: Int = 2) {
        if number < 0 { put("-") }
        var (width, power, rest) = (1, UInt(1), number.magnitude)
        while width < digits || rest / power >= 10 {
            power *= 10
            width += 1
        }
        while power > 0 {
            put(UInt8(truncatingIfNeeded: 0x30 + rest / power))
            rest %= power
            power /= 10
        }
    }

    mutating func put(_ sign: StaticString, _ number: Int, digits: Int = 2) {
        put(sign)
        put(number, digits: digits)
    }
}

extension String {
    /// A text of ASCII that is written octet by octet.
    ///
    /// - Parameter octets: the most it may have.
    init(octets: Int, _ write: (inout OctetWriter) -> Void) {
        self.init(unsafeUninitializedCapacity: octets) { buffer in
            var writer = OctetWriter(buffer: buffer)
            write(&writer)
            return writer.count
        }
    }
}
