import SupportDesk

/// What `contact --json` prints.
struct ContactView: Encodable {
    var desk: Desk
    var partner: PartnerView?

    struct Desk: Encodable {
        var name: String
        var phone: String?
        var switchboard: String?
        var sales: String?
        var salesEmail: String?
        var email: String?
        var fax: String?
        var address: String?
        var web: String?
        var persons: [Person]
        var open: Bool
        var nextOpening: String?

        enum CodingKeys: String, CodingKey {
            case name, phone, switchboard, sales
            case salesEmail = "sales_email"
            case email, fax, address, web, persons, open
            case nextOpening = "next_opening"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(phone, forKey: .phone)
            try container.encode(switchboard, forKey: .switchboard)
            try container.encode(sales, forKey: .sales)
            try container.encode(salesEmail, forKey: .salesEmail)
            try container.encode(email, forKey: .email)
            try container.encode(fax, forKey: .fax)
            try container.encode(address, forKey: .address)
            try container.encode(web, forKey: .web)
            try container.encode(persons, forKey: .persons)
            try container.encode(open, forKey: .open)
            try container.encode(nextOpening, forKey: .nextOpening)
        }
    }

    struct Person: Encodable {
        var name: String
        var role: String?
        var phone: String?
        var email: String?

        enum CodingKeys: String, CodingKey { case name, role, phone, email }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(role, forKey: .role)
            try container.encode(phone, forKey: .phone)
            try container.encode(email, forKey: .email)
        }
    }

    struct PartnerView: Encodable {
        var name: [String]
        var address: [String]
        var phone: String?
        var salesContact: String?
        var assistance: String?
        var phones: [String]
        var emails: [String]
        var webs: [String]
        var message: [String]
        var remoteControl: String?

        enum CodingKeys: String, CodingKey {
            case name, address, phone
            case salesContact = "sales_contact"
            case assistance, phones, emails, webs, message
            case remoteControl = "remote_control"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(address, forKey: .address)
            try container.encode(phone, forKey: .phone)
            try container.encode(salesContact, forKey: .salesContact)
            try container.encode(assistance, forKey: .assistance)
            try container.encode(phones, forKey: .phones)
            try container.encode(emails, forKey: .emails)
            try container.encode(webs, forKey: .webs)
            try container.encode(message, forKey: .message)
            try container.encode(remoteControl, forKey: .remoteControl)
        }
    }

    init(name: String, contacts: Contacts, partner: Partner?, opening: OpeningView) {
        desk = Desk(
            name: name, phone: contacts.desk?.display, switchboard: contacts.switchboard?.display,
            sales: contacts.sales?.display, salesEmail: contacts.salesEmail?.text, email: contacts.email?.text,
            fax: contacts.fax?.display, address: contacts.address, web: contacts.web,
            persons: contacts.persons.map {
                Person(name: $0.name, role: $0.role, phone: $0.phone?.display, email: $0.email?.text)
            }, open: opening.open, nextOpening: opening.nextOpening)
        self.partner = partner.map { partner in
            let help = partner.assistance
            return PartnerView(
                name: partner.name, address: partner.address, phone: partner.phone?.display,
                salesContact: partner.salesContact, assistance: help.name, phones: help.phones.map(\.display),
                emails: help.emails.map(\.text), webs: help.webs, message: help.message,
                remoteControl: help.remoteControl)
        }
    }

    enum CodingKeys: String, CodingKey { case desk, partner }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(desk, forKey: .desk)
        try container.encode(partner, forKey: .partner)
    }
}
