/// Names of attachments.
enum FileName {
    /// The bare name in a text that may hold a path, control characters or tricks of direction; nil where nothing is
    /// left. Dots in front go too: on Unix they hide a file. What looks like an encoded-word is broken up, because mail
    /// programs decode it even where RFC 2231 forbids that.
    static func bare(_ text: String) -> String? {
        let last = text.unicodeScalars.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }.last
        var name = SingleLine.of(last.map { String($0) } ?? "")
        // A blank may stand behind a dot, and another dot behind that.
        while name.unicodeScalars.first == "." { name = SingleLine.of(String(name.unicodeScalars.drop { $0 == "." })) }
        name = name.replacing("=?", with: "=_")
        return name.isEmpty ? nil : shortened(name)
    }

    /// The name, or where it is taken already the name with a number before its ending.
    static func distinct(_ name: String, among taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate.lowercased()).inserted {
            let (stem, ending) = split(name)
            candidate = "\(stem)-\(number)\(ending)"
            number += 1
        }
        return candidate
    }

    /// At most 200 octets, which leaves room below the 255 of file systems; the ending stays.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > 200 else { return name }
        var (stem, ending) = split(name)
        if ending.utf8.count > 20 { (stem, ending) = (name, "") }
        while stem.utf8.count + ending.utf8.count > 200 { stem.unicodeScalars.removeLast() }
        return SingleLine.of(stem + ending)
    }

    private static func split(_ name: String) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
        return (String(name[..<dot]), String(name[dot...]))
    }
}
