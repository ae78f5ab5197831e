/// The records of a text with separated values (RFC 4180), with the lines they begin on.
struct CSVRecords {
    struct Record {
        var line: Int
        var values: [String]
    }

    /// A quote that is not closed, or text behind a closing one.
    struct Flaw: Error {
        var line: Int
        var text: Bilingual
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    /// - Parameter bytes: valid UTF-8.
    init(_ bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    /// The next record that is neither blank nor a comment (`#`); nil at the end. Values are trimmed.
    mutating func next() -> Result<Record, Flaw>? {
        while position < bytes.count {
            let start = line
            if bytes[position] == UInt8(ascii: "#") {
                while position < bytes.count, !isLineEnd { position += 1 }
                passLineEnd()
                continue
            }
            switch record() {
            case .failure(let flaw):
                // Goes on behind the line, so that all flaws are found at once.
                while position < bytes.count, !isLineEnd { position += 1 }
                passLineEnd()
                return .failure(flaw)
            case .success(let values) where values.allSatisfy(\.isEmpty): continue
            case .success(let values): return .success(Record(line: start, values: values))
            }
        }
        return nil
    }

    private var isLineEnd: Bool { bytes[position] == 0x0A || bytes[position] == 0x0D }

    private mutating func passLineEnd() {
        guard position < bytes.count, isLineEnd else { return }
        let isCR = bytes[position] == 0x0D
        position += 1
        if isCR, position < bytes.count, bytes[position] == 0x0A { position += 1 }
        line += 1
    }

    private mutating func record() -> Result<[String], Flaw> {
        var values: [String] = []
        while true {
            while position < bytes.count, bytes[position] == 0x20 { position += 1 }
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                switch quoted() {
                case .success(let value): values.append(value)
                case .failure(let flaw): return .failure(flaw)
                }
            } else {
                let start = position
                while position < bytes.count, bytes[position] != separator, !isLineEnd { position += 1 }
                values.append(String(decoding: bytes[start..<position], as: UTF8.self).trimmed)
            }
            if position < bytes.count, bytes[position] == separator {
                position += 1
                continue
            }
            passLineEnd()
            return .success(values)
        }
    }

    private mutating func quoted() -> Result<String, Flaw> {
        let opening = (position: position, line: line)
        var value: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte != UInt8(ascii: "\"") {
                if isLineEnd {
                    passLineEnd()
                    value.append(0x0A)
                } else {
                    value.append(byte)
                    position += 1
                }
                continue
            }
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                value.append(byte)
                position += 1
                continue
            }
            while position < bytes.count, bytes[position] == 0x20 { position += 1 }
            if position == bytes.count || bytes[position] == separator || isLineEnd {
                return .success(String(decoding: value, as: UTF8.self).trimmed)
            }
            return .failure(
                Flaw(
                    line: line,
                    text: Bilingual(
                        fr: "du texte suit un guillemet fermant ; un guillemet dans une valeur se double",
                        en: "text follows a closing quote; a quote within a value is doubled")))
        }
        // The rest of the file is no part of it: the next line is read as usual.
        position = opening.position
        line = opening.line
        return .failure(
            Flaw(
                line: line,
                text: Bilingual(
                    fr: "le guillemet ouvert n'est jamais fermé", en: "the quote opened here is never closed")))
    }
}
