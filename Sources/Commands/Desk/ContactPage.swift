import Configuration
import SupportDesk

/// How to reach the desk and the partner, and whether somebody answers now.
struct ContactPage {
    private let desk: KnownDesk
    private let partner: Partner?
    private let now: Timestamp

    init(_ desk: KnownDesk, partner: Partner?, at now: Timestamp) {
        self.desk = desk
        self.partner = partner
        self.now = now
    }

    func print(in context: CommandContext) {
        desk.printHeading(at: now, in: context)
        print(desk.settings.contacts.lines.map { ($0.kind.name, $0.text) }, in: context)
        if let partner, !partner.isEmpty { print(partner, in: context) }
        context.output.line()
        for line in advice[context.language].wrapped(to: context.width ?? .max) { context.output.line(line) }
    }

    private func print(_ partner: Partner, in context: CommandContext) {
        context.output.line()
        if let title = partner.name.first {
            let whose = context.say(fr: "(votre partenaire)", en: "(your partner)")
            context.print(beside: [Table.Cell(title.harmless, .bold), Table.Cell(whose, .dim)])
        } else {
            context.output.line(Style.bold.on(context.say(fr: "Votre partenaire", en: "Your partner"), in: context))
        }
        for line in partner.name.dropFirst() { context.output.line("  " + line.harmless) }
        print(rows(of: partner), in: context)
    }

    /// Several values of one name have it once.
    private func print(_ rows: [(name: Bilingual, text: String)], in context: CommandContext) {
        var table = Table(indent: 2)
        table.wraps = true
        for (index, row) in rows.enumerated() {
            let isRepeated = index > 0 && rows[index - 1].name == row.name
            table.add([
                Table.Cell(isRepeated ? "" : row.name[context.language], .dim), Table.Cell(row.text.harmless),
            ])
        }
        table.print(in: context)
    }

    private func rows(of partner: Partner) -> [(name: Bilingual, text: String)] {
        let help = partner.assistance
        var rows: [(name: Bilingual, text: String)] = []
        rows += help.name.map { [(Bilingual(fr: "Assistance", en: "Support"), $0)] } ?? []
        rows += help.phones.map { (Bilingual(fr: "Téléphone", en: "Phone"), $0.display) }
        if let phone = partner.phone, !help.phones.contains(phone) {
            rows.append((Bilingual(fr: "Standard", en: "Switchboard"), phone.display))
        }
        rows += help.emails.map { (Bilingual(fr: "Courriel", en: "Email"), $0.text) }
        rows += partner.salesContact.map { [(Bilingual(fr: "Commercial", en: "Sales"), $0)] } ?? []
        rows +=
            partner.address.isEmpty
            ? [] : [(Bilingual(fr: "Adresse", en: "Address"), partner.address.joined(separator: ", "))]
        rows += help.webs.map { (Bilingual(fr: "Web", en: "Web"), $0) }
        rows += help.remoteControl.map { [(Bilingual(fr: "Prise en main", en: "Remote control"), $0)] } ?? []
        rows += help.message.map { (Bilingual(fr: "Message", en: "Message"), $0) }
        return rows
    }

    /// What to do now.
    private var advice: Bilingual {
        let phone = desk.settings.contacts.desk?.display
        if desk.calendar.isOpen(at: now), let phone {
            return Bilingual(
                fr: "L'assistance répond en ce moment au \(phone). Préparez votre numéro de licence.",
                en: "The desk answers now at \(phone). Have your license number ready.")
        }
        let ways = Bilingual(
            fr: "À toute heure, une question écrite s'envoie (assistctl submit) et un rappel se demande (assistctl "
                + "callback).",
            en: "At any hour, a written question can be sent (assistctl submit) and a call-back asked for (assistctl "
                + "callback).")
        guard let next = desk.calendar.nextOpening(after: now), !desk.calendar.isOpen(at: now) else { return ways }
        let when = desk.calendar.zone.longText(next)
        return Bilingual(
            fr: "L'assistance répond de nouveau \(when.french)\(phone.map { " au \($0)" } ?? ""). \(ways.french)",
            en: "The desk answers again on \(when.english)\(phone.map { ", at \($0)" } ?? ""). \(ways.english)")
    }

    /// The same for programs.
    var view: ContactView {
        ContactView(
            name: desk.settings.name, contacts: desk.settings.contacts, partner: partner,
            opening: OpeningView(desk, at: now))
    }
}
