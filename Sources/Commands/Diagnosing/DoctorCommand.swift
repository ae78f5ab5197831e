internal import ArgumentParser
import Configuration
import ControlAPI
import SupportDesk

struct DoctorCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: words(fr: "Vérifie tout et dit comment réparer.", en: "Check everything and say how to mend it."),
            discussion: words(
                fr: "Configuration, dossiers, registre, serveur de courriel, horloge. Quand le service ne répond pas, "
                    + "le programme assistd vérifie d'ici ce qui peut l'être. Fin avec 1 s'il y a un défaut.",
                en: "Configuration, folders, register, mail server, clock. When the daemon does not answer, the "
                    + "program assistd checks what can be from here. Exits with 1 when there is a fault."))
    }

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let findings = try await findings(in: context)
        if context.json { try context.emit(findings) } else { FindingsPage(findings).print(in: context) }
        return findings.checks.contains { $0.verdict == "fault" } ? .notSo : .done
    }

    private func findings(in context: CommandContext) async throws -> DoctorView {
        let socket = try usableSocket(in: context)
        let failure: CommandFailure
        do throws(CommandFailure) {
            return try ControlClient(transport: context.transport(socket)).doctor()
        } catch {
            failure = error
        }
        guard failure.status == .unreachable else { throw failure }
        let file = context.namedConfigurationFile ?? CommandContext.defaultConfigurationFile
        return DoctorView(checks: [unreachable(failure)] + (await context.examine(file)).checks)
    }

    private func unreachable(_ failure: CommandFailure) -> DoctorView.Check {
        DoctorView.Check(
            name: "daemon", verdict: "fault", text: failure.explanation.english, textFR: failure.explanation.french,
            mend: "look at “systemctl status assistd” and “journalctl -u assistd”, then “systemctl start assistd”.",
            mendFR: "voyez « systemctl status assistd » et « journalctl -u assistd », puis « systemctl start assistd »."
        )
    }

    /// The configured socket. A configuration that cannot be used is what a doctor is asked about, and the daemon
    /// may run all the same: then the default.
    private func usableSocket(in context: CommandContext) throws(CommandFailure) -> String {
        do throws(CommandFailure) {
            return try context.settings().settings.control.socket
        } catch {
            guard error.status == .configuration else { throw error }
            return Settings().control.socket
        }
    }
}
