import SupportDesk
import Testing

@Suite("Contacts of a desk")
struct ContactsTests {
    private func fault(_ entries: [String]) -> ContactsFault? {
        do {
            _ = try Contacts(entries)
            return nil
        } catch {
            return error
        }
    }

    private func shown(_ contacts: Contacts) -> [String] { contacts.lines.map { "\($0.kind.rawValue): \($0.text)" } }

    @Test("nothing configured gives what GESTIMUM publishes")
    func standard() throws {
        #expect(try Contacts([]) == .standard)
        #expect(
            shown(.standard) == [
                "desk: +33 1 34 84 09 94", "email: assistance@gestimum.com", "fax: +33 1 30 41 77 81",
                "switchboard: +33 1 34 84 09 89", "sales: +33 1 34 84 09 99", "salesEmail: contact@gestimum.com",
                "address: Rambouillet, France", "web: https://www.gestimum.com",
            ])
    }

    @Test("entries replace the standard's, in French and in English")
    func replaced() throws {
        let french = [
            "assistance: 01 99 00 12 34", "Standard : 01 99 00 12 35", "COMMERCIAL\u{A0}: 01 99 00 12 36",
            "commercial: ventes@exemple.fr", "adresse: 12, rue de l’Étang : bâtiment B",
            "web: http://exemple.fr:8080/a?b",
            "courriel: aide@exemple.fr", "Télécopie: 01 99 00 12 37",
            "personne: Hélène Martin, support, 01 99 00 12 38, helene@exemple.fr",
        ]
        let english = [
            "desk: +33 1 99 00 12 34", "switchboard: +33199001235", "sales: 0033199001236",
            "sales: ventes@exemple.fr", "address: 12, rue de l’Étang : bâtiment B", "web: http://exemple.fr:8080/a?b",
            "E-mail: aide@exemple.fr", "fax: 0199001237",
            "person: Hélène Martin, support, 01 99 00 12 38, helene@exemple.fr",
        ]
        let contacts = try Contacts(french)
        #expect(try Contacts(english) == contacts)
        #expect(
            shown(contacts) == [
                "desk: +33 1 99 00 12 34", "email: aide@exemple.fr", "fax: +33 1 99 00 12 37",
                "switchboard: +33 1 99 00 12 35", "sales: +33 1 99 00 12 36", "salesEmail: ventes@exemple.fr",
                "address: 12, rue de l’Étang : bâtiment B", "web: http://exemple.fr:8080/a?b",
                "person: Hélène Martin, support, +33 1 99 00 12 38, helene@exemple.fr",
            ])
        var one = Contacts.standard
        one.fax = PhoneNumber("01 99 00 12 37")
        #expect(try Contacts(["fax: 01 99 00 12 37"]) == one)
    }

    @Test("none removes", arguments: Contacts.Kind.allCases.filter { $0 != .salesEmail && $0 != .person })
    func removed(_ kind: Contacts.Kind) throws {
        for word in ["aucun", "Aucune", "none"] {
            let contacts = try Contacts(["\(kind.rawValue): \(word)"])
            let gone: [Contacts.Kind] = kind == .sales ? [.sales, .salesEmail] : [kind]
            #expect(contacts.lines.map(\.kind) == Contacts.standard.lines.map(\.kind).filter { !gone.contains($0) })
        }
    }

    @Test("of the sales, what follows none remains")
    func salesOnlyByMail() throws {
        let contacts = try Contacts(["commercial: aucun", "commercial: ventes@exemple.fr"])
        #expect(contacts.sales == nil)
        #expect(contacts.salesEmail?.text == "ventes@exemple.fr")
    }

    @Test("persons add up; their parts are told apart by their form")
    func persons() throws {
        let contacts = try Contacts([
            "personne: Jean", "person: 3912, Léa Roux", "personne: a@b.fr , Ana , 01.99.00.12.34,, comptable",
        ])
        #expect(
            contacts.persons == [
                .init(name: "Jean"), .init(name: "Léa Roux", phone: PhoneNumber("3912")),
                .init(
                    name: "Ana", role: "comptable", phone: PhoneNumber("+33 1 99 00 12 34"),
                    email: EmailAddress("a@b.fr")),
            ])
    }

    @Test(
        "what is wrong is named in both languages",
        arguments: [
            ("telex: 123", "telex", "telex"), ("telex: 123", "standard", "switchboard"),
            ("01 99 00 12 34", "nature", "kind"),
            (": 3912", "nature", "kind"), ("fax:", "aucun", "none"), ("fax: 12", "trois chiffres", "three digits"),
            ("fax: douze", "téléphone", "phone"), ("desk: a@b.fr", "téléphone", "phone"),
            ("email: a@b", "courriel", "e-mail"), ("sales: a@@b.fr", "courriel", "e-mail"),
            ("web: javascript:alert(1)", "web", "web"), ("web: https://", "web", "web"), ("web: a b.fr", "web", "web"),
            ("adresse: a\nb", "contrôle", "control"), ("adresse: \u{1B}[31m", "contrôle", "control"),
            ("adresse: \u{202E}a", "contrôle", "control"),
            ("adresse: " + String(repeating: "a", count: 300), "300", "300"),
            ("person: 3912, a@b.fr", "nom", "name"), ("person: a, b, c", "rôle", "role"),
            ("person: a, 112, 113", "téléphone", "phone"), ("person: a, b@c", "courriel", "e-mail"),
            ("person: a, 12", "trois chiffres", "three digits"),
        ])
    func refused(_ entry: String, _ french: String, _ english: String) throws {
        let fault = try #require(self.fault(["switchboard: 3912", entry]))
        #expect(fault.flaws.map(\.entry) == [1])
        #expect(fault.explanation.french.contains(french))
        #expect(fault.explanation.english.contains(english))
        #expect(fault.explanation.french.hasPrefix("Contact n° 2 : "))
        #expect(!fault.explanation.english.unicodeScalars.contains { $0.isHarmful })
    }

    @Test(
        "the same kind twice is refused",
        arguments: [
            ["fax: 3912", "fax: 3913"], ["fax: aucun", "fax: 3912"], ["fax: 3912", "fax: aucun"],
            ["fax: none", "fax: none"], ["sales: 3912", "sales: none"], ["sales: a@b.fr", "sales: none"],
            ["sales: a@b.fr", "commercial: c@d.fr"], ["person: a", "person: none"],
        ])
    func twice(_ entries: [String]) {
        #expect(fault(entries)?.flaws.map(\.entry) == [1])
    }

    @Test("all that is wrong is named at once")
    func all() {
        #expect(fault(["fax: x", "web: https://a.fr", "email: y"])?.flaws.map(\.entry) == [0, 2])
    }
}
