/// How the entries of a calendar are taken apart. Case, accents and blanks do not matter in them.
enum EntryWords {
    /// One entry each, also where several were written into one text with semicolons between; empty ones are left out.
    static func entries(of written: [String]) -> [String] {
        written.flatMap { $0.unicodeScalars.split(separator: ";").map { Substring($0).trimmed } }.filter { !$0.isEmpty }
    }

    /// The words of an entry, folded. What belongs together is one word, however it was spaced: `lun - ven`,
    /// `9h - 12h30`, `lun, mer`, `2026-08-03 .. 2026-08-14`.
    static func words(of entry: String) -> [String] {
        var words: [String] = []
        for scalars in entry.unicodeScalars.split(whereSeparator: \.isBlank) {
            let word = FieldName.fold(String(scalars))
            guard !word.isEmpty else { continue }
            if let last = words.last, joints.contains(where: { last.hasSuffix($0) || word.hasPrefix($0) }) {
                words[words.count - 1] = last + word
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static let joints = ["-", ",", ".."]

    /// Whether a word says that there is no opening.
    static func saysClosed(_ word: String) -> Bool { ["ferme", "fermee", "closed"].contains(word) }

    /// Whether a word says that there is one.
    static func saysOpen(_ word: String) -> Bool { ["ouvert", "ouverte", "open"].contains(word) }
}
