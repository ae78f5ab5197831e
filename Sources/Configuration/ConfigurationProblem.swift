package import SupportDesk

/// One thing that is wrong, or deserves a second look, in a configuration file.
package struct ConfigurationProblem: Hashable, Sendable {
    /// The key's path, such as `smtp.connections`; empty where the whole file is meant.
    package var key: String
    /// Counted from 1; nil where no line can be named, as for a key that is missing.
    package var line: Int?
    /// What is wrong, and how to mend it.
    package var words: Bilingual

    package init(key: String, line: Int?, words: Bilingual) {
        self.key = key
        self.line = line
        self.words = words
    }

    /// One line for a person: `/etc/assistd/assistd.toml:12: smtp.connections: …`.
    package func rendered(file: String, in language: Language) -> String {
        var place = file
        if let line { place += ":\(line)" }
        if !key.isEmpty { place += ": \(key)" }
        return "\(place): \(words[language])"
    }
}
