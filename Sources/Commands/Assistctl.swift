package import ArgumentParser
import ControlAPI
import SupportDesk
import UsageWords

/// The companion of the daemon.
package struct Assistctl: ParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "assistctl",
            abstract: words(fr: "Dépose et suit les demandes d'assistance.", en: "Hand in and follow problem reports."),
            usage: words(fr: "assistctl <commande> [<options>]", en: "assistctl <command> [<options>]"),
            discussion: words(
                fr: "Fin avec 0 : fait ; 1 : ce n'est pas le cas ; 64 : mauvais appel ; 65 : mauvaise entrée ; "
                    + "69 : service injoignable ; 75 : réessayer plus tard ; 77 : interdit ; 78 : configuration.",
                en: "Exits with 0: done; 1: not so; 64: usage; 65: bad input; 69: daemon not reachable; "
                    + "75: try again later; 77: not permitted; 78: configuration."),
            version: "assistctl \(ControlAPI.programVersion)",
            subcommands: [
                SubmitCommand.self, StatusCommand.self, ListCommand.self, ShowCommand.self, WatchCommand.self,
                WaitCommand.self, RetryCommand.self, CancelCommand.self, HoldCommand.self, ReleaseCommand.self,
                ResendCommand.self, AnsweredCommand.self, LicenseCommand.self, CallbackCommand.self,
                HoursCommand.self, ContactCommand.self, StatsCommand.self, DoctorCommand.self,
            ])
    }

    /// argument-parser's own is the English "Error: ".
    package static var _errorPrefix: String { "assistctl: " }

    @OptionGroup var common: CommonOptions

    package init() {}

    /// Does what the arguments ask.
    ///
    /// - Returns: the exit code.
    package static func run(arguments: [String], in context: CommandContext) async -> Int32 {
        await Speech.$language.withValue(context.language) {
            let status = await dispatch(arguments, in: context)
            // What could not be written was not said.
            if context.output.isBroken {
                context.complain(
                    CommandFailure(
                        .notSo, code: "output_failed", fr: "La sortie n'a pas pu être écrite en entier.",
                        en: "The output could not be written in full."))
                return max(status, ExitStatus.notSo.rawValue)
            }
            return status
        }
    }

    private static func dispatch(_ arguments: [String], in context: CommandContext) async -> Int32 {
        var context = context
        do {
            var parsed = try parseAsRoot(arguments)
            guard let command = parsed as? any Command else {
                // The help of a command that only holds others, or of none.
                try parsed.run()
                return ExitStatus.done.rawValue
            }
            context.json = command.common.json
            context.configurationFile = command.common.config
            return try await command.run(in: context).rawValue
        } catch let failure as CommandFailure {
            context.complain(failure)
            return failure.status.rawValue
        } catch {
            return explain(error, arguments, in: context)
        }
    }

    /// Help, the version, a completion script, or what is wrong with the arguments.
    private static func explain(_ error: any Error, _ arguments: [String], in context: CommandContext) -> Int32 {
        let code = exitCode(for: error).rawValue
        var text = fullMessage(for: error, columns: min(context.width ?? 80, 100))
        // Scripts and their answers are no prose.
        let isScript = arguments.contains { $0.hasPrefix("--generate-completion") || $0.hasPrefix("---") }
        if code != 0 || !isScript {
            text = UsageTranslation.translate(text, to: context.language)
        }
        if code == 0 { context.output.line(text) } else { context.errors.line(text) }
        return code
    }
}
