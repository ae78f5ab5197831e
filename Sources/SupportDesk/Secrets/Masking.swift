extension String {
    /// The text with a hint in place of each secret in it.
    package func masked(in language: Language, _ extent: SecretFinder.Extent = .everything) -> String {
        masked(extent) { $0.hint[language] }
    }

    /// The text with asterisks in place of each secret: to be quoted in sentences of any language.
    package var masked: String { masked(.everything) { _ in "****" } }

    private func masked(_ extent: SecretFinder.Extent, by hint: (SecretKind) -> String) -> String {
        let secrets = SecretFinder.secrets(in: self, extent)
        if secrets.isEmpty { return self }
        let octets = Array(utf8)
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var start = 0
        for secret in secrets {
            result += octets[start..<secret.place.lowerBound]
            result += Array(hint(secret.kind).utf8)
            start = secret.place.upperBound
        }
        result += octets[start...]
        return String(decoding: result, as: UTF8.self)
    }
}

extension Bilingual {
    /// A sentence of this program that may quote what somebody else wrote.
    package var masked: Bilingual {
        Bilingual(fr: french.masked(in: .french, .shapes), en: english.masked(in: .english, .shapes))
    }
}

extension Report.Details.Other {
    /// The field without secrets; its name may be what gives the value away.
    func masked(in language: Language) -> Self {
        let label = name + " : "
        // Named so, all of it is one, blanks and all.
        if !value.isEmpty, SecretFinder.secrets(in: label + "a1B2c3").contains(where: { $0.kind == .password }) {
            return Self(name: name.masked(in: language), value: SecretKind.password.hint[language])
        }
        let secrets = SecretFinder.secrets(in: label + value)
        let isNamed = secrets.contains { $0.place.lowerBound >= label.utf8.count }
        let whole = (label + value).masked(in: language)
        guard isNamed, whole.hasPrefix(label) else {
            return Self(name: name.masked(in: language), value: value.masked(in: language))
        }
        return Self(name: name, value: String(whole.dropFirst(label.count)))
    }
}

extension Report.Details {
    /// The fields without secrets. An address that can be answered to is none.
    package func masked(in language: Language) -> Self {
        var masked = self
        for field in [
            \Self.company, \.contact, \.phone, \.partner, \.product, \.module, \.version, \.callback, \.senderReference,
        ] {
            masked[keyPath: field] = self[keyPath: field]?.masked(in: language)
        }
        masked.others = others.map { $0.masked(in: language) }
        return masked
    }
}
