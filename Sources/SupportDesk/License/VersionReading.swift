/// A version and the words that stood in front of it, from what somebody wrote.
struct VersionReading {
    private(set) var version = ProductVersion(numbers: [0])
    /// In front of the version, folded, without `v` and `version`: the name of the product.
    private(set) var words: [String] = []

    private enum Token: Equatable {
        case word(String)
        /// `9`, `9.5`, `9,5`
        case numbers([Int])
        case day(CalendarDate)

        /// What a word says; nil for a number.
        var text: String? {
            if case .word(let text) = self { text } else { nil }
        }
    }

    /// - Returns: nil for what is no version, more than a version, or longer than any version is.
    init?(_ written: String) {
        guard written.utf8.count <= 200, let tokens = Self.tokens(of: written) else { return nil }
        guard let place = tokens.firstIndex(where: { $0.text == nil }), case .numbers(let numbers) = tokens[place]
        else { return nil }
        let front = tokens[..<place].compactMap(\.text)
        // A build alone is no version.
        if let last = front.last, Self.build.contains(last) { return nil }
        var isBeta = front.contains(where: Self.beta.contains)
        words = front.filter { !Self.beta.contains($0) && !Self.version.contains($0) }
        var build: Int?
        var released: CalendarDate?
        var rest = tokens[(place + 1)...]
        while let token = rest.popFirst() {
            switch token {
            case .word(let word) where Self.build.contains(word) && build == nil:
                guard case .numbers(let number)? = rest.popFirst(), number.count == 1 else { return nil }
                build = number.first
            case .word(let word) where Self.beta.contains(word): isBeta = true
            case .word(let word) where Self.of.contains(word):
                guard case .day? = rest.first else { return nil }
            case .day(let day) where released == nil: released = day
            default: return nil
            }
        }
        // A longer number is a license, a year or a build.
        guard numbers.count <= 4, numbers.allSatisfy({ $0 < 1000 }) else { return nil }
        version = ProductVersion(numbers: numbers, build: build, isBeta: isBeta, released: released)
    }

    /// Whether it only announces a version, as in `Version: 9.5`.
    static func isIntroduction(_ written: String) -> Bool { version.contains(FieldName.fold(written)) }

    private static let build: Set<String> = ["build", "b", "bld"]
    private static let beta: Set<String> = ["beta", "β"]
    private static let version: Set<String> = ["v", "version", "vers"]
    private static let of: Set<String> = ["du", "of", "from"]

    private static func tokens(of written: String) -> [Token]? {
        var tokens: [Token] = []
        // Folding takes blanks away, so that it is done between them.
        for piece in written.unicodeScalars.split(whereSeparator: \.isBlank) {
            let scalars = Array(FieldName.fold(String(String.UnicodeScalarView(piece))).unicodeScalars)
            var position = 0
            while position < scalars.count {
                let scalar = scalars[position]
                if scalar.isASCIIDigit {
                    guard let token = number(scalars, &position) else { return nil }
                    tokens.append(token)
                } else if scalar.properties.isAlphabetic {
                    let end = scalars[position...].firstIndex { !$0.properties.isAlphabetic } ?? scalars.count
                    tokens.append(.word(String(String.UnicodeScalarView(scalars[position..<end]))))
                    position = end
                } else {
                    guard isSeparator(scalars, position, afterVersion: tokens.contains { $0.text == nil })
                    else { return nil }
                    position += 1
                }
            }
        }
        return tokens
    }

    private static func number(_ scalars: [Unicode.Scalar], _ position: inout Int) -> Token? {
        let start = position
        while position < scalars.count {
            let isInside = ".,/-".unicodeScalars.contains(scalars[position]) && position + 1 < scalars.count
            guard scalars[position].isASCIIDigit || isInside && scalars[position + 1].isASCIIDigit else { break }
            position += 1
        }
        let text = String(String.UnicodeScalarView(scalars[start..<position]))
        if text.contains("/") || text.contains("-") { return CalendarDate(text).map(Token.day) }
        let dotted = text.split(separator: ".")
        let parts = dotted.count == 1 ? text.split(separator: ",") : dotted
        // `8.4,9.5` are two versions, and so may be `8,4,9`.
        guard dotted.count > 1 || parts.count <= 2 else { return nil }
        let numbers = parts.compactMap { $0.utf8.count <= 9 ? Int($0) : nil }
        return numbers.count == parts.count ? .numbers(numbers) : nil
    }

    /// Names of products hold many signs; behind the version there are few.
    private static func isSeparator(_ scalars: [Unicode.Scalar], _ position: Int, afterVersion: Bool) -> Bool {
        let scalar = scalars[position]
        if scalar.isControl { return false }
        if scalar == "." {
            let next = position + 1 < scalars.count ? scalars[position + 1] : " "
            return next != "." && !next.isASCIIDigit
        }
        return !afterVersion || "()[],;:-_".unicodeScalars.contains(scalar)
    }

}

extension Unicode.Scalar {
    fileprivate var isASCIIDigit: Bool { (0x30...0x39).contains(value) }
}
