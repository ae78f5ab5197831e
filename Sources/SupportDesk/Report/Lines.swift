/// Walks through the lines of a text; LF, CRLF and CR end them, and nothing else does.
struct Lines {
    private let bytes: [UInt8]
    /// Where the next line begins.
    private(set) var position = 0
    /// The number of the line that was read last, from 1.
    private(set) var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next line without its end.
    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        number += 1
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        position = end + 1
        if end < bytes.count, bytes[end] == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
        position = min(position, bytes.count)
        return bytes[start..<end]
    }
}

/// Blanks of every kind in UTF-8.
enum Blanks {
    /// The length of the blank at the beginning; 0 where there is none.
    static func lengthOfFirst(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        if first < 0x80 { return first.isBlank ? 1 : 0 }
        let start = bytes.startIndex
        func at(_ offset: Int) -> UInt8 { start + offset < bytes.endIndex ? bytes[start + offset] : 0 }
        let length: Int
        switch first {
        case 0xC2: length = 2
        case 0xE1, 0xE2, 0xE3, 0xEF: length = 3
        default: return 0
        }
        var code = UInt32(first & (length == 2 ? 0x1F : 0x0F))
        for offset in 1..<length { code = code << 6 | UInt32(at(offset) & 0x3F) }
        return Unicode.Scalar(code)?.isBlank == true ? length : 0
    }

    static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let length = lengthOfFirst(rest)
            if length == 0 { return false }
            rest = rest.dropFirst(length)
        }
        return true
    }
}
