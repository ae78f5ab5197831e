/// What a license number must look like here.
package struct LicenseRules: Hashable, Sendable {
    package enum CheckDigit: String, Sendable, CaseIterable {
        case none
        /// The last digit makes the Luhn sum a multiple of 10 (ISO/IEC 7812-1); letters count as two digits,
        /// A = 10 to Z = 35, as in an ISIN (ISO 6166).
        case luhn
        /// The whole number, letters as A = 10 to Z = 35, leaves 1 when divided by 97: the last two digits are
        /// 98 less the remainder of what stands before them, times 100 (ISO/IEC 7064 MOD 97-10, as in an IBAN).
        case mod97
    }

    package static let defaultPattern = "^(?=.*[0-9])[A-Z0-9]{4,20}$"

    /// A regular expression for the normalised number, all of it.
    package var pattern: String {
        get { matcher.source }
        set { matcher = LicensePattern(newValue) }
    }
    package var checkDigit = CheckDigit.none
    private var matcher = LicensePattern(Self.defaultPattern)

    package init() {}

    /// What is wrong with the rules themselves; nil when all is well.
    package func validate() -> Bilingual? { matcher.fault }

    /// Checks a number as it was written, before any register is asked.
    ///
    /// - Returns: the normalised number.
    /// - Throws: `license_missing` where there is none; `bad_license`, with words that say what was given instead
    ///   but never its value.
    package func check(_ written: String) throws(Rejection) -> String {
        let number = LicenseNumber(written)
        if number.normalised.isEmpty { throw .licenseMissing }
        if let secret = number.secret { throw .given(secret) }
        guard matcher.matches(number.normalised) else { throw patternRejection }
        guard checkDigit.agrees(number.normalised) else {
            throw Rejection(
                .badLicense,
                fr: "Le numéro de licence contient une faute de frappe : sa clé de contrôle ne correspond pas. "
                    + "Recopiez-le chiffre par chiffre.",
                en: "The license number has a typing mistake: its check digit does not fit. "
                    + "Copy it again digit by digit.")
        }
        return number.normalised
    }

    private var patternRejection: Rejection {
        if pattern == Self.defaultPattern {
            return Rejection(
                .badLicense,
                fr: "Ce n'est pas un numéro de licence : il compte de 4 à 20 lettres sans accent et chiffres, dont "
                    + "au moins un chiffre. Recopiez-le depuis votre contrat ou la fenêtre « À propos ».",
                en: "This is not a license number: it has 4 to 20 plain letters and digits, at least one of them a "
                    + "digit. Copy it from your contract or the “About” window.")
        }
        return Rejection(
            .badLicense,
            fr: "Ce n'est pas un numéro de licence : il n'a pas la forme attendue ici (\(pattern)). "
                + "Recopiez-le depuis votre contrat ou la fenêtre « À propos ».",
            en: "This is not a license number: it does not have the form expected here (\(pattern)). "
                + "Copy it from your contract or the “About” window.")
    }
}

/// What is done with a report whose licence is not plainly in order.
package enum Policy: String, Sendable, CaseIterable {
    case forward, hold, reject
}

extension Rejection {
    /// No license number was given.
    package static let licenseMissing = Rejection(
        .licenseMissing,
        fr: "Le numéro de licence manque. Un rapport commence par la ligne « Licence : 00012344 », suivie s'il y a "
            + "lieu d'autres lignes comme « Objet : … », puis d'une ligne vide et de la description du problème.",
        en: "The license number is missing. A report begins with the line “License: 00012344”, then other lines such "
            + "as “Subject: …” if need be, then an empty line and the description of the problem.")

    /// A secret was given for the license number.
    static func given(_ secret: LicenseNumber.Secret) -> Rejection {
        let (french, english) =
            switch secret {
            case .serialNumber: ("le numéro de série", "the serial number")
            case .unlockKey: ("la clé de débridage", "the unlock key")
            case .unlockCode: ("le code de débridage", "the unlock code")
            }
        return Rejection(
            .badLicense,
            fr: "Ce qui est donné n'est pas le numéro de licence mais \(french), qui doit rester secret et n'a pas été "
                + "transmis. Écrivez à sa place le numéro de licence, qui figure sur votre contrat.",
            en: "What is given is not the license number but \(english), which must stay secret and was not passed on. "
                + "Write the license number in its place; it stands on your contract.")
    }
}
