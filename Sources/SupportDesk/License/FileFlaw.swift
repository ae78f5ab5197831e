/// What is wrong in a file that an administrator keeps, and where.
package struct FileFlaw: Hashable, Sendable {
    /// From 1.
    package var line: Int
    package var text: Bilingual

    package init(line: Int, text: Bilingual) {
        self.line = line
        self.text = text
    }
}

extension [FileFlaw] {
    /// The first ten with their lines, and how many more there are; without a full stop.
    var listed: Bilingual {
        let shown = prefix(10)
        let rest = count - shown.count
        let french = shown.map { "ligne \($0.line) : \($0.text.french)" } + (rest > 0 ? ["et \(rest) autres"] : [])
        let english = shown.map { "line \($0.line): \($0.text.english)" } + (rest > 0 ? ["and \(rest) more"] : [])
        return Bilingual(fr: french.joined(separator: " ; "), en: english.joined(separator: "; "))
    }
}
