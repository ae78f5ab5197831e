/// Sessions of remote control: a number that names the machine, and a password or code that opens it.
extension SecretFinder {
    mutating func remoteControl(at index: Int) -> (SecretKind, Range<Int>)? {
        guard index < remoteUntil else { return nil }
        if let session = session(at: index) {
            sessionUntil = endOfLine()
            return (.remoteControl, session)
        }
        guard index < sessionUntil, let code = code(at: index) else { return nil }
        return (.remoteControl, code)
    }

    /// Nine or ten digits, in a row or in threes. Phone numbers begin with 0 or go in twos.
    private func session(at index: Int) -> Range<Int>? {
        guard symbol(index).isDigit, symbol(index) != 0x30, symbol(index - 1) != UInt8(ascii: "+") else { return nil }
        var groups: [Int] = []
        var place = index
        while groups.count < 5 {
            let end = endOfWord(place, limit: 12)
            guard end > place, symbols[place..<end].allSatisfy(\.isDigit) else { break }
            groups.append(end - place)
            place = end
            guard [0x20, 0x2D].contains(symbol(end)), symbol(end + 1).isDigit else { break }
            place += 1
        }
        guard [[3, 3, 3], [1, 3, 3, 3], [9], [10]].contains(groups) else { return nil }
        let others: Set = [
            "siren", "siret", "tva", "licence", "license", "commande", "order", "facture", "invoice", "dossier", "tel",
            "telephone", "phone", "mobile", "portable", "client", "customer",
        ]
        return wordsBefore(index).contains { others.contains($0) } ? nil : index..<place
    }

    /// What stands behind the number on its line and may open the session.
    private func code(at index: Int) -> Range<Int>? {
        let end = endOfWord(index)
        let word = symbols[index..<end]
        guard !isPartOfDate(index, end), word.contains(where: \.isDigit) else { return nil }
        let hasLetter = word.contains(where: \.isLetter)
        return (hasLetter ? 6...16 : 4...8).contains(word.count) ? index..<end : nil
    }

    private func isPartOfDate(_ start: Int, _ end: Int) -> Bool {
        let marks = "/.:-,".utf8
        return marks.contains(symbol(start - 1)) && symbol(start - 2).isDigit
            || marks.contains(symbol(end)) && symbol(end + 1).isDigit
    }

    /// The code after the word "code", where remote control is spoken of.
    func sessionCode(after end: Int) -> (SecretKind, Range<Int>)? {
        guard end < remoteUntil else { return nil }
        var place = end
        while place - end < 4, " :=".utf8.contains(symbol(place)) { place += 1 }
        var close = endOfWord(place)
        // Six digits are written in two threes.
        if close - place == 3, symbol(close) == 0x20, symbol(close + 1).isDigit, endOfWord(close + 1) == close + 4 {
            close += 4
        }
        let word = symbols[place..<close]
        guard (4...12).contains(word.count), word.contains(where: \.isDigit) else { return nil }
        return (.remoteControl, place..<close)
    }
}
