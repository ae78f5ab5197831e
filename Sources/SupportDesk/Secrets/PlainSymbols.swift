/// A text as one ASCII symbol for each character that matters, so that what people and their programs write in many ways
/// (accents, dashes and blanks of every kind, full-width digits) is looked at in one.
struct PlainSymbols: Sendable {
    /// A letter that is none of ASCII, and a sign that is none.
    static let (otherLetter, otherSign): (UInt8, UInt8) = (0x01, 0x02)

    private(set) var symbols: [UInt8] = []
    /// Where each symbol begins in the text; nil where each is one octet.
    private var offsets: [UInt32]?
    private let length: Int
    /// Where lines end.
    private(set) var lineEnds: [Int] = []

    init(_ text: String) {
        length = text.utf8.count
        let octets = Array(text.utf8)
        if octets.allSatisfy({ $0 < 0x80 }) {
            symbols = octets
        } else {
            var offsets: [UInt32] = []
            symbols.reserveCapacity(length)
            offsets.reserveCapacity(length)
            var offset: UInt32 = 0
            for scalar in text.unicodeScalars {
                if scalar.value < 0x180, case let symbol = Self.latin[Int(scalar.value)], symbol != 0 {
                    symbols.append(symbol)
                    offsets.append(offset)
                } else {
                    Self.take(scalar) { symbol in
                        symbols.append(symbol)
                        offsets.append(offset)
                    }
                }
                offset += UInt32(UTF8.width(scalar))
            }
            self.offsets = offsets
        }
        for index in symbols.indices where symbols[index] == 0x0A { lineEnds.append(index) }
    }

    /// Octets of the text that some symbols stand for.
    func place(of range: Range<Int>) -> Range<Int> { offset(range.lowerBound)..<offset(range.upperBound) }

    private func offset(_ index: Int) -> Int {
        guard let offsets else { return index }
        return index < offsets.count ? Int(offsets[index]) : length
    }

    /// What stands for each character of western languages that one symbol stands for; 0 for the others. Nearly all of a
    /// French text is found here, many times faster.
    private static let latin: [UInt8] = (0..<0x180).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return 0 }
        var symbols: [UInt8] = []
        take(scalar) { symbols.append($0) }
        return symbols.count == 1 ? symbols[0] : 0
    }

    private static func take(_ scalar: Unicode.Scalar, _ put: (UInt8) -> Void) {
        if scalar.isASCII { return put(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.value {
        case 0x85, 0x2028, 0x2029: put(0x0A)
        case 0x300...0x36F: break
        case 0xAB, 0xBB, 0x201C...0x201F: put(UInt8(ascii: "\""))
        case 0x2018...0x201B: put(UInt8(ascii: "'"))
        case 0xB0: put(otherSign)
        case 0xFF01...0xFF5E: put(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
        // Before the blanks: a zero-width one stands between nothing.
        case _ where scalar.properties.isDefaultIgnorableCodePoint: break
        case _ where scalar.isBlank: put(0x20)
        case _ where scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}": put(0x2D)
        default:
            if let plain = scalar.plainForm {
                for byte in plain.utf8 { put(byte) }
            } else if scalar.properties.isAlphabetic {
                let letter = FieldName.fold(String(scalar)).utf8
                if letter.allSatisfy({ $0 < 0x80 }) { letter.forEach(put) } else { put(otherLetter) }
            } else {
                put(otherSign)
            }
        }
    }
}

extension UInt8 {
    /// Part of a word: what stands beside it belongs to the same number or name.
    var isWordSymbol: Bool { isLetterOrDigit || self == PlainSymbols.otherLetter }

    var isLetter: Bool { isLetterOrDigit && !isDigit }

    var isLowercase: Bool { (0x61...0x7A).contains(self) }
}
