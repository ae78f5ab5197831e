import Configuration
import Platform
import SupportDesk

extension Doctor {
    /// The register of licences.
    func register() -> [DoctorCheck] {
        guard let path = settings.licenses.register else { return [noRegister()] }
        let bytes: [UInt8]
        let modified: Timestamp
        do throws(SystemError) {
            let file = try OpenFile(following: path)
            let info = try file.info()
            guard info.kind == .regular else {
                return [
                    .fault(
                        "register", fr: "\(path) n'est pas un fichier.", en: "\(path) is not a file.",
                        mend: Bilingual(fr: "corrigez licenses.register.", en: "correct licenses.register."))
                ]
            }
            modified = Timestamp(milliseconds: info.modified / 1_000_000)
            bytes = try file.read(limit: 100_000_000, expecting: info.size)
        } catch {
            return [
                .fault(
                    "register", fr: "\(path) : \(error.reason.french).", en: "\(path): \(error.reason.english).",
                    mend: Bilingual(
                        fr: "vérifiez le chemin et les droits : le compte assistd doit pouvoir le lire (chgrp assistd, "
                            + "chmod g+r).",
                        en: "check path and permissions: the account assistd must be able to read it (chgrp assistd, "
                            + "chmod g+r)."))
            ]
        }
        do throws(RegisterFault) {
            return findings(in: try Register.parse(bytes), at: path, modified: modified)
        } catch {
            let words = error.explanation
            return [
                .fault(
                    "register", fr: "\(path) : \(words.french)", en: "\(path): \(words.english)",
                    mend: Bilingual(
                        fr: "corrigez ces lignes ; en attendant, le registre lu auparavant reste en usage.",
                        en: "correct these lines; meanwhile the register that was read before stays in use."))
            ]
        }
    }

    private func noRegister() -> DoctorCheck {
        switch settings.licenses.noRegister {
        case .forward:
            .ok(
                "register", fr: "pas de registre : les licences ne sont pas vérifiées, les rapports partent.",
                en: "no register: licenses are not checked, reports are sent.")
        case .hold, .reject:
            .warning(
                "register",
                fr: "pas de registre : aucun rapport ne part de lui-même (licenses.no_register = "
                    + "\"\(settings.licenses.noRegister.rawValue)\").",
                en: "no register: no report leaves by itself (licenses.no_register = "
                    + "\"\(settings.licenses.noRegister.rawValue)\").",
                mend: Bilingual(
                    fr: "donnez licenses.register, ou mettez no_register = \"forward\".",
                    en: "give licenses.register, or set no_register = \"forward\"."))
        }
    }

    private func findings(in register: Register, at path: String, modified: Timestamp) -> [DoctorCheck] {
        let count = register.entries.count
        var checks: [DoctorCheck] = []
        if count == 0 {
            checks.append(
                .warning(
                    "register", fr: "\(path) ne contient aucune licence.", en: "\(path) holds no license.",
                    mend: Bilingual(
                        fr: "ajoutez les licences, une par ligne, ou retirez licenses.register.",
                        en: "add the licenses, one a line, or remove licenses.register.")))
        }
        let odd = register.unknownColumns.map { "« \($0.harmless) »" }.joined(separator: ", ")
        if !odd.isEmpty {
            checks.append(
                .warning(
                    "register", fr: "\(path) : colonnes inconnues, ignorées : \(odd).",
                    en: "\(path): unknown columns, ignored: \(odd).",
                    mend: Bilingual(
                        fr: "corrigez leur nom : licence, societe, partenaire, produit, version, date_achat, contrat, "
                            + "fin_contrat.",
                        en: "correct their names: licence, societe, partenaire, produit, version, date_achat, contrat, "
                            + "fin_contrat.")))
        }
        checks += formChecks(register, at: path)
        if checks.isEmpty {
            let days = max(0, (clock.now - modified).components.seconds / 86_400)
            let age = Bilingual(
                fr: days == 0 ? "aujourd'hui" : "il y a \(days) jour\(days > 1 ? "s" : "")",
                en: days == 0 ? "today" : "\(days) day\(days > 1 ? "s" : "") ago")
            checks.append(
                .ok(
                    "register", fr: "\(path) : \(count) licence\(count > 1 ? "s" : ""), modifié \(age.french).",
                    en: "\(path): \(count) license\(count > 1 ? "s" : ""), changed \(age.english)."))
        }
        return checks
    }

    /// A licence of the register that the rules refuse could never be used.
    private func formChecks(_ register: Register, at path: String) -> [DoctorCheck] {
        var rules = LicenseRules()
        rules.pattern = settings.licenses.pattern
        rules.checkDigit = settings.licenses.checkDigit
        var refused: [String] = []
        for entry in register.entries {
            do throws(Rejection) {
                _ = try rules.check(entry.license)
            } catch {
                refused.append(entry.license)
            }
        }
        guard let first = refused.first else { return [] }
        return [
            .warning(
                "register",
                fr: "\(path) : licences qui n'ont pas la forme demandée, et que tout rapport verrait "
                    + "refuser : \(refused.count), dont \(first).",
                en: "\(path): licenses that do not have the form asked for, so that any report with them is refused: "
                    + "\(refused.count), one of them \(first).",
                mend: Bilingual(
                    fr: "corrigez-les, ou changez licenses.pattern ou check_digit.",
                    en: "correct them, or change licenses.pattern or check_digit."))
        ]
    }
}
