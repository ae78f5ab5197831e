/// A number to fax to, with its country (ITU-T E.164), that may be dialled without anybody's surprise at the bill.
package struct FaxNumber: Hashable, Sendable, CustomStringConvertible {
    /// As in `+33130417781`.
    package let e164: String

    /// - Parameter written: as in `+33 1 30 41 77 81`.
    package init(_ written: String) throws(Refusal) {
        guard let number = PhoneNumber(written)?.e164 else { throw .malformed(written.trimmed.harmless) }
        e164 = number
        if let kind = Self.costly(Array(number.utf8.dropFirst())) { throw .costly(number, kind) }
    }

    /// Why a number is not dialled.
    package enum Refusal: Explained, Hashable {
        case malformed(String)
        /// With what it is.
        case costly(String, Bilingual)

        package var explanation: Bilingual {
            switch self {
            case .malformed(let written):
                Bilingual(
                    fr: "il faut un numéro complet avec son pays, comme \"+33130417781\", et non « \(written) » : ni "
                        + "numéro d'urgence, ni numéro court.",
                    en: "a full number with its country is expected, such as \"+33130417781\", not “\(written)”: no "
                        + "emergency number, no short one.")
            case .costly(let number, let kind):
                Bilingual(
                    fr: "\(number) n'est pas composé : \(kind.french). Donnez un numéro ordinaire.",
                    en: "\(number) is not dialled: \(kind.english). Give an ordinary number.")
            }
        }
    }

    /// Digits alone, as in `33130417781`.
    package var digits: String { String(e164.dropFirst()) }

    /// For people: `+33 1 30 41 77 81`.
    package var description: String { PhoneNumber(e164)?.display ?? e164 }

    /// What makes a number dear, or no subscriber's; nil for an ordinary one. After the numbering plans of France (ARCEP,
    /// décision 2018-0881), its neighbours, and ITU-T E.164.
    private static func costly(_ digits: [UInt8]) -> Bilingual? {
        func starts(_ prefixes: String...) -> Bool { prefixes.contains { digits.starts(with: $0.utf8) } }
        let premium = Bilingual(fr: "c'est un numéro surtaxé", en: "it is a premium-rate number")
        if starts("3381", "3382", "3389") { return premium }
        if starts("33800", "33801", "33802", "33803", "33804", "33805", "33806", "33807", "33808", "33809") {
            return nil
        }
        if starts("338") {
            return Bilingual(
                fr: "les numéros en 08 autres que 080 sont réservés ou surtaxés",
                en: "French numbers in 08 other than 080 are reserved or at a premium")
        }
        if starts(
            "979", "1900", "1976", "4190", "4487", "449", "4990", "3290", "4390", "4393", "3490", "35290", "39899")
        {
            return premium
        }
        if starts("870", "881", "882", "883", "878") {
            return Bilingual(fr: "c'est un numéro de satellite ou mondial", en: "it is a satellite or global number")
        }
        if starts("336", "337") {
            return Bilingual(fr: "c'est un téléphone mobile, pas un fax", en: "it is a mobile telephone and no fax")
        }
        return nil
    }
}
