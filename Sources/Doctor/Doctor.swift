package import Configuration
package import SupportDesk

/// Looks at everything the service needs, and says how to mend what is wrong.
///
/// It should run in the service's own process: only there do permissions mean anything, and only there are all secrets.
package struct Doctor: Sendable {
    let settings: Settings
    let warnings: [ConfigurationProblem]
    let environment: [String: String]
    let clock: WallClock
    let machine: Machine
    let isService: Bool
    /// The configuration's path: the partner's file may lie beside it.
    let file: String
    let probeMail: @Sendable () async -> MailProbe
    let probeFax: FaxProbe?

    /// - Parameters:
    ///   - warnings: what the configuration was warned of when it was read.
    ///   - environment: where secrets may be found.
    ///   - isService: whether this is the service's own process.
    ///   - probeFax: looks at the fax gateway; nil where only the service can.
    ///   - probeMail: goes to the mail server as far as the login.
    package init(
        settings: Settings, warnings: [ConfigurationProblem], environment: [String: String], clock: WallClock,
        machine: Machine = Machine(), isService: Bool = true,
        file: String = "/etc/assistd/assistd.toml", probeFax: FaxProbe? = nil,
        probeMail: @escaping @Sendable () async -> MailProbe
    ) {
        self.settings = settings
        self.warnings = warnings
        self.environment = environment
        self.clock = clock
        self.machine = machine
        self.isService = isService
        self.file = file
        self.probeMail = probeMail
        self.probeFax = probeFax
    }

    /// Every check, in the order a report takes. One that fails never keeps the others from running.
    @concurrent
    package func run() async -> [DoctorCheck] {
        async let mail = mail()
        var checks = configuration()
        checks += spool()
        checks += register()
        checks += desk()
        checks += secrets()
        checks.append(await mail)
        checks += await fax()
        checks += journal()
        checks += time()
        checks += watching()
        return checks
    }

    /// What is wrong with a configuration that cannot be used: then there is nothing else to look at.
    package static func checks(of fault: ConfigurationFault) -> [DoctorCheck] {
        fault.problems.map { problem in
            .fault(
                "configuration", fr: problem.rendered(file: fault.file, in: .french),
                en: problem.rendered(file: fault.file, in: .english),
                mend: Bilingual(
                    fr: "corrigez \(fault.file), puis vérifiez par « assistd --check ».",
                    en: "correct \(fault.file), then check with \"assistd --check\"."))
        }
    }

    private func configuration() -> [DoctorCheck] {
        // That the register is missing has a check of its own.
        let missing = settings.missing.filter { $0.key != "licenses.register" }
        var checks = warnings.map { problem in
            let line = problem.line.map { Bilingual(fr: "ligne \($0), ", en: "line \($0), ") }
            return DoctorCheck.warning(
                "configuration", fr: "\(line?.french ?? "")\(problem.key) : \(problem.words.french)",
                en: "\(line?.english ?? "")\(problem.key): \(problem.words.english)",
                mend: Bilingual(
                    fr: "changez ou retirez \(problem.key), puis « systemctl reload assistd ».",
                    en: "change or remove \(problem.key), then \"systemctl reload assistd\"."))
        }
        checks += missing.map { problem in
            .warning(
                "configuration", fr: "\(problem.key) : \(problem.words.french)",
                en: "\(problem.key): \(problem.words.english)",
                mend: Bilingual(
                    fr: "une fois \(problem.key) corrigé : « systemctl restart assistd ».",
                    en: "once \(problem.key) is corrected: \"systemctl restart assistd\"."))
        }
        let sample = [
            settings.smtp.url?.contains("smtp.example.com") == true ? "smtp.url" : nil,
            settings.smtp.from?.hasSuffix("@example.com") == true ? "smtp.from" : nil,
        ].compactMap(\.self)
        if !sample.isEmpty {
            let keys = sample.joined(separator: ", ")
            checks.append(
                .warning(
                    "configuration", fr: "encore la valeur du fichier d'exemple : \(keys).",
                    en: "still the value of the sample file: \(keys).",
                    mend: Bilingual(
                        fr: "mettez votre serveur et votre adresse sous [smtp].",
                        en: "put your server and your address under [smtp].")))
        }
        if checks.isEmpty {
            checks.append(.ok("configuration", fr: "configuration correcte.", en: "the configuration is correct."))
        }
        return checks
    }
}
