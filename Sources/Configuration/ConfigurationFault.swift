package import SupportDesk

/// Why a configuration cannot be used: everything that is wrong with it, not only the first thing.
package struct ConfigurationFault: Explained, Hashable {
    package enum Code: String, Sendable {
        /// No file lies there.
        case absent
        /// There is one, and this process may not or cannot read it.
        case unreadable
        /// It was read, and is wrong.
        case invalid
    }

    package var code: Code
    /// The path as it was asked for; a bare name until the file is known.
    package var file = "assistd.toml"
    /// In the order of their lines; never empty.
    package var problems: [ConfigurationProblem]

    package init(code: Code, problems: [ConfigurationProblem]) {
        self.code = code
        self.problems = problems
    }

    /// One line a problem, each with file, line and key.
    package func lines(in language: Language) -> [String] {
        problems.map { $0.rendered(file: file, in: language) }
    }

    package var explanation: Bilingual {
        Bilingual(
            fr: lines(in: .french).joined(separator: "\n"), en: lines(in: .english).joined(separator: "\n"))
    }
}
