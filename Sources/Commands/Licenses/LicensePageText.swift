import ControlAPI
import SupportDesk

/// What is known of a licence, for a person.
enum LicensePageText {
    static func print(_ license: LicenseView, in context: CommandContext) {
        let verdict = entitlement(of: license, in: context)
        context.output.line(
            Style.bold.on(license.license.harmless, in: context) + "  " + verdict.style.on(verdict.text, in: context))
        if let reason = license.reason {
            let text = Bilingual(fr: reason.textFR, en: reason.text)[context.language].harmlessLines
            for line in text.wrapped(to: context.width ?? .max) { context.output.line(line) }
        }
        let policy =
            switch license.policy {
            case "forward": context.say(fr: "envoyé", en: "sent on")
            case "hold": context.say(fr: "retenu pour une personne", en: "held for a person")
            case "reject": context.say(fr: "refusé", en: "rejected")
            default: license.policy.harmless
            }
        let rows: [(String, String?)] = [
            (context.say(fr: "Un rapport est", en: "A report is"), policy),
            (context.say(fr: "Société", en: "Company"), license.company?.harmless),
            (context.say(fr: "Partenaire", en: "Partner"), license.partner?.harmless),
            (context.say(fr: "Produit", en: "Product"), license.product?.harmless),
            (context.say(fr: "Version", en: "Version"), license.version?.harmless),
            (context.say(fr: "Acheté le", en: "Purchased on"), license.purchasedOn.map { context.day($0) }),
            (context.say(fr: "Contrat", en: "Contract"), license.contract?.harmless),
            (context.say(fr: "Fin du contrat", en: "Contract ends on"), license.contractEndsOn.map { context.day($0) }),
            (context.say(fr: "Mis à jour le", en: "Updated on"), license.updatedOn.map { context.day($0) }),
            (context.say(fr: "Droit jusqu'au", en: "Covered until"), license.coveredUntil.map { context.day($0) }),
            (context.say(fr: "Donne droit à", en: "Covers"), license.covers.map { covers($0, in: context) }),
        ]
        var table = Table(indent: 2)
        table.wraps = true
        for (name, value) in rows {
            if let value, !value.isEmpty { table.add([Table.Cell(name, .dim), Table.Cell(value)]) }
        }
        table.print(in: context)
        for warning in license.warnings {
            let text = Bilingual(fr: warning.textFR, en: warning.text)[context.language].harmlessLines
            for line in text.wrapped(to: context.width ?? .max) {
                context.output.line(Style.yellow.on(line, in: context))
            }
        }
    }

    private static func covers(_ kinds: [String], in context: CommandContext) -> String {
        if kinds.isEmpty { return context.say(fr: "rien", en: "nothing") }
        return kinds.map { AssistanceKind(rawValue: $0)?.name[context.language] ?? $0.harmless }.joined(separator: ", ")
    }

    /// The end of what gives the right, and how near it is.
    static func end(of license: LicenseView, in context: CommandContext) -> Table.Cell {
        guard let left = license.daysLeft else {
            return Table.Cell((license.coveredUntil ?? license.contractEndsOn).map { context.day($0) } ?? "-")
        }
        // The days are those of the contract, also where the year after a purchase goes on longer.
        let isContract = license.basis == "contract"
        guard let end = isContract ? license.contractEndsOn : license.coveredUntil else { return Table.Cell("-") }
        let distance =
            left == 0
            ? context.say(fr: "aujourd'hui", en: "today") : context.say(fr: "J-\(left)", en: "\(left) d left")
        return Table.Cell("\(context.day(end)) (\(distance))", .yellow)
    }

    static func entitlement(of license: LicenseView, in context: CommandContext) -> Table.Cell {
        switch (license.entitled, license.known) {
        case (true, true): Table.Cell(context.say(fr: "en règle", en: "entitled"), .green)
        case (true, false): Table.Cell(context.say(fr: "inconnue, acceptée", en: "unknown, accepted"), .yellow)
        case (false, true): Table.Cell(context.say(fr: "sans droit", en: "not entitled"), .red)
        case (false, false): Table.Cell(context.say(fr: "inconnue", en: "unknown"), .red)
        }
    }
}
