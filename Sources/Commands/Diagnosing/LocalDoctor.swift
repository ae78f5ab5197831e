import Configuration
import ControlAPI
import Doctor
import SupportDesk

/// What can be checked without the daemon, with the rights of whoever runs the command.
struct LocalDoctor {
    /// Why the daemon could not be asked.
    let failure: CommandFailure
    let context: CommandContext

    func findings() async -> DoctorView {
        var checks = [unreachable]
        let path = context.namedConfigurationFile ?? CommandContext.defaultConfigurationFile
        switch Settings.load(file: path) {
        case .failure(let fault): checks += Doctor.checks(of: fault).map { DoctorView.Check($0) }
        case .success(let (settings, warnings)):
            checks += await Doctor.examine(
                settings, warnings: warnings, environment: context.environment, clock: context.clock,
                isService: false, file: path
            ).map { DoctorView.Check($0) }
        }
        return DoctorView(checks: checks)
    }

    private var unreachable: DoctorView.Check {
        DoctorView.Check(
            name: "daemon", verdict: "fault", text: failure.explanation.english, textFR: failure.explanation.french,
            mend: "look at “systemctl status assistd” and “journalctl -u assistd”, then “systemctl start assistd”.",
            mendFR: "voyez « systemctl status assistd » et « journalctl -u assistd », puis « systemctl start assistd »."
        )
    }
}

extension DoctorView.Check {
    init(_ check: DoctorCheck) {
        self.init(
            name: check.name, verdict: check.verdict.rawValue, text: check.text.english, textFR: check.text.french,
            mend: check.mend?.english, mendFR: check.mend?.french)
    }
}
