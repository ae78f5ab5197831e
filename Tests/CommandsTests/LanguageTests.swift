import Testing

/// Everything a person reads is there in French and in English: looked for in the source, so that none is forgotten.
struct LanguageTests {
    /// Written alike in both languages.
    private static let alike: Set<String> = [
        "Contact", "Date", "Dates", "Description", "Fax", "Message", "Module", "Service", "Version", "Web",
    ]

    private static let english = [
        "the", "is", "and", "are", "was", "of", "with", "this", "not", "has", "which",
    ]
    private static let french = [
        "le", "est", "une", "la", "les", "des", "du", "et", "pour", "avec", "dans", "sur", "n'est",
    ]

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0 == "'" || $0 == "’" || $0 == "-" || $0 == "_" || $0 == ".") }
            .map { String($0.drop { $0 == "-" || $0 == "." }) }
    }

    @Test("A sentence has both its halves, each in its language")
    func halves() throws {
        var count = 0
        for (path, source) in try SourceWords.ofAllSources() {
            for pair in source.pairs {
                let place = "\(path):\(pair.line)"
                #expect(pair.labels.isSuperset(of: ["fr", "en"]), "\(place): only one language")
                guard let french = pair.french, let english = pair.english else { continue }
                count += 1
                #expect(french.isEmpty == english.isEmpty, "\(place): one half is empty")
                let hasWords = french.contains(where: \.isLetter)
                #expect(!hasWords || french != english || Self.alike.contains(french), "\(place): both are “\(french)”")
                let strangers = Self.words(french).filter(Self.english.contains)
                #expect(strangers.isEmpty, "\(place): English in “\(french)”: \(strangers)")
                let étrangers = Self.words(english).filter(Self.french.contains)
                #expect(étrangers.isEmpty, "\(place): French in “\(english)”: \(étrangers)")
            }
        }
        // The reader of sources would find nothing wrong where it finds nothing.
        #expect(count > 600)
    }

    @Test("Each language has its own marks: « a : b » in French, “a: b” in English")
    func typography() throws {
        for (path, source) in try SourceWords.ofAllSources() {
            for pair in source.pairs {
                let place = "\(path):\(pair.line)"
                if let written = pair.french {
                    // What is quoted is written as the configuration or a command wants it.
                    let french = written.replacing(#/« [^»]* »/#, with: "« »")
                    #expect(!french.contains { "“”".contains($0) }, "\(place): \(french)")
                    #expect(!french.contains(#/\p{L}[:;?!](\s|$)|\p{L}»|«\p{L}/#), "\(place): \(french)")
                }
                if let english = pair.english {
                    #expect(!english.contains { "«»".contains($0) }, "\(place): \(english)")
                    #expect(!english.contains(#/\s[:;?!](\s|$)/#), "\(place): \(english)")
                }
            }
        }
    }

    /// What is printed in no language.
    private static let neutral: Set<String> = ["assistctl: ", "ok"]

    @Test("Nothing with words in it is printed without being said in two languages")
    func unspoken() throws {
        let printers = ["output.line", "output.write", "errors.line", "errors.write", ".remark", "Table.Cell", ".on"]
        var count = 0
        for (path, source) in try SourceWords.ofAllSources() {
            for literal in source.literals where printers.contains(where: { literal.call.hasSuffix($0) }) {
                guard literal.label != "fr", literal.label != "en" else { continue }
                count += 1
                let isNeutral = !literal.text.contains(where: \.isLetter) || Self.neutral.contains(literal.text)
                #expect(isNeutral, "\(path):\(literal.line): “\(literal.text)”")
            }
        }
        #expect(count > 20)
    }
}
