internal import ArgumentParser
import SupportDesk

/// The options every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: help(
            fr: "Fichier de configuration ; sinon $ASSISTD_CONFIG, sinon /etc/assistd/assistd.toml.",
            en: "Configuration file; else $ASSISTD_CONFIG, else /etc/assistd/assistd.toml.",
            value: ValueName.file),
        completion: .file(extensions: ["toml"]))
    var config: String?

    @Flag(help: help(fr: "Écrit du JSON pour un programme.", en: "Print JSON for a program."))
    var json = false
}

/// A command of `assistctl`.
protocol Command: ParsableCommand {
    var common: CommonOptions { get }
    /// Does it; the context knows the common options already.
    func run(in context: CommandContext) async throws -> ExitStatus
}

extension Command {
    /// A mistake in how the command was called.
    func misuse(fr french: String, en english: String) -> ValidationError {
        ValidationError(words(fr: french, en: english))
    }
}
