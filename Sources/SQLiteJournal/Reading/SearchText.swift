import Foundation
import SupportDesk

/// Text as it is searched: lower case, without accents, so that nobody has to type them as they were written.
enum SearchText {
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.isASCII {
                folded.append(scalar)
            } else if scalar.properties.isWhitespace {
                folded.append(" ")
            } else if scalar.properties.generalCategory != .nonspacingMark {
                folded.append(contentsOf: expansion(of: scalar).unicodeScalars)
            }
        }
        return String(folded).lowercased()
    }

    /// What a submission is found by. Between the fields stands what nobody types, so that no match reaches over two.
    static func of(_ submission: Submission) -> String {
        var fields = [submission.license, submission.subject]
        if let company = submission.details.company { fields.append(company) }
        if let contact = submission.details.contact { fields.append(contact) }
        fields.append(submission.reference.description)
        if case .spool(let file) = submission.source { fields.append(file) }
        return folded(fields.joined(separator: "\u{1F}"))
    }

    /// Letters that Unicode does not take apart but people do.
    private static func expansion(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "œ", "Œ": "oe"
        case "æ", "Æ": "ae"
        case "ß": "ss"
        case "ø", "Ø": "o"
        case "ł", "Ł": "l"
        case "’": "'"
        default: String(scalar)
        }
    }
}
