/// The wish of a person or program to be called back, or to change that.
package struct CallbackRequest: Hashable, Sendable {
    /// As written; of a change nil keeps what was given before.
    package var license: String?
    package var phone: String?
    /// The wished date and time, as written; as soon as may be where there is none.
    package var wish: String?
    package var contact: String?
    package var company: String?
    package var email: String?
    /// What it is about.
    package var about: String?
    /// The report it is about.
    package var related: Submission?
    package var change: Change?
    /// The local user who asks.
    package var uid: UInt32
    package var language = Language.french

    package init(uid: UInt32) {
        self.uid = uid
    }

    /// What is done to a call-back that was asked for; with how it stands now.
    package enum Change: Hashable, Sendable {
        case move(Submission)
        case callOff(Submission)

        package var submission: Submission {
            switch self {
            case .move(let submission), .callOff(let submission): submission
            }
        }
    }
}

/// What came of it.
package struct CallbackOutcome: Sendable {
    package var submission: Submission
    /// nil where a call-back was called off, or refused.
    package var plan: CallbackPlan?
    /// Which window and why, or why none.
    package var explanation: Bilingual

    package init(submission: Submission, plan: CallbackPlan?, explanation: Bilingual) {
        self.submission = submission
        self.plan = plan
        self.explanation = explanation
    }
}
