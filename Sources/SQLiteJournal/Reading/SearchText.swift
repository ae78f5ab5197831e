import Foundation
import SupportDesk

/// Text as it is searched: lower case, without accents, so that nobody has to type them as they were written.
enum SearchText {
    static func folded(_ text: String) -> String {
        var folded: [UInt8] = []
        fold(text, into: &folded)
        return String(decoding: folded, as: UTF8.self)
    }

    /// What a submission is found by; secrets find nothing. Between the fields stands what nobody types, so that no match reaches over two.
    static func of(_ submission: Submission) -> String {
        let separator: UInt8 = 0x1F
        var folded: [UInt8] = []
        folded.reserveCapacity(160)
        fold(submission.license, into: &folded)
        folded.append(separator)
        fold(submission.subject.masked, into: &folded)
        for field in [submission.details.company, submission.details.contact] {
            guard let field else { continue }
            folded.append(separator)
            fold(field.masked, into: &folded)
        }
        folded.append(separator)
        fold(submission.reference.description, into: &folded)
        if case .spool(let file) = submission.source {
            folded.append(separator)
            fold(file.masked, into: &folded)
        }
        return String(decoding: folded, as: UTF8.self)
    }

    private static func fold(_ text: String, into folded: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: folded.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
            case ..<0x80: folded.append(UInt8(truncatingIfNeeded: scalar.value))
            case ..<0x180: folded += latin[Int(scalar.value) - 0x80]
            default: folded += expansion(of: scalar)
            }
        }
    }

    /// The letters of the western languages, looked up; all others are worked out each time.
    private static let latin = (0x80..<0x180).map { UnicodeScalar(UInt32($0)).map(expansion(of:)) ?? [] }

    /// The letters that stay of one: its parts without marks, and what people take apart though Unicode does not.
    private static func expansion(of scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar {
        case "œ", "Œ": return Array("oe".utf8)
        case "æ", "Æ": return Array("ae".utf8)
        case "ß": return Array("ss".utf8)
        case "ø", "Ø": return Array("o".utf8)
        case "ł", "Ł": return Array("l".utf8)
        case "’": return Array("'".utf8)
        case _ where scalar.properties.isWhitespace: return Array(" ".utf8)
        default:
            let letters = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.filter {
                $0.properties.generalCategory != .nonspacingMark
            }
            return Array(String(String.UnicodeScalarView(letters)).lowercased().utf8)
        }
    }
}
