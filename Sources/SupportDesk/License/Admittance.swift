/// Decides whether a report's licence lets it through. Pure: the day is given.
package struct Admittance: Sendable {
    /// What is known of the licences at the moment.
    package enum Knowledge: Hashable, Sendable {
        /// No register is kept here.
        case noRegister
        /// One is configured, but none could be read since the start.
        case unreadable
        case register(Register)
    }

    /// What is done, by what was found.
    package struct Policies: Hashable, Sendable {
        package var unknown: Policy
        /// Also for a register that is unreadable, but then nothing is forwarded.
        package var noRegister: Policy

        package init(unknown: Policy = .hold, noRegister: Policy = .forward) {
            self.unknown = unknown
            self.noRegister = noRegister
        }
    }

    package enum Outcome: Hashable, Sendable {
        case forward
        /// A person decides.
        case hold(Reason)
        case reject(Reason)
    }

    package struct Decision: Hashable, Sendable {
        package var outcome: Outcome
        /// What may be stored, logged and sent: the normalised number, asterisks for a secret, empty for none.
        package var license: String
        package var entry: Register.Entry?
        package var isUnderContract: Bool
    }

    package var rules: LicenseRules
    package var knowledge: Knowledge
    package var policies: Policies

    package init(rules: LicenseRules, knowledge: Knowledge, policies: Policies) {
        self.rules = rules
        self.knowledge = knowledge
        self.policies = policies
    }

    /// - Parameters:
    ///   - written: the licence as the report has it.
    ///   - today: the day at the desk.
    package func decide(_ written: String, on today: CalendarDate) -> Decision {
        let license: String
        do {
            license = try rules.check(written)
        } catch {
            return Decision(
                outcome: .reject(error.reason), license: LicenseNumber.masked(written), entry: nil,
                isUnderContract: false)
        }
        let (finding, entry) = finding(on: license)
        return Decision(
            outcome: outcome(of: finding), license: license, entry: entry,
            isUnderContract: entry?.isUnderContract(on: today) ?? false)
    }

    /// What the register says of a licence.
    private enum Finding {
        case inOrder, unknown, noRegister, unreadable
    }

    private func finding(on license: String) -> (Finding, Register.Entry?) {
        switch knowledge {
        case .noRegister: return (.noRegister, nil)
        case .unreadable: return (.unreadable, nil)
        case .register(let register):
            guard let entry = register[license] else { return (.unknown, nil) }
            return (.inOrder, entry)
        }
    }

    private func outcome(of finding: Finding) -> Outcome {
        switch finding {
        case .inOrder: .forward
        case .unknown:
            apply(
                policies.unknown,
                Reason(
                    .licenseUnknown,
                    fr:
                        "Cette licence ne figure pas au registre. Vérifiez le numéro ; s'il est juste, demandez à votre "
                        + "partenaire de la faire inscrire.",
                    en:
                        "This license is not in the register. Check the number; if it is right, ask your partner to have "
                        + "it entered."))
        case .noRegister:
            apply(
                policies.noRegister,
                Reason(
                    .licenseUnknown,
                    fr: "Aucun registre des licences n'est tenu ici : une personne doit vérifier la licence.",
                    en: "No license register is kept here: a person has to check the license."))
        case .unreadable:
            // Whoever configured a register wants licences checked: nothing goes out unseen.
            apply(
                policies.noRegister == .reject ? .reject : .hold,
                Reason(
                    .licenseUnknown,
                    fr: "Le registre des licences n'est pas lisible pour l'instant : une personne doit vérifier la "
                        + "licence.",
                    en: "The license register cannot be read at the moment: a person has to check the license."))
        }
    }

    private func apply(_ policy: Policy, _ reason: Reason) -> Outcome {
        switch policy {
        case .forward: .forward
        case .hold: .hold(reason)
        case .reject: .reject(reason)
        }
    }
}
