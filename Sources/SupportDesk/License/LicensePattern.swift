import Synchronization

/// A pattern that was compiled once, however often the rules that hold it are copied.
struct LicensePattern: Hashable, Sendable {
    let source: String
    private let form: Form

    private enum Form: Sendable {
        /// The default, checked by hand: it is asked for every report.
        case standard
        case expression(Expression)
        case broken(String)
    }

    /// `Regex` is not Sendable, so it lives behind a lock.
    private final class Expression: Sendable {
        private let regex: Mutex<Regex<AnyRegexOutput>>

        init(_ source: String) throws {
            regex = Mutex(try Regex(source).matchingSemantics(.unicodeScalar))
        }

        func matches(_ text: String) -> Bool {
            regex.withLock { regex in
                do { return try regex.wholeMatch(in: text) != nil } catch { return false }
            }
        }
    }

    init(_ source: String) {
        self.source = source
        if source == LicenseRules.defaultPattern {
            form = .standard
        } else {
            do { form = .expression(try Expression(source)) } catch { form = .broken(String(describing: error)) }
        }
    }

    static func == (left: LicensePattern, right: LicensePattern) -> Bool { left.source == right.source }

    func hash(into hasher: inout Hasher) { hasher.combine(source) }

    /// Why the pattern cannot be used; nil when it can.
    var fault: Bilingual? {
        guard case .broken(let error) = form else { return nil }
        return Bilingual(
            fr: "Le modèle de numéro de licence « \(source) » n'est pas une expression régulière valable : \(error). "
                + "Corrigez-le ou retirez-le pour reprendre \(LicenseRules.defaultPattern)",
            en: "The license number pattern “\(source)” is no valid regular expression: \(error). "
                + "Correct it, or remove it to go back to \(LicenseRules.defaultPattern)")
    }

    /// Whether the pattern covers all of the number. A broken pattern matches nothing; nor does what is longer
    /// than 64 bytes, since a pattern may take exponential time over it.
    func matches(_ number: String) -> Bool {
        switch form {
        case .standard:
            let bytes = number.utf8
            return (4...20).contains(bytes.count) && bytes.allSatisfy(\.isLetterOrDigit)
                && bytes.contains(where: \.isDigit)
        case .expression(let expression): return number.utf8.count <= 64 && expression.matches(number)
        case .broken: return false
        }
    }
}
