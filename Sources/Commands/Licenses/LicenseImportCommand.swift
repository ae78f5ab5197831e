internal import ArgumentParser
import Configuration
import SupportDesk

struct LicenseImportCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: words(
                fr: "Vérifie un registre CSV et le met en place.", en: "Check a CSV register and put it in place."),
            discussion: words(
                fr: "Remplace d'un coup le fichier [licenses] register, avec vos droits ; le service le relit seul. "
                    + "Un fichier avec une erreur est refusé en entier, avec ses numéros de ligne.",
                en: "Replaces the file [licenses] register at one stroke, with your rights; the daemon rereads it by "
                    + "itself. A file with an error is refused whole, with line numbers."))
    }

    @Argument(
        help: help(
            fr: "Fichier CSV ; - est l'entrée standard.", en: "CSV file; - is standard input.", value: ValueName.file),
        completion: .file(extensions: ["csv"]))
    var file: String

    @OptionGroup var common: CommonOptions

    /// Bytes; a million licences fit.
    private static let limit = 100_000_000

    func run(in context: CommandContext) async throws -> ExitStatus {
        let known = try context.settings()
        guard let path = known.settings.licenses.register else {
            throw CommandFailure(
                .configuration, code: "no_register",
                fr: known.path == nil
                    ? "La configuration n'est pas lisible ici : indiquez-la par --config."
                    : "Aucun registre n'est configuré : indiquez register sous [licenses].",
                en: known.path == nil
                    ? "The configuration cannot be read here: name it with --config."
                    : "No register is configured: set register under [licenses].")
        }
        let content =
            try file == "-"
            ? context.input.all(limit: Self.limit) : FileContents.read(file, limit: Self.limit)
        let register: Register
        do throws(RegisterFault) {
            register = try Register.parse(content)
        } catch {
            throw CommandFailure(
                .badInput, code: "malformed", fr: error.explanation.french, en: error.explanation.english)
        }
        try RegisterFile.replace(path, with: content)
        let count = register.entries.count
        if context.json {
            try context.emit(ImportResult(path: path, licenses: count, unknownColumns: register.unknownColumns))
            return .done
        }
        context.output.line(
            context.say(
                fr: "\(count) licence\(count > 1 ? "s" : "") en place dans \(path).",
                en: "\(count) license\(count == 1 ? "" : "s") in place in \(path)."))
        if !register.unknownColumns.isEmpty {
            let names = register.unknownColumns.joined(separator: ", ")
            context.remark(
                fr: "Colonnes inconnues, laissées de côté : \(names).", en: "Unknown columns, left aside: \(names).")
        }
        return .done
    }
}

/// What `license import --json` prints.
private struct ImportResult: Encodable {
    var path: String
    var licenses: Int
    var unknownColumns: [String]

    enum CodingKeys: String, CodingKey {
        case path, licenses
        case unknownColumns = "unknown_columns"
    }
}
