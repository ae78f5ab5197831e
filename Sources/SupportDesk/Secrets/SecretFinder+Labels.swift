/// Secrets that only the words before them give away.
extension SecretFinder {
    /// Reads a label: what it announces at once, or notes what it means for what follows.
    mutating func announced(at index: Int) -> (SecretKind, Range<Int>)? {
        guard let (label, end) = SecretLabel.at(index, in: symbols) else {
            return nameOfPassword(at: index).flatMap { password(after: $0, from: index, isSure: false) }
        }
        switch label {
        case .password: return password(after: end, from: index, isSure: true)
        case .perhapsPassword: return password(after: end, from: index, isSure: false)
        case .unlocking: unlockingUntil = reach(of: end)
        case .serialNumber: serialUntil = reach(of: end)
        case .remoteControl: remoteUntil = endOfLine(2)
        case .session: return sessionCode(after: end)
        }
        return nil
    }

    /// The rest of the line; where nothing is left on it, the next one.
    private func reach(of end: Int) -> Int {
        let isAtEnd = !symbols[end..<min(endOfLine(), end + 16)].contains(where: \.isWordSymbol)
        return isAtEnd ? endOfLine(1) : endOfLine()
    }

    /// The end of a name such as `smtpPassword`, before a colon or an equals sign.
    private func nameOfPassword(at index: Int) -> Int? {
        let end = endOfWord(index)
        // How all of them end, which spares most words a closer look.
        guard "depDEP".utf8.contains(symbols[end - 1]) else { return nil }
        let name = symbols[index..<end].lazy.map(\.lowercased)
        return SecretLabel.nameEndings.contains { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }
            ? end : nil
    }

    // MARK: Passwords

    private func password(after end: Int, from start: Int, isSure: Bool) -> (SecretKind, Range<Int>)? {
        guard let separator = separator(after: end, isElement: symbol(start - 1) == UInt8(ascii: "<")) else {
            return isSure ? undelimited(after: end).map { (.password, $0) } : nil
        }
        if !isSure, separator.distance > 0 { return nil }
        guard var value = value(after: separator.end, endsAtSemicolon: separator.isAssignment) else { return nil }
        if let second = second(after: value, from: start) { value = value.lowerBound..<second.upperBound }
        // With words between, a sentence may just go on behind its colon.
        if separator.distance > 0, !looksSecret(value) { return nil }
        return (.password, isFieldOfItsOwn(start, value, separator) ? value.lowerBound..<wholeLine(value) : value)
    }

    private struct Separator {
        var end: Int
        var isAssignment: Bool
        /// Words between the label and it.
        var distance: Int
    }

    /// The colon or equals sign after a label, over a few words such as "de Windows" or "(session)".
    private func separator(after end: Int, isElement: Bool) -> Separator? {
        if isElement, symbol(end) == UInt8(ascii: ">") {
            return Separator(end: end + 1, isAssignment: true, distance: 0)
        }
        var place = end
        var words = 0
        let limit = min(endOfLine(), end + 40)
        while place < limit {
            let symbol = symbols[place]
            if symbol == UInt8(ascii: ":") || symbol == UInt8(ascii: "=") {
                var end = place + 1
                // `=>`, `:=`, `==`
                while end < limit, "=>".utf8.contains(symbols[end]) { end += 1 }
                let isAssignment = symbols[place..<end].contains(UInt8(ascii: "="))
                return Separator(end: end, isAssignment: isAssignment, distance: words)
            }
            if ".;!?,>/".utf8.contains(symbol) { return nil }
            if symbol.isWordSymbol {
                let word = place..<endOfWord(place)
                words += 1
                if words > 5 || isOutcome(word) { return nil }
                place = word.upperBound
            } else {
                place += 1
            }
        }
        return nil
    }

    /// The password in "login / mdp : sa / Soleil92", where the name stands first.
    private func second(after value: Range<Int>, from start: Int) -> Range<Int>? {
        let names: Set = ["login", "identifiant", "id", "user", "username", "utilisateur", "compte"]
        guard let before = wordsBefore(start).first, names.contains(before) else { return nil }
        var place = value.upperBound
        while symbol(place) == 0x20, place - value.upperBound < 4 { place += 1 }
        guard "/|,;".utf8.contains(symbol(place)) else { return nil }
        return self.value(after: place + 1, endsAtSemicolon: false)
    }

    /// A password without a sign before it: "mdp Soleil92", "le mot de passe est Soleil92".
    private func undelimited(after end: Int) -> Range<Int>? {
        guard symbol(end) == 0x20 else { return nil }
        var word = end + 1..<endOfWord(end + 1)
        if ["est", "is", "etait", "was"].contains(where: { symbols[word].map(\.lowercased).elementsEqual($0.utf8) }) {
            word = word.upperBound + 1..<word.upperBound + 1
        }
        guard let value = value(after: word.lowerBound, endsAtSemicolon: false), looksSecret(value) else { return nil }
        return value
    }

