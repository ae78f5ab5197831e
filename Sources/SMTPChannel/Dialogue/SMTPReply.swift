/// A complete reply of the server (RFC 5321, 4.2).
package struct SMTPReply: Hashable, Sendable {
    package var code: Int
    /// RFC 3463, as in `4.7.1`.
    package var enhancedCode: String?
    /// What the server says, line by line, fit for a terminal and a log; without the enhanced code.
    package var lines: [String]

    /// The lines in one, of bounded length.
    package var text: String { String(lines.joined(separator: " ").prefix(Self.longest)) }

    /// Code and words, as in `451 4.7.1 Try again later`.
    package var words: String {
        [String(code), enhancedCode, text].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    var isPositive: Bool { code / 100 == 2 }
    var isTransient: Bool { code / 100 == 4 }
    var isPermanent: Bool { code / 100 == 5 }

    /// Characters a text may have.
    private static let longest = 500
}

/// Puts replies together from their lines. It ends a reply where libcurl does, so that both are of one mind about
/// which reply answers which command.
struct SMTPReplyReader {
    private var lines: [[UInt8]] = []
    private var size = 0

    /// What a line of a reply is.
    enum Line {
        case part
        case last(SMTPReply)
        /// Not the form of a reply at all.
        case strange
    }

    private static let mostBytes = 16_384
    private static let mostLines = 100

    /// - Parameter line: with its line end.
    mutating func read(_ line: some Collection<UInt8>) -> Line {
        let bytes = [UInt8](line.prefix(1024))
        let digits = bytes.prefix(3)
        guard bytes.count >= 4, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            keep(bytes[...])
            return .strange
        }
        var text = bytes[3...]
        if text.first == UInt8(ascii: " ") || text.first == UInt8(ascii: "-") { text.removeFirst() }
        while let last = text.last, last == 0x0A || last == 0x0D { text.removeLast() }
        keep(text)
        guard bytes[3] == UInt8(ascii: " ") || line.count == 5 else { return .part }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        defer { forget() }
        return .last(SMTPReply(code: code, lines: lines))
    }

    /// What came of a reply that is not complete.
    var fragment: String {
        SMTPReply(code: 0, lines: lines).text
    }

    /// A new reply begins.
    mutating func forget() {
        lines.removeAll(keepingCapacity: true)
        size = 0
    }

    private mutating func keep(_ text: ArraySlice<UInt8>) {
        guard lines.count < Self.mostLines, size + text.count <= Self.mostBytes else { return }
        size += text.count
        lines.append(Array(text))
    }
}

extension SMTPReply {
    /// - Parameter lines: what stands behind the code in each line, as it came.
    init(code: Int, lines: [[UInt8]]) {
        self.code = code
        let class_ = UInt8(truncatingIfNeeded: 0x30 + code / 100)
        let prefix = lines.first.flatMap { Self.enhancedCode(of: $0, class: class_) }
        enhancedCode = prefix.map { String(decoding: $0, as: UTF8.self) }
        self.lines = lines.map { line in
            guard let prefix, line.starts(with: prefix) else { return Self.printable(line[...]) }
            return Self.printable(line.dropFirst(prefix.count))
        }
    }

    /// `class "." subject "." detail` at the start of a line (RFC 2034, 4), where its class is the reply's own.
    private static func enhancedCode(of line: [UInt8], class expected: UInt8) -> ArraySlice<UInt8>? {
        let word = line.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual([expected]),
            parts.dropFirst().allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return word
    }

    /// UTF-8 where it is, without control, format and bidi characters, and without blanks at the ends.
    static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            return String(decoding: trimmed(bytes), as: UTF8.self)
        }
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: text.append(" ")
            case .format, .surrogate, .privateUse, .unassigned: continue
            default: text.append(scalar)
            }
        }
        return String(decoding: trimmed(Array(String(text).utf8)[...]), as: UTF8.self)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 == 0x20 }
        while bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }
}
