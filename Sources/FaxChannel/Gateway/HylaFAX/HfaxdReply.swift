import SupportDesk

/// What hfaxd answers to a command: a code and words, as in FTP (RFC 959, 4.2).
struct HfaxdReply: Hashable, Sendable {
    var code: Int
    /// Without the codes, without control characters.
    var lines: [String]

    /// The last line, which sums up the rest.
    var text: String { lines.last ?? "" }
    /// As in `504 Cannot kill job`.
    var words: String { "\(code) \(text)" }

    var isPositive: Bool { (200..<400).contains(code) }
    /// Later it may be otherwise.
    var isTemporary: Bool { (400..<500).contains(code) }

    /// The number behind a name, as the 12 in `New job created: jobid: 12 groupid: 12.`
    func number(after name: String) -> Int? {
        guard let range = text.firstRange(of: name) else { return nil }
        let digits = text[range.upperBound...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        return Int(digits)
    }

    /// What stands behind a name, up to the next blank or bracket: the `/tmp/doc1.pdf` in `FILE: /tmp/doc1.pdf (…)`.
    func word(after name: String) -> String? {
        guard let range = text.firstRange(of: name) else { return nil }
        let word = text[range.upperBound...].drop { $0 == " " }.prefix { $0 != " " && $0 != ")" }
        return word.isEmpty ? nil : String(word)
    }

    /// The port for data that EPSV (`(|||54199|)`, RFC 2428) or PASV (`(127,0,0,1,203,183)`) answers with. The address of
    /// the latter is nobody's business: behind a translation of addresses it would be wrong, and from a server of ill
    /// will it could be anybody's.
    var dataPort: Int? {
        guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") else { return nil }
        let inside = text[text.index(after: open)..<close]
        let port: Int?
        if inside.hasPrefix("|||"), inside.hasSuffix("|") {
            port = Int(inside.dropFirst(3).dropLast())
        } else {
            let numbers = inside.split(separator: ",").compactMap { UInt8($0) }
            port = numbers.count == 6 ? Int(numbers[4]) << 8 | Int(numbers[5]) : nil
        }
        return port.flatMap { (1...65_535).contains($0) ? $0 : nil }
    }
}

/// Puts replies together from what arrives.
struct HfaxdReplyReader {
    /// What is no reply: the server is none of hfaxd's kind, or out of order.
    enum Malformed: Error, Hashable {
        case lineTooLong
        case tooManyLines
        /// With the line.
        case noReply(String)
    }

    /// Bytes.
    static let longestLine = 4096
    static let mostLines = 200

    private var rest: [UInt8] = []
    /// The reply that is not yet at its end.
    private var begun: HfaxdReply?
    private var ready: [HfaxdReply] = []

    /// The next whole reply; nil where there is none yet.
    mutating func next() -> HfaxdReply? { ready.isEmpty ? nil : ready.removeFirst() }

    /// Takes what arrived.
    mutating func receive(_ bytes: some Sequence<UInt8>) throws(Malformed) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
                let line = String(decoding: rest, as: UTF8.self).harmless
                rest.removeAll(keepingCapacity: true)
                try take(line)
            } else {
                guard rest.count < Self.longestLine else { throw .lineTooLong }
                rest.append(byte)
            }
        }
    }

    private mutating func take(_ line: String) throws(Malformed) {
        let digits = line.prefix(3)
        let code = digits.utf8.count == 3 && digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) ? Int(digits) : nil
        let mark = line.dropFirst(3).first
        let isLast = mark == nil || mark == " "
        if var reply = begun {
            let isOwn = code == reply.code && (isLast || mark == "-")
            reply.lines.append(isOwn ? String(line.dropFirst(4)) : line)
            guard reply.lines.count <= Self.mostLines else { throw .tooManyLines }
            begun = reply
            if isOwn, isLast {
                ready.append(reply)
                begun = nil
            }
        } else {
            guard let code, (100..<600).contains(code), isLast || mark == "-" else {
                throw .noReply(String(line.prefix(100)))
            }
            let reply = HfaxdReply(code: code, lines: [String(line.dropFirst(4))])
            if isLast { ready.append(reply) } else { begun = reply }
        }
    }
}
