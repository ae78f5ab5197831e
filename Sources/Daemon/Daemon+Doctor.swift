import Configuration
import ControlAPI
import Courier
import Doctor
import Intake
import Platform
import SQLiteJournal
import SupportDesk

extension Daemon {
    /// What `doctor` is told by the daemon: everything can be looked at from where it matters.
    func doctor(_ live: LiveSettings, journal: SQLiteJournal, intake: Intake, couriers: Couriers) async -> DoctorView {
        let prepared = live.current
        var checks = await Doctor.examine(
            prepared.settings, warnings: prepared.warnings, environment: environment, file: file,
            probeFax: prepared.fax.probe)
        if let failure = journal.failure {
            let words = failure.explanation
            checks.append(
                DoctorCheck(
                    name: "journal", verdict: .fault, text: words,
                    mend: Bilingual(
                        fr: "vérifiez d'abord le disque (« journalctl -k », « smartctl -a »), puis « systemctl restart "
                            + "assistd ».",
                        en: "check the disk first (\"journalctl -k\", \"smartctl -a\"), then \"systemctl restart "
                            + "assistd\".")))
        } else if let trouble = await intake.stopped {
            checks.append(
                DoctorCheck(
                    name: "intake", verdict: .fault,
                    text: Bilingual(
                        fr: "rien n'est pris en charge : \(trouble.french)",
                        en: "nothing is taken in: \(trouble.english)"),
                    mend: Bilingual(
                        fr: "réparez ce qui est dit ; le service reprend de lui-même.",
                        en: "mend what it says; the service goes on by itself.")))
        }
        for (name, courier) in [("courier", couriers.mail), ("fax courier", couriers.fax)] {
            guard case .open(let fault, let since, _) = await courier.condition else { continue }
            checks.append(
                DoctorCheck(
                    name: name, verdict: .fault,
                    text: Bilingual(
                        fr: "rien ne part depuis \(since) : \(fault.explanation.french)",
                        en: "nothing goes out since \(since): \(fault.explanation.english)"),
                    mend: Bilingual(
                        fr: "réparez ce qui est dit ; l'envoi reprend de lui-même.",
                        en: "mend what it says; sending goes on by itself.")))
        }
        return DoctorView(checks: checks.map { DoctorView.Check($0) })
    }
}

extension DoctorView {
    /// What can be checked without the service, with the rights of whoever runs this process.
    static func withoutService(file: String, environment: [String: String]) async -> DoctorView {
        let checks =
            switch Settings.load(file: file) {
            case .failure(let fault): Doctor.checks(of: fault)
            case .success(let (settings, warnings)):
                await Doctor.examine(
                    settings, warnings: warnings, environment: environment, isService: false,
                    file: file)
            }
        return DoctorView(checks: checks.map { DoctorView.Check($0) })
    }
}

extension DoctorView.Check {
    init(_ check: DoctorCheck) {
        self.init(
            name: check.name, verdict: check.verdict.rawValue, text: check.text.english, textFR: check.text.french,
            mend: check.mend?.english, mendFR: check.mend?.french)
    }
}
