package import ControlAPI
package import SupportDesk

/// What a command stops with: an exit status, a stable code and words for a person.
package struct CommandFailure: Explained, Hashable {
    package var status: ExitStatus
    package var code: String
    package var explanation: Bilingual

    package init(_ status: ExitStatus, code: String, fr french: String, en english: String) {
        self.status = status
        self.code = code
        explanation = Bilingual(fr: french, en: english)
    }

    /// The same for programs.
    package var view: ErrorView {
        ErrorView(ReasonView(code: code, text: explanation.english, textFR: explanation.french))
    }
}
