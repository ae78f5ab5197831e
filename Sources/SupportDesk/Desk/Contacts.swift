/// How a desk can be reached.
package struct Contacts: Hashable, Sendable {
    /// Somebody there.
    package struct Person: Hashable, Sendable {
        package var name: String
        /// What they do, in their own words.
        package var role: String?
        package var phone: PhoneNumber?
        package var email: EmailAddress?

        package init(name: String, role: String? = nil, phone: PhoneNumber? = nil, email: EmailAddress? = nil) {
            self.name = name
            self.role = role
            self.phone = phone
            self.email = email
        }
    }

    /// The telephone of the assistance.
    package var desk: PhoneNumber?
    package var switchboard: PhoneNumber?
    /// The telephone of those who sell.
    package var sales: PhoneNumber?
    package var salesEmail: EmailAddress?
    /// The postal address, on one line.
    package var address: String?
    package var web: String?
    /// The mailbox of the assistance.
    package var email: EmailAddress?
    package var fax: PhoneNumber?
    /// In the order in which they were named.
    package var persons: [Person] = []

    /// Nobody and nothing.
    package init() {}

    /// GESTIMUM, as it publishes its coordinates.
    package static let standard: Contacts = {
        var contacts = Contacts()
        contacts.desk = PhoneNumber("+33 1 34 84 09 94")
        contacts.switchboard = PhoneNumber("+33 1 34 84 09 89")
        contacts.sales = PhoneNumber("+33 1 34 84 09 99")
        contacts.salesEmail = EmailAddress("contact@gestimum.com")
        contacts.address = "Rambouillet, France"
        contacts.web = "https://www.gestimum.com"
        contacts.email = EmailAddress("assistance@gestimum.com")
        contacts.fax = PhoneNumber("+33 1 30 41 77 81")
        return contacts
    }()
}

extension Contacts {
    /// What a line of the contacts is about, in the order in which they are shown.
    package enum Kind: String, Sendable, CaseIterable {
        case desk, email, fax, switchboard, sales, salesEmail, address, web, person

        /// A heading for people.
        package var name: Bilingual {
            switch self {
            case .desk: Bilingual(fr: "Assistance", en: "Support desk")
            case .email: Bilingual(fr: "Courriel", en: "Email")
            case .fax: Bilingual(fr: "Fax", en: "Fax")
            case .switchboard: Bilingual(fr: "Standard", en: "Switchboard")
            case .sales: Bilingual(fr: "Commercial", en: "Sales")
            case .salesEmail: Bilingual(fr: "Courriel commercial", en: "Sales email")
            case .address: Bilingual(fr: "Adresse", en: "Address")
            case .web: Bilingual(fr: "Web", en: "Web")
            case .person: Bilingual(fr: "Personne", en: "Person")
            }
        }
    }

    /// One line a coordinate that is there, in the order of the kinds; a person's parts are separated by commas.
    package var lines: [(kind: Kind, text: String)] {
        Kind.allCases.flatMap { kind in texts(of: kind).map { (kind, $0) } }
    }

    private func texts(of kind: Kind) -> [String] {
        let text: String?
        switch kind {
        case .desk: text = desk?.display
        case .email: text = email?.text
        case .fax: text = fax?.display
        case .switchboard: text = switchboard?.display
        case .sales: text = sales?.display
        case .salesEmail: text = salesEmail?.text
        case .address: text = address
        case .web: text = web
        case .person:
            return persons.map { person in
                [person.name, person.role, person.phone?.display, person.email?.text].compactMap(\.self)
                    .joined(separator: ", ")
            }
        }
        return text.map { [$0] } ?? []
    }
}
