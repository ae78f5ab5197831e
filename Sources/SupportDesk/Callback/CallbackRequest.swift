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

    /// Bytes of a field, and of what it is about.
    private static let (longestField, longestText) = (2000, 64_000)

    /// Whether its fields are what a report's may be.
    ///
    /// - Throws: `unsafe_header`, `too_large`, or `bad_field` for an address that is none.
    package func check() throws(Rejection) {
        let fields = [
            ("license", license), ("phone", phone), ("slot", wish), ("contact", contact), ("company", company),
            ("email", email),
        ]
        for (name, value) in fields {
            guard let value else { continue }
            if value.unicodeScalars.contains(where: { $0.isControl && $0 != "\t" }) {
                throw Rejection(
                    .unsafeHeader,
                    fr:
                        "« \(name) » contient un caractère de contrôle ou un saut de ligne. Écrivez-le sur une seule ligne.",
                    en: "“\(name)” holds a control character or a line break. Write it on a single line.")
            }
            if value.utf8.count > Self.longestField { throw Self.tooLong(name, Self.longestField) }
        }
        if let email, EmailAddress(email) == nil {
            throw Rejection(
                .badField, fr: "« \(email.excerpt) » n'est pas une adresse de courriel.",
                en: "“\(email.excerpt)” is not an email address.")
        }
        guard let about else { return }
        if about.utf8.count > Self.longestText { throw Self.tooLong("about", Self.longestText) }
        if about.utf8.contains(where: \.isBinaryControl) {
            throw Rejection(
                .binary, fr: "Le texte contient des octets de contrôle.", en: "The text holds control bytes.")
        }
    }

    private static func tooLong(_ name: String, _ limit: Int) -> Rejection {
        Rejection(
            .tooLarge, fr: "« \(name) » dépasse \(limit) octets ; abrégez-le.",
            en: "“\(name)” exceeds \(limit) bytes; shorten it.")
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
