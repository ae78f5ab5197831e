internal import ArgumentParser
import ControlAPI
import SupportDesk

struct LicenseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "license",
            abstract: words(
                fr: "Consulte ou remplace le registre des licences.", en: "Ask or replace the license register."),
            subcommands: [LicenseCheckCommand.self, LicenseListCommand.self, LicenseImportCommand.self])
    }
}

struct LicenseCheckCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: words(fr: "Dit si une licence a droit à l'assistance.", en: "Say whether a license is entitled."),
            discussion: words(
                fr: "Avec la raison et les dates. Fin avec 1 si elle n'y a pas droit.",
                en: "With the reason and the dates. Exits with 1 when it is not."))
    }

    @Argument(help: help(fr: "Numéro de licence.", en: "License number.", value: ValueName.license))
    var number: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        guard !number.trimmingBlanks.isEmpty else {
            throw CommandFailure(
                .badInput, code: "license_missing", fr: "Le numéro de licence est vide.",
                en: "The license number is empty.")
        }
        let license = try context.daemon().license(number)
        if context.json { try context.emit(license) } else { LicensePageText.print(license, in: context) }
        return license.entitled ? .done : .notSo
    }
}

struct LicenseListCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: words(fr: "Liste les licences du registre.", en: "List the register's licenses."),
            discussion: words(
                fr: "Colonnes : licence, droit, jusqu'à quand, société.",
                en: "Columns: license, entitlement, until when, company."))
    }

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let page = try context.daemon().licenses()
        if context.json {
            for license in page.licenses { try context.emit(license) }
            return .done
        }
        if page.licenses.isEmpty {
            context.remark(fr: "Aucune licence n'est connue ici.", en: "No license is known here.")
        }
        var table = Table()
        for license in page.licenses {
            table.add([
                Table.Cell(license.license.harmless), LicensePageText.entitlement(of: license, in: context),
                LicensePageText.end(of: license, in: context),
                Table.Cell(license.company?.harmless ?? ""),
            ])
        }
        table.print(in: context)
        return .done
    }
}
