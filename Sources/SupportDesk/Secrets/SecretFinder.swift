/// Finds the secrets in a text, in one walk over it.
///
/// Some are known by their shape alone (an IBAN adds up, a serial number is a GUID), others only by the words before
/// them. Each is looked for where a word begins and within a bounded distance, so that no text, however long or
/// malicious, takes longer than its length.
package struct SecretFinder {
    /// What is looked for.
    package enum Extent: Sendable {
        case everything
        /// What is known by its shape. In sentences of this program "password: …" is advice and no secret.
        case shapes
    }

    let text: PlainSymbols
    let symbols: [UInt8]
    private let extent: Extent
    var line = 0
    /// Up to where words that were read make a shape count that would not count alone.
    var unlockingUntil = 0
    var serialUntil = 0
    var remoteUntil = 0
    /// The end of the line on which a remote session's number stood: its password may follow.
    var sessionUntil = 0

    package init(_ text: String, _ extent: Extent = .everything) {
        self.text = PlainSymbols(text)
        symbols = self.text.symbols
        self.extent = extent
    }

    /// Those of a text, in their order.
    package static func secrets(in text: String, _ extent: Extent = .everything) -> [FoundSecret] {
        // Nothing shorter says what it is.
        guard text.utf8.count > 4 else { return [] }
        var finder = SecretFinder(text, extent)
        return finder.all()
    }

    private mutating func all() -> [FoundSecret] {
        var found: [FoundSecret] = []
        var index = 0
        while index < symbols.count {
            guard symbols[index].isWordSymbol else {
                index += 1
                continue
            }
            while line < text.lineEnds.count, text.lineEnds[line] < index { line += 1 }
            if let end = endOfHint(index - 1) {
                index = end
            } else if let (kind, range) = secret(at: index) {
                found.append(FoundSecret(kind: kind, place: text.place(of: range)))
                index = range.upperBound
            }
            while index < symbols.count, symbols[index].isWordSymbol { index += 1 }
        }
        return found
    }

    /// The secret that the word at an index begins or announces.
    private mutating func secret(at index: Int) -> (SecretKind, Range<Int>)? {
        if let found = iban(at: index) ?? card(at: index) ?? guid(at: index) ?? unlocking(at: index) { return found }
        guard extent == .everything else { return nil }
        return remoteControl(at: index) ?? login(at: index) ?? announced(at: index)
    }

    // MARK: Around a place

    /// The symbol at an index; a line end beyond the text.
    func symbol(_ index: Int) -> UInt8 { index >= 0 && index < symbols.count ? symbols[index] : 0x0A }

    /// Where the word that holds an index ends; looked for no further than anything here is long.
    func endOfWord(_ index: Int, limit: Int = 64) -> Int {
        var end = index
        while end < symbols.count, end - index < limit, symbols[end].isWordSymbol { end += 1 }
        return end
    }

    /// Where a hint ends that begins at an index and stands for a secret masked before.
    func endOfHint(_ index: Int) -> Int? {
        guard symbol(index) == UInt8(ascii: "["),
            let close = symbols[index...].prefix(60).firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let inside = symbols[index..<close]
        let words = ["masque", "masquee", "masked"]
        return words.contains { inside.suffix($0.utf8.count).elementsEqual($0.utf8) } ? close + 1 : nil
    }

    /// The end of the line that is walked over, or of one of those after it.
    func endOfLine(_ after: Int = 0) -> Int {
        line + after < text.lineEnds.count ? text.lineEnds[line + after] : symbols.count
    }

    var startOfLine: Int { line == 0 ? 0 : text.lineEnds[line - 1] + 1 }

    /// The two words before an index on its line, in small letters, the nearer one first.
    func wordsBefore(_ index: Int) -> [String] {
        var words: [String] = []
        var place = index
        while words.count < 2 {
            let gap = place
            while place > startOfLine, gap - place < 8, !symbols[place - 1].isWordSymbol { place -= 1 }
            let end = place
            while place > startOfLine, end - place < 20, symbols[place - 1].isWordSymbol { place -= 1 }
            if place == end { break }
            words.append(String(decoding: symbols[place..<end].map(\.lowercased), as: UTF8.self))
        }
        return words
    }

    /// Whether what ends here is a file's name, which goes on with a dot and letters.
    func hasEnding(_ index: Int) -> Bool { symbol(index) == UInt8(ascii: ".") && symbol(index + 1).isLetter }
}
