/// Numbers of bank accounts and payment cards: both have a check that hardly any other number passes.
extension SecretFinder {
    /// An IBAN (ISO 13616): as long as its country's are, and 1 modulo 97.
    func iban(at index: Int) -> (SecretKind, Range<Int>)? {
        guard symbol(index).isLetter, symbol(index + 1).isLetter, symbol(index + 2).isDigit, symbol(index + 3).isDigit
        else { return nil }
        let country = String(decoding: symbols[index..<index + 2].map(\.uppercased), as: UTF8.self)
        guard let length = Self.ibanLengths[country] else { return nil }
        var number: [UInt8] = []
        var place = index
        while number.count < length {
            if !number.isEmpty { place += blanksInNumber(at: place) }
            guard symbol(place).isLetterOrDigit else { return nil }
            number.append(symbol(place).uppercased)
            place += 1
        }
        guard !symbol(place).isWordSymbol else { return nil }
        let sum = (number[4...] + number[..<4]).reduce(0) { sum, symbol in
            symbol.isDigit ? (sum * 10 + Int(symbol - 0x30)) % 97 : (sum * 100 + Int(symbol) - 55) % 97
        }
        guard sum == 1 else { return nil }
        let (start, end) = (number.prefix(4), number.suffix(3))
        return (
            .iban(start: String(decoding: start, as: UTF8.self), end: String(decoding: end, as: UTF8.self)),
            index..<place
        )
    }

    /// A payment card (ISO/IEC 7812-1): grouped as cards are or not at all, of a known kind, and its last digit fits.
    func card(at index: Int) -> (SecretKind, Range<Int>)? {
        guard symbol(index).isDigit, !"+.,-".utf8.contains(symbol(index - 1)) else { return nil }
        var digits: [UInt8] = []
        var groups: [Int] = []
        var place = index
        while true {
            let start = place
            while symbol(place).isDigit, digits.count < 20 {
                digits.append(symbol(place) - 0x30)
                place += 1
            }
            groups.append(place - start)
            let gap = [0x20, 0x2D, 0x2E].contains(symbol(place)) ? 1 : 0
            if gap == 0 || !symbol(place + 1).isDigit || digits.count >= 20 { break }
            place += 1
        }
        guard !symbol(place).isWordSymbol, Self.cardGroups.contains(groups) || groups.count == 1,
            Self.isCardNumber(digits)
        else { return nil }
        return (.card(end: digits.suffix(4).map(String.init).joined()), index..<place)
    }

    /// One blank, dash, dot or line end between the groups of a number, and what belongs to the line end.
    private func blanksInNumber(at index: Int) -> Int {
        switch symbol(index) {
        case 0x20, 0x09, 0x2D, 0x2E: 1
        case 0x0D where symbol(index + 1) == 0x0A: 2
        case 0x0A where symbols.indices.contains(index): 1
        default: 0
        }
    }

    private static let cardGroups = [[4, 4, 4, 4], [4, 6, 5], [4, 4, 4, 4, 3], [4, 6, 4]]

    private static func isCardNumber(_ digits: [UInt8]) -> Bool {
        guard digits.count >= 14 else { return false }
        let start = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        let isKnown =
            switch digits.count {
            case 14: (3600...3699).contains(start) || (3800...3999).contains(start) || (3000...3059).contains(start)
            case 15: (3400...3499).contains(start) || (3700...3799).contains(start)
            case 16:
                (4000...4999).contains(start) || (5000...5999).contains(start) || (2221...2720).contains(start)
                    || (6000...6999).contains(start) || (3528...3589).contains(start)
            case 19: (4000...4999).contains(start) || (6000...6999).contains(start)
            default: false
            }
        guard isKnown else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element) << (digit.offset & 1)
            return sum + (value > 9 ? value - 9 : value)
        }
        return sum % 10 == 0
    }

    /// The register of SWIFT, release 99.
    private static let ibanLengths: [String: Int] = {
        let lengths: [(Int, String)] = [
            (15, "NO"), (16, "BE"), (18, "DK FI FK FO GL NL SD"), (19, "MK SI"), (20, "AT BA EE KZ LT LU MN XK"),
            (21, "CH CR HR LI LV"), (22, "BG BH DE GB GE IE ME RS VA"), (23, "AE GI IL IQ OM SO TL"),
            (24, "AD CZ DZ ES MD MR PK RO SA SE SK TN TR VG"), (25, "LY PT ST"), (26, "IS"),
            (27, "BI DJ FR GF GP MC MF MQ NC PF PM RE SM TF WF YT IT GR"), (28, "AL AZ BY CY DO GT HU LB MA NI PL SV"),
            (29, "BR EG PS QA UA"), (30, "JO KW MU"), (31, "MT SC"), (32, "LC"), (33, "RU"),
        ]
        var table: [String: Int] = [:]
        for (length, countries) in lengths {
            for country in countries.split(separator: " ") { table[String(country)] = length }
        }
        return table
    }()
}
