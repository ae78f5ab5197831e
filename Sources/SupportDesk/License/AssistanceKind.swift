/// What a contract can give a right to.
package enum AssistanceKind: String, Hashable, Sendable, CaseIterable {
    /// A written question by mail.
    case mail
    /// A written question by fax.
    case fax
    /// A technician calls back.
    case callback

    package var name: Bilingual {
        switch self {
        case .mail: Bilingual(fr: "le courriel", en: "mail")
        case .fax: Bilingual(fr: "le fax", en: "fax")
        case .callback: Bilingual(fr: "le rappel téléphonique", en: "call-backs")
        }
    }
}
