/// Whether bytes that come piece by piece are valid UTF-8.
package struct UTF8Check: Sendable {
    private var isValidSoFar = true
    /// The beginning of a character whose rest comes with the next piece: at most three bytes.
    private var begun: [UInt8] = []

    package init() {}

    package mutating func add(_ piece: [UInt8]) {
        guard isValidSoFar else { return }
        let bytes = begun.isEmpty ? piece : begun + piece
        let end = Self.endOfWhole(bytes)
        isValidSoFar = String(validating: bytes[..<end], as: UTF8.self) != nil
        begun = Array(bytes[end...])
    }

    /// Whether all that was added is valid, and ends with a whole character.
    package var isValid: Bool { isValidSoFar && begun.isEmpty }

    /// Where a last character begins that more bytes may complete.
    private static func endOfWhole(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }
}