    /// The value that stands from an index on: in quotes, or up to a blank. On the next line where it stands there alone.
    private func value(after index: Int, endsAtSemicolon: Bool) -> Range<Int>? {
        var place = index
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        while place < symbols.count, place - index < 40, isBlank(symbols[place]) { place += 1 }
        if place < symbols.count, symbols[place] == 0x0A {
            let (start, end) = (place + 1, endOfLine(1))
            guard let value = value(after: start, endsAtSemicolon: false), value.upperBound <= end,
                symbols[value.upperBound..<end].allSatisfy({ !$0.isWordSymbol })
            else { return nil }
            return value
        }
        let quote = symbol(place)
        if "\"'`".utf8.contains(quote), let end = closing(quote, from: place + 1) {
            return end > place + 1 ? place + 1..<end : nil
        }
        var end = place
        // Longer than any, and short enough that labels without end cost no more than their length.
        let limit = min(symbols.count, place + 400)
        while end < limit, !isBlank(symbols[end]), symbols[end] != 0x0A,
            !"<\"".utf8.contains(symbols[end]), !(endsAtSemicolon && ";&,".utf8.contains(symbols[end]))
        { end += 1 }
        while end > place, ".,;:)".utf8.contains(symbols[end - 1]) { end -= 1 }
        let value = place..<end
        guard !value.isEmpty, !isMasked(value), !isPlainTalk(value) else { return nil }
        return value
    }

    /// Where a quotation that began with a sign ends on its line: at the next sign that no backslash goes before, or at
    /// the last of all, where a password ends in one.
    private func closing(_ quote: UInt8, from start: Int) -> Int? {
        let signs = symbols[start...].prefix(200).prefix { $0 != 0x0A }.indices.filter { symbols[$0] == quote }
        return signs.first { symbols[start..<$0].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 0 }
            ?? signs.last
    }

    /// Asterisks and dots say nothing; nor does what was masked before.
    private func isMasked(_ value: Range<Int>) -> Bool {
        symbols[value].allSatisfy({ $0 == UInt8(ascii: "*") || $0 == PlainSymbols.otherSign })
            || endOfHint(value.lowerBound) != nil
    }

    /// A field of its own, with no more behind it than belongs to one password.
    private func isFieldOfItsOwn(_ start: Int, _ value: Range<Int>, _ separator: Separator) -> Bool {
        guard !separator.isAssignment, start - startOfLine < 8, value.upperBound < endOfLine(),
            !symbols[startOfLine..<start].contains(where: \.isWordSymbol)
        else { return false }
        let rest = symbols[value.upperBound..<min(endOfLine(), value.upperBound + 40)]
        return endOfLine() - value.upperBound < 40 && rest.split(separator: 0x20).count < 3
            && !rest.contains { ",;/(".utf8.contains($0) }
    }

    private func wholeLine(_ value: Range<Int>) -> Int {
        var end = endOfLine()
        while end > value.upperBound, symbols[end - 1] <= 0x20 { end -= 1 }
        return end
    }

    /// Not a word of a sentence: it has digits, signs or capitals within.
    private func looksSecret(_ value: Range<Int>) -> Bool {
        let word = symbols[value]
        guard word.count >= 4 else { return false }
        let hasLetter = word.contains(where: \.isLetter)
        let hasDigit = word.contains(where: \.isDigit)
        if hasDigit {
            return hasLetter || word.allSatisfy(\.isDigit) || word.contains { "!@#$%&*+?_".utf8.contains($0) }
        }
        if hasLetter, word.contains(where: { "!@#$%&*+_".utf8.contains($0) }) { return true }
        return word.dropFirst().contains { $0.isLetter && !$0.isLowercase } && word.contains(where: \.isLowercase)
    }

    private func isPlainTalk(_ range: Range<Int>) -> Bool {
        let word = symbols[range].prefix { $0.isLetter }
        guard word.count == range.count || symbol(range.lowerBound + word.count) == UInt8(ascii: "'") else {
            return false
        }
        return Self.plainTalk.contains(String(decoding: word.map(\.lowercased), as: UTF8.self))
    }

    private func isOutcome(_ word: Range<Int>) -> Bool {
        Self.outcomes.contains(String(decoding: symbols[word].map(\.lowercased), as: UTF8.self))
    }

    /// What becomes of passwords: a sentence that says so names none.
    private static let outcomes = Set(
        """
        oublie perdu refuse refusee incorrect incorrecte invalide errone expire inconnu inconnue impossible vide absent \
        inchange demande requis obligatoire manquant erreur echec forgotten lost refused rejected denied wrong invalid \
        expired unknown cannot failed error required missing empty incorrect
        """.split(separator: " ").map(String.init))

    /// Words with which sentences about passwords go on.
    private static let plainTalk = outcomes.union(
        """
        non oui ok correct acces le la les l un une des je il elle on nous vous ils ce cela c ca j n qui que quand comment \
        pourquoi apres avant pas plus ne si mais voir aucun aucune none no yes not the a an it we they he she this that \
        please check see is was
        """.split(separator: " ").map(String.init))

    // MARK: Addresses

    /// The password in an address such as `ftp://name:password@host`.
    func login(at index: Int) -> (SecretKind, Range<Int>)? {
        guard index >= 3, symbols[index - 3..<index].elementsEqual("://".utf8) else { return nil }
        let rest = symbols[index...].prefix(200).prefix { $0 > 0x20 && !"/<\"".utf8.contains($0) }
        guard let at = rest.lastIndex(of: UInt8(ascii: "@")),
            let colon = rest[..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
        else { return nil }
        return (.password, colon + 1..<at)
    }
}
