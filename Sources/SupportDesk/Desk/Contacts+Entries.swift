extension Contacts {
    /// The standard contacts, changed by what is configured: texts as `fax: 01 99 00 12 34`, in French or English.
    ///
    /// An entry replaces the standard's of its kind, `none` removes it, persons add up. `sales` takes a phone and, in
    /// an entry of its own, an e-mail address.
    ///
    /// - Throws: what is wrong with each entry.
    package init(_ entries: [String]) throws(ContactsFault) {
        self = .standard
        var given: Set<Kind> = []
        var removed: Set<Kind> = []
        var flaws: [ContactsFault.Flaw] = []
        for (place, entry) in entries.enumerated() {
            do throws(EntryFault) {
                try take(entry, given: &given, removed: &removed)
            } catch {
                flaws.append(.init(entry: place, text: error.text))
            }
        }
        guard flaws.isEmpty else { throw ContactsFault(flaws: flaws) }
    }

    private mutating func take(
        _ entry: String, given: inout Set<Kind>, removed: inout Set<Kind>
    ) throws(EntryFault) {
        guard entry.unicodeScalars.count <= Self.longest else { throw .tooLong }
        guard !entry.unicodeScalars.contains(where: { $0.isHarmful && $0 != "\t" }) else { throw .control }
        guard let colon = entry.unicodeScalars.firstIndex(of: ":") else { throw .noKind }
        let written = entry[..<colon].trimmed
        let value = entry[entry.unicodeScalars.index(after: colon)...].trimmed
        guard !written.isEmpty else { throw .noKind }
        guard var kind = Kind(written: written) else { throw .unknown(written) }
        guard !value.isEmpty else { throw .empty(written) }
        if ["aucun", "aucune", "none"].contains(FieldName.fold(value)) {
            let slots: Set = kind == .sales ? [.sales, .salesEmail] : [kind]
            guard given.isDisjoint(with: slots), removed.insert(kind).inserted else { throw .again(kind) }
            remove(kind)
            return
        }
        // Where the sales are removed, one that follows is what remains of them.
        guard !removed.contains(kind) || kind == .sales else { throw .again(kind) }
        if kind == .sales, value.contains("@") { kind = .salesEmail }
        guard given.insert(kind).inserted || kind == .person else { throw .again(kind) }
        try set(kind, to: value)
    }

    private mutating func remove(_ kind: Kind) {
        switch kind {
        case .desk: desk = nil
        case .switchboard: switchboard = nil
        case .sales, .salesEmail: (sales, salesEmail) = (nil, nil)
        case .address: address = nil
        case .web: web = nil
        case .email: email = nil
        case .fax: fax = nil
        case .person: persons = []
        }
    }

    private mutating func set(_ kind: Kind, to value: String) throws(EntryFault) {
        switch kind {
        case .desk: desk = try Self.phone(value)
        case .switchboard: switchboard = try Self.phone(value)
        case .sales: sales = try Self.phone(value)
        case .salesEmail: salesEmail = try Self.email(value)
        case .address: address = value
        case .web: web = try Self.web(value)
        case .email: email = try Self.email(value)
        case .fax: fax = try Self.phone(value)
        case .person: persons.append(try Person(written: value))
        }
    }

    fileprivate static func phone(_ text: String) throws(EntryFault) -> PhoneNumber {
        guard let number = PhoneNumber(text) else { throw .badPhone(text) }
        return number
    }

    fileprivate static func email(_ text: String) throws(EntryFault) -> EmailAddress {
        guard let address = EmailAddress(text) else { throw .badEmail(text) }
        return address
    }

    private static func web(_ text: String) throws(EntryFault) -> String {
        let lowered = text.lowercased()
        let host =
            ["https://", "http://"].first { lowered.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? text[...]
        let name = host.prefix { !"/?#:".contains($0) }
        // A scheme that only looks like a host, as in `javascript:`, has no dot before its colon.
        guard name.contains("."), name.first != ".", !text.unicodeScalars.contains(where: \.isBlank),
            !text.contains(where: { "<>\"\\@".contains($0) })
        else { throw .badWeb(text) }
        return text
    }
}

extension Contacts.Kind {
    /// A kind by the name somebody wrote, without case and accents, in either language.
    fileprivate init?(written name: String) {
        switch FieldName.fold(name).filter({ $0 != "-" }) {
        case "assistance", "desk": self = .desk
        case "standard", "switchboard": self = .switchboard
        case "commercial", "sales": self = .sales
        case "adresse", "address": self = .address
        case "web": self = .web
        case "courriel", "email": self = .email
        case "fax", "telecopie": self = .fax
        case "personne", "person": self = .person
        default: return nil
        }
    }
}

extension Contacts.Person {
    /// Reads a name, then a role, a phone number and an e-mail address, told apart by their form.
    fileprivate init(written: String) throws(Contacts.EntryFault) {
        var words: [String] = []
        var phone: PhoneNumber?
        var email: EmailAddress?
        for part in written.split(separator: ",").map(\.trimmed) where !part.isEmpty {
            if part.contains("@") {
                guard email == nil else { throw .tooManyParts }
                email = try Contacts.email(part)
            } else if part.utf8.contains(where: \.isDigit),
                !part.unicodeScalars.contains(where: \.properties.isAlphabetic)
            {
                guard phone == nil else { throw .tooManyParts }
                phone = try Contacts.phone(part)
            } else {
                words.append(part)
            }
        }
        guard let name = words.first else { throw .noName }
        guard words.count <= 2 else { throw .tooManyParts }
        self.init(name: name, role: words.count == 2 ? words[1] : nil, phone: phone, email: email)
    }
}
