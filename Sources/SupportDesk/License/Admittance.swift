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
        /// The contract has ended.
        package var expired: Policy
        /// There is no contract, and no purchase or update of the last year; nil for what `expired` says.
        package var notEntitled: Policy?
        /// The contract is running but does not cover this kind of assistance.
        package var channelNotCovered: Policy
        /// The version is older than those supported.
        package var unsupportedVersion: Policy

        package init(
            unknown: Policy = .hold, noRegister: Policy = .forward, expired: Policy = .hold,
            notEntitled: Policy? = nil, channelNotCovered: Policy = .hold, unsupportedVersion: Policy = .forward
        ) {
            self.unknown = unknown
            self.noRegister = noRegister
            self.expired = expired
            self.notEntitled = notEntitled
            self.channelNotCovered = channelNotCovered
            self.unsupportedVersion = unsupportedVersion
        }

        /// What is done about a problem. One that has no policy of its own waits for a person.
        func policy(for code: Reason.Code) -> Policy {
            switch code {
            case .contractExpired: expired
            case .notEntitled: notEntitled ?? expired
            case .channelNotCovered: channelNotCovered
            case .unsupportedVersion: unsupportedVersion
            default: .hold
            }
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
        /// What the licence gives a right to; nil without an entry. Its problems are all told, also those in spite
        /// of which the report is forwarded: whoever reads it learns of them.
        package var entitlement: Entitlement?

        /// A contract is running, or the year after the purchase or an update.
        package var isUnderContract: Bool { entitlement?.isUnderContract ?? false }

        /// Whether the desk's promise of an answer holds for what goes out. Where no entry is known, nothing says
        /// otherwise.
        package var isPromised: Bool { entitlement?.isCovered ?? true }
    }

    package var rules: LicenseRules
    package var knowledge: Knowledge
    package var policies: Policies
    /// What an entry of the register gives a right to.
    package var entitlement: EntitlementRules

    package init(
        rules: LicenseRules, knowledge: Knowledge, policies: Policies,
        entitlement: EntitlementRules = EntitlementRules()
    ) {
        self.rules = rules
        self.knowledge = knowledge
        self.policies = policies
        self.entitlement = entitlement
    }

    /// - Parameters:
    ///   - written: the licence as the report has it.
    ///   - kind: the assistance that is asked for.
    ///   - version: that of the software as the report has it; nil where it says none.
    ///   - today: the day at the desk.
    package func decide(
        _ written: String, for kind: AssistanceKind = .mail, version: String? = nil, on today: CalendarDate
    ) -> Decision {
        let license: String
        do {
            license = try rules.check(written)
        } catch {
            return Decision(outcome: .reject(error.reason), license: LicenseNumber.masked(written))
        }
        let finding = finding(on: license)
        var decision = Decision(outcome: .forward, license: license)
        if case .known(let entry) = finding {
            decision.entry = entry
            decision.entitlement = entitlement.assess(entry, for: kind, version: version, on: today)
        }
        decision.outcome = outcome(of: finding, decision.entitlement?.problems ?? [])
        return decision
    }

    /// What the register says of a licence.
    private enum Finding {
        case known(Register.Entry)
        case unknown, noRegister, unreadable
    }

    private func finding(on license: String) -> Finding {
        switch knowledge {
        case .noRegister: .noRegister
        case .unreadable: .unreadable
        case .register(let register): register[license].map(Finding.known) ?? .unknown
        }
    }

    private func outcome(of finding: Finding, _ problems: [Entitlement.Problem]) -> Outcome {
        switch finding {
        case .known: outcome(of: problems)
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

    /// The strictest policy decides, and of its problems the gravest is the reason.
    private func outcome(of problems: [Entitlement.Problem]) -> Outcome {
        for policy in [Policy.reject, .hold] {
            if let problem = problems.first(where: { policies.policy(for: $0.code) == policy }) {
                return apply(policy, problem.reason)
            }
        }
        return .forward
    }

    private func apply(_ policy: Policy, _ reason: Reason) -> Outcome {
        switch policy {
        case .forward: .forward
        case .hold: .hold(reason)
        case .reject: .reject(reason)
        }
    }
}
