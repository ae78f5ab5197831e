/// A sentence in the two languages of the people this program serves. A sentence cannot exist in one alone.
package struct Bilingual: Hashable, Sendable, Codable {
    package var french: String
    package var english: String

    package init(fr french: String, en english: String) {
        self.french = french
        self.english = english
    }

    /// The sentence in one language.
    package subscript(language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }
}

/// An error that says, in both languages, what is wrong, where, and how to mend it.
package protocol Explained: Error {
    var explanation: Bilingual { get }
}

extension Error {
    /// The error in words for a person: its own explanation where it has one.
    package var inWords: Bilingual {
        if let explained = self as? any Explained { return explained.explanation }
        let text = String(describing: self)
        return Bilingual(fr: text, en: text)
    }
}
