import SupportDesk

/// Subjects without what help desks take for the number of a ticket.
///
/// `[#123]`, `Ticket#2026…`, `[GLPI #0000123]` or another reference of this service in a subject would put the mail into a
/// ticket that may be somebody else's. The body keeps what was written.
enum TicketToken {
    /// A line with round brackets for square ones, if they hold a number, and `no` for a number sign.
    static func defused(_ line: String) -> String {
        guard line.utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "[") }) else { return line }
        let scalars = Array(line.unicodeScalars)
        let hasToken = hasNumberInBrackets(scalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "[" where hasToken: result.append("(")
            case "]" where hasToken: result.append(")")
            case "#":
                while index + 1 < scalars.count, scalars[index + 1] == "#" { index += 1 }
                result.append(contentsOf: sign(scalars, at: index, after: result.last))
            default: result.append(scalars[index])
            }
            index += 1
        }
        return String(result)
    }

    private static func hasNumberInBrackets(_ scalars: [Unicode.Scalar]) -> Bool {
        var (isOpen, hasNumber) = (false, false)
        for scalar in scalars {
            switch scalar {
            case "[": isOpen = true
            case "]":
                if hasNumber { return true }
                isOpen = false
            default: hasNumber = hasNumber || isOpen && (scalar == "#" || isDigit(scalar))
            }
        }
        return false
    }

    /// What stands for a number sign: it must not touch the word behind it.
    private static func sign(
        _ scalars: [Unicode.Scalar], at index: Int, after last: Unicode.Scalar?
    ) -> String.UnicodeScalarView {
        let next = scalars[(index + 1)...].first { !$0.properties.isDefaultIgnorableCodePoint }
        guard let next, isDigit(next) || next.properties.isAlphabetic || next == "_" || next == ":" else {
            return "#".unicodeScalars
        }
        guard isDigit(next) else { return "# ".unicodeScalars }
        let isInWord = last.map { isDigit($0) || $0.properties.isAlphabetic } ?? false
        return (isInWord ? " no " : "no ").unicodeScalars
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }
}
