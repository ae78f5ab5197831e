package import ArgumentParser
import Configuration
import ControlAPI
import Glibc
import Platform
import SupportDesk
import UsageWords

/// `assistd`: the daemon's command line.
package struct AssistdCommand: AsyncParsableCommand {
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "assistd",
            abstract: say(
                "Transmet au support les rapports de problème déposés dans un dossier.",
                "Carries problem reports dropped into a folder to the support desk."),
            discussion: say(
                "Reste au premier plan et journalise sur la sortie d'erreur. SIGTERM arrête sans rien perdre, SIGHUP "
                    + "relit la configuration.",
                "Stays in the foreground and logs to standard error. SIGTERM stops without losing anything, SIGHUP "
                    + "reads the configuration again."),
            version: ControlAPI.programVersion)
    }

    @Option(help: ArgumentHelp(say("Fichier de configuration.", "Configuration file."), valueName: "file"))
    private var config: String?

    @Flag(help: ArgumentHelp(say("Vérifie la configuration et s'arrête.", "Checks the configuration and exits.")))
    private var check = false

    @Flag(
        help: ArgumentHelp(
            say(
                "Vérifie ce qui peut l'être sans le service, en JSON, et s'arrête (pour assistctl doctor).",
                "Checks what can be without the service, in JSON, and exits (for assistctl doctor).")))
    private var doctor = false

    package init() {}

    package func validate() throws {
        if check, doctor {
            throw ValidationError(say("--check ou --doctor, pas les deux.", "Either --check or --doctor."))
        }
    }

    /// argument-parser's own is the English "Error: ".
    package static var _errorPrefix: String { "assistd: " }

    /// Reads the command line, runs, and ends the process.
    package static func start() async -> Never {
        ProcessMemory.share()
        ProcessMemory.hide()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            Glibc.exit(0)
        } catch {
            let code = exitCode(for: error).rawValue
            let text = UsageTranslation.translate(
                fullMessage(for: error), to: Language(environment: ProcessEnvironment.current))
            if code == 0 { print(text) } else if !text.isEmpty { StandardErrorLog.toStandardError(text + "\n") }
            Glibc.exit(code)
        }
    }

    package func run() async throws {
        let environment = ProcessEnvironment.current
        let language = Language(environment: environment)
        let file = config ?? environment["ASSISTD_CONFIG"] ?? "/etc/assistd/assistd.toml"
        if doctor {
            let findings = await DoctorView.withoutService(file: file, environment: environment)
            print(String(decoding: try ControlAPI.json(findings), as: UTF8.self))
            guard fflush(nil) == 0 else { throw ExitCode.failure }
            return
        }
        let startup = Startup(file: file, environment: environment, language: language)
        guard let prepared = startup.prepare() else { throw ExitCode(78) }
        if check {
            print(say("\(file) : configuration correcte", "\(file): configuration in order"))
            return
        }
        do {
            try await Daemon(file: file, prepared: prepared, environment: environment).run()
        } catch {
            startup.complain(error)
            throw ExitCode(StartupFault.exitCode(for: error))
        }
    }
}

/// A sentence in the language of this process.
private func say(_ french: String, _ english: String) -> String {
    Bilingual(fr: french, en: english)[Language(environment: ProcessEnvironment.current)]
}
