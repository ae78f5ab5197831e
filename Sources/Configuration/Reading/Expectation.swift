import SupportDesk

/// What was expected of a value and not found, said so that it can be mended.
struct Complaint: Error {
    var words: Bilingual

    init(fr french: String, en english: String) {
        words = Bilingual(fr: french, en: english)
    }

    init(_ words: Bilingual) {
        self.words = words
    }
}

/// What a key's value must be, and how it is read.
struct Expectation<Value> {
    let read: (ConfigurationValue) throws(Complaint) -> Value

    /// The same, with one more condition or a change of shape.
    func then<Other>(_ next: @escaping (Value) throws(Complaint) -> Other) -> Expectation<Other> {
        Expectation<Other> { found throws(Complaint) in try next(try read(found)) }
    }
}

extension Expectation where Value == Bool {
    static var boolean: Self {
        Self { found throws(Complaint) in
            guard case .boolean(let value) = found else {
                throw Complaint(
                    fr: "il faut true ou false, sans guillemets, et non \(found.kind.french).",
                    en: "true or false is expected, without quotation marks, not \(found.kind.english).")
            }
            return value
        }
    }
}

extension Expectation where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Self {
        Self { found throws(Complaint) in
            guard case .integer(let value) = found else {
                throw Complaint(
                    fr:
                        "il faut un nombre entier de \(range.lowerBound) à \(range.upperBound), sans guillemets, et non "
                        + "\(found.kind.french).",
                    en: "a whole number from \(range.lowerBound) to \(range.upperBound) is expected, without quotation "
                        + "marks, not \(found.kind.english).")
            }
            guard range.contains(value) else {
                throw Complaint(
                    fr: "\(value) n'est pas permis ; il faut un nombre de \(range.lowerBound) à \(range.upperBound).",
                    en:
                        "\(value) is out of range; a number from \(range.lowerBound) to \(range.upperBound) is expected."
                )
            }
            return value
        }
    }

    /// Bytes: `"25MB"`, or a bare number.
    static func size(_ range: ClosedRange<Int>) -> Self {
        Self { found throws(Complaint) in
            let bytes: Int?
            switch found {
            case .integer(let count): bytes = count
            case .text(let text): bytes = byteCount(text)
            default: bytes = nil
            }
            guard let bytes, bytes >= 0 else {
                throw Complaint(
                    fr: "il faut une taille comme \"25MB\", \"64KB\" ou \"2GiB\" (KB MB GB KiB MiB GiB), ou un nombre "
                        + "d'octets, et non \(found.kind.french).",
                    en:
                        "a size such as \"25MB\", \"64KB\" or \"2GiB\" (KB MB GB KiB MiB GiB), or a number of bytes, is "
                        + "expected, not \(found.kind.english).")
            }
            guard range.contains(bytes) else {
                let (low, high) = (written(bytes: range.lowerBound), written(bytes: range.upperBound))
                throw Complaint(
                    fr: "cette taille n'est pas permise ; il faut de \"\(low)\" à \"\(high)\".",
                    en: "this size is out of range; from \"\(low)\" to \"\(high)\" is expected.")
            }
            return bytes
        }
    }
}

extension Expectation where Value == Duration {
    /// More than nothing, and at most `longest`.
    static func duration(upTo longest: Duration = .seconds(3650 * 86_400)) -> Self {
        Self { found throws(Complaint) in
            let example = if case .integer(let count) = found, count > 0 { "\(count)s" } else { "90s" }
            guard case .text(let text) = found, let duration = Duration(configured: text) else {
                throw Complaint(
                    fr: "il faut une durée entre guillemets, avec son unité, comme \"\(example)\" (ms s m h d : "
                        + "millisecondes, secondes, minutes, heures, jours), et non \(found.kind.french).",
                    en:
                        "a duration between quotation marks, with its unit, is expected, such as \"\(example)\" (ms s m "
                        + "h d: milliseconds, seconds, minutes, hours, days), not \(found.kind.english).")
            }
            guard duration > .zero, duration <= longest else {
                throw Complaint(
                    fr: "cette durée n'est pas permise ; il faut plus de zéro et au plus \"\(longest.configured)\".",
                    en: "this duration is out of range; more than zero and at most \"\(longest.configured)\" is "
                        + "expected.")
            }
            return duration
        }
    }
}

extension Expectation where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a few words.
    static var choice: Self {
        Self { found throws(Complaint) in
            let words = Value.allCases.map(\.rawValue)
            guard case .text(let text) = found, let value = Value(rawValue: text) else {
                var french = "il faut l'un de : \(words.map { "\"\($0)\"" }.joined(separator: ", "))"
                var english = "one of these is expected: \(words.map { "\"\($0)\"" }.joined(separator: ", "))"
                french += " ; le fichier dit \(found.kind.french)."
                english += "; the file says \(found.kind.english)."
                throw Complaint(fr: french, en: english)
            }
            return value
        }
    }
}
