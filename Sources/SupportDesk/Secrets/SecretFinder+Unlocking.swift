/// What unlocks the software: its serial number, keys and codes.
///
/// Without words that announce them only their usual form counts, capitals and digits: small letters are those of
/// hashes, paths and addresses in logs, which support needs to read.
extension SecretFinder {
    /// A GUID of five groups; where a serial number is announced, also without its dashes and in small letters.
    func guid(at index: Int) -> (SecretKind, Range<Int>)? {
        let isAnnounced = index < serialUntil
        let first = endOfWord(index)
        if first - index == 32, isAnnounced, isHex(index..<first) { return (.serialNumber, index..<first) }
        guard first - index == 8, symbol(first) == 0x2D, let end = endOfGroups([8, 4, 4, 4, 12], at: index) else {
            return nil
        }
        let range = index..<end
        guard symbols[range].allSatisfy({ $0.isHexDigit || $0 == 0x2D }) else { return nil }
        if isAnnounced { return (.serialNumber, range) }
        guard isOfCapitals(range), hasLetterAndDigit(range), !isWindowsOwn(range) else { return nil }
        return (.serialNumber, range)
    }

    /// A key of 16 hexadecimal digits, or a code of four to six groups between dashes.
    func unlocking(at index: Int) -> (SecretKind, Range<Int>)? {
        let isAnnounced = index < unlockingUntil
        let first = endOfWord(index)
        let before = symbol(index - 1)
        guard !(before == 0x2D && symbol(index - 2).isWordSymbol) else { return nil }
        if first - index == 16, isKey(index..<first, isAnnounced) { return (.unlockKey, index..<first) }
        if first - index == 4, let end = endOfGroups([4, 4, 4, 4], between: [0x20, 0x09], at: index),
            isAnnounced || !isFourHex(before: index) && !isFourHex(after: end), isKey(index..<end, isAnnounced)
        {
            return (.unlockKey, index..<end)
        }
        if isAnnounced, let end = endOfGroups([8, 8], between: [0x20, 0x2D], at: index),
            isKey(index..<end, isAnnounced)
        {
            return (.unlockKey, index..<end)
        }
        guard symbol(first) == 0x2D else { return nil }
        return code(at: index, isAnnounced).map { (.unlockCode, $0) }
    }

    private func isKey(_ range: Range<Int>, _ isAnnounced: Bool) -> Bool {
        guard isHex(range), !hasEnding(range.upperBound) else { return false }
        if isAnnounced { return true }
        // Addresses in the memory of a 64-bit process begin so.
        let start = symbols[range].prefix(4)
        return isOfCapitals(range) && hasLetterAndDigit(range) && !isDocumentNumber(range)
            && !start.elementsEqual("0000".utf8) && !start.elementsEqual("FFFF".utf8)
    }

    /// Digits with a few letters at one end alone: `FA20261124000123` is an invoice.
    private func isDocumentNumber(_ range: Range<Int>) -> Bool {
        let symbols = symbols[range]
        let (front, back) = (symbols.prefix(while: \.isLetter), symbols.reversed().prefix(while: \.isLetter))
        let letters = max(front.count, back.count)
        return symbols.count(where: \.isLetter) == letters && letters <= 5
    }

    private func code(at index: Int, _ isAnnounced: Bool) -> Range<Int>? {
        var groups: [Range<Int>] = []
        var place = index
        while groups.count < 7 {
            let end = endOfWord(place, limit: 14)
            guard (1...12).contains(end - place), symbols[place..<end].allSatisfy(\.isLetterOrDigit) else { return nil }
            groups.append(place..<end)
            guard symbol(end) == 0x2D, symbol(end + 1).isWordSymbol else { break }
            place = end + 1
        }
        guard groups.count >= 4, let last = groups.last, !hasEnding(last.upperBound) else { return nil }
        let range = index..<last.upperBound
        // A reference of this program has the form too.
        if symbols[groups[0]].map(\.uppercased).elementsEqual("ASD".utf8) { return nil }
        if isAnnounced, groups.count == 4 { return symbols[range].contains(where: \.isDigit) ? range : nil }
        let isEven = groups.allSatisfy { $0.count == groups[0].count } && (4...8).contains(groups[0].count)
        let withLetters = groups.count { group in symbols[group].contains(where: \.isLetter) }
        let withDigits = groups.count { group in symbols[group].contains(where: \.isDigit) }
        let isMixed = withLetters > 1 || groups.contains { hasLetterAndDigit($0) }
        return groups.count < 7 && isEven && isMixed && withDigits > 1 && isOfCapitals(range) ? range : nil
    }

    // MARK: Forms

    /// Where groups of these lengths end that stand one behind the other; nil where they do not.
    private func endOfGroups(_ lengths: [Int], between: [UInt8] = [0x2D], at index: Int) -> Int? {
        var place = index
        for (number, length) in lengths.enumerated() {
            if number > 0 {
                guard between.contains(symbol(place)) else { return nil }
                place += 1
            }
            guard endOfWord(place) - place == length else { return nil }
            place += length
        }
        return place
    }

    private func isHex(_ range: Range<Int>) -> Bool {
        symbols[range].allSatisfy { $0.isHexDigit || [0x20, 0x09, 0x2D].contains($0) }
    }

    private func isOfCapitals(_ range: Range<Int>) -> Bool { !symbols[range].contains(where: \.isLowercase) }

    private func hasLetterAndDigit(_ range: Range<Int>) -> Bool {
        symbols[range].contains(where: \.isDigit) && symbols[range].contains(where: \.isLetter)
    }

    /// Whether a group of four stands beside these groups: then they are part of a listing of octets.
    private func isFourHex(before index: Int) -> Bool {
        guard index >= 5, symbol(index - 1) == 0x20 else { return false }
        return isHex(index - 5..<index - 1) && !symbol(index - 6).isWordSymbol
    }

    private func isFourHex(after index: Int) -> Bool {
        guard symbol(index) == 0x20, endOfWord(index + 1) == index + 5 else { return false }
        return isHex(index + 1..<index + 5)
    }

    /// GUIDs that name parts of Windows, or one of its reports.
    private func isWindowsOwn(_ range: Range<Int>) -> Bool {
        if symbols[range].suffix(28).elementsEqual("-0000-0000-C000-000000000046".utf8) { return true }
        let owners: Set = [
            "clsid", "appid", "iid", "interface", "typelib", "libid", "report", "rapport", "correlation", "bucket",
            "activity", "activityid", "request", "requestid", "volume",
        ]
        return wordsBefore(range.lowerBound).contains { owners.contains($0) }
    }
}
