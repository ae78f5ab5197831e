internal import ArgumentParser
import Configuration
import SupportDesk

struct ShowCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: words(fr: "Montre tout d'une demande.", en: "Show everything about a submission."),
            usage: words(
                fr: "assistctl show <réf> [--message] [<options>]", en: "assistctl show <ref> [--message] [<options>]"),
            discussion: words(
                fr: "Champs, dates, tentatives avec les mots du serveur, historique et description.",
                en: "Fields, dates, attempts with the server's own words, history and description."))
    }

    @Argument(help: help(fr: "Référence de la demande.", en: "The submission's reference.", value: ValueName.reference))
    var reference: String

    @Flag(
        help: help(
            fr: "Écrit le message envoyé, octet pour octet.", en: "Print the message that was sent, byte for byte."))
    var message = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if message, common.json {
            throw misuse(
                fr: "--message écrit le message tel quel : sans --json.",
                en: "--message prints the message as it is: without --json.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let reference = try References.one(reference)
        let daemon = try context.daemon()
        do throws(CommandFailure) {
            if message {
                let output = context.output
                try daemon.message(of: reference) { piece in
                    output.write(piece)
                    return !output.isBroken
                }
                return .done
            }
            let submission = try daemon.submission(reference)
            if context.json {
                do { try context.emit(submission) } catch { throw ControlClient.misunderstood(error) }
            } else {
                let desk = try? KnownDesk(try context.settings().settings.desk)
                SubmissionPageText(submission, desk: desk?.calendar.zone).print(in: context)
            }
            return .done
        } catch {
            throw error.status == .notSo ? error.about(reference) : error
        }
    }
}
