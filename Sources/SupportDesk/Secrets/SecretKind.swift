/// What opens the software, a machine or an account, and gets written into reports all the same.
package enum SecretKind: Hashable, Sendable {
    /// A GUID: the software's serial number.
    case serialNumber
    /// 16 hexadecimal digits.
    case unlockKey
    /// Four groups between dashes.
    case unlockCode
    case password
    /// The number or the password of a remote-control session.
    case remoteControl
    /// Its first four and last three symbols, which do no harm.
    case iban(start: String, end: String)
    /// A payment card's last four digits.
    case card(end: String)

    /// What stands in its place: it says what was there, and nothing that could be used.
    package var hint: Bilingual {
        switch self {
        case .serialNumber: Bilingual(fr: "[numéro de série masqué]", en: "[serial number masked]")
        case .unlockKey: Bilingual(fr: "[clé de débridage masquée]", en: "[unlock key masked]")
        case .unlockCode: Bilingual(fr: "[code de débridage masqué]", en: "[unlock code masked]")
        case .password: Bilingual(fr: "[mot de passe masqué]", en: "[password masked]")
        case .remoteControl: Bilingual(fr: "[code de télémaintenance masqué]", en: "[remote-control code masked]")
        case .iban(let start, let end):
            Bilingual(fr: "[IBAN \(start) … \(end) masqué]", en: "[IBAN \(start) … \(end) masked]")
        case .card(let end): Bilingual(fr: "[carte … \(end) masquée]", en: "[card … \(end) masked]")
        }
    }
}

/// A secret in a text.
package struct FoundSecret: Hashable, Sendable {
    package var kind: SecretKind
    /// Octets of the text in UTF-8.
    package var place: Range<Int>
}

extension Range<Int> {
    /// The same place of a text, counted in scalars and not in octets.
    func scalars(of text: String) -> Range<Int> {
        func count(_ octets: Int) -> Int {
            String(decoding: text.utf8.prefix(octets), as: UTF8.self).unicodeScalars.count
        }
        return count(lowerBound)..<count(upperBound)
    }
}
