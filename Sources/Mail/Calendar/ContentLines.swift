import SupportDesk

/// The lines of an iCalendar object: CRLF at their end, folded at 75 octets between characters (RFC 5545, 3.1).
///
/// Whatever a value holds, it stays within its line.
struct ContentLines: Sendable {
    private static let width = 75
    private(set) var bytes: [UInt8] = []

    /// A line whose value was made by this program.
    mutating func add(_ name: String, plain value: String) { put("\(name):\(value)") }

    /// A property whose value is text.
    mutating func add(_ name: String, text: String) { put("\(name):\(Self.escaped(text))") }

    /// A property with what is said of it, and a value that was made by this program.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)], plain value: String) {
        let said = parameters.map { ";\($0.name)=\(Self.parameter($0.value))" }.joined()
        put("\(name)\(said):\(value)")
    }

    /// Text with line ends as `\n` and a backslash before what has a meaning (RFC 5545, 3.3.11). Other control
    /// characters become blanks; what turns the writing direction is dropped, as everywhere in a message.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where last == "\r": break
            // Some readers take all of these for line ends.
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result.append(contentsOf: #"\n"#.unicodeScalars)
            case "\\", ";", ",":
                result.append("\\")
                result.append(scalar)
            case "\t": result.append(scalar)
            case _ where SingleLine.isInvisible(scalar): break
            case _ where scalar.isHarmful: result.append(" ")
            default: result.append(scalar)
            }
            last = scalar
        }
        return String(result)
    }

    /// The value of a parameter, in quotes where it needs them. Quotes and line ends in it are written as RFC 6868
    /// says, since RFC 5545 has no way to.
    static func parameter(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var needsQuotes = false
        for scalar in SingleLine.of(text).unicodeScalars {
            switch scalar {
            case "^": result.append(contentsOf: "^^".unicodeScalars)
            case "\"": result.append(contentsOf: "^'".unicodeScalars)
            default: result.append(scalar)
            }
            let isPlain = scalar.value < 0x80 && UInt8(truncatingIfNeeded: scalar.value).isPlainInParameter
            if !isPlain { needsQuotes = true }
        }
        // libical, and so Evolution and many more, takes a backslash before the closing quote for an escape.
        if result.last == "\\" { result.append(" ") }
        return needsQuotes ? "\"\(String(result))\"" : String(result)
    }

    private mutating func put(_ line: String) {
        var column = 0
        for scalar in line.unicodeScalars {
            let octets = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            if column + octets.count > Self.width {
                bytes += [0x0D, 0x0A, 0x20]
                column = 1
            }
            bytes += octets
            column += octets.count
        }
        bytes += [0x0D, 0x0A]
    }
}

extension UInt8 {
    /// Can stand in a parameter without quotes, whoever reads it.
    fileprivate var isPlainInParameter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
