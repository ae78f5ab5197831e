/// What is said of the rights of one licence.
struct EntitlementWords {
    private let contract: String?
    private let partner: Bilingual

    init(_ entry: Register.Entry) {
        contract = entry.contractName?.excerpt
        let name = entry.partner.map { " (\($0.excerpt))" } ?? ""
        partner = Bilingual(fr: "votre partenaire\(name)", en: "your partner\(name)")
    }

    private var contractFR: String { "Le contrat d'assistance" + (contract.map { " \($0)" } ?? "") }
    private var contractEN: String { "The assistance contract" + (contract.map { " \($0)" } ?? "") }

    /// - Parameters:
    ///   - contractEnded: the last day of the contract there was; nil where there was none.
    ///   - year: that of the purchase or the update, long over.
    func notEntitled(contractEnded: CalendarDate?, year: AssistanceYear?) -> Entitlement.Problem {
        if let end = contractEnded?.written {
            return .init(
                code: .contractExpired,
                text: Bilingual(
                    fr: "\(contractFR) s'est terminé le \(end.french).", en: "\(contractEN) ended on \(end.english)."),
                remedy: Bilingual(
                    fr: "Renouvelez-le auprès de \(partner.french) ; si c'est déjà fait, demandez-lui de faire "
                        + "corriger le registre.",
                    en: "Renew it with \(partner.english); if that is done already, ask them to have the register "
                        + "corrected."))
        }
        var text = Bilingual(
            fr: "Aucun contrat d'assistance n'est inscrit pour cette licence",
            en: "No assistance contract is entered for this license")
        if let year {
            let (begin, end) = (Self.begin(year.basis), year.end.written)
            text.french += ", et l'année d'assistance \(begin.french) s'est terminée le \(end.french)"
            text.english += ", and the year of assistance \(begin.english) ended on \(end.english)"
        }
        return .init(
            code: .notEntitled, text: Bilingual(fr: text.french + ".", en: text.english + "."),
            remedy: Bilingual(
                fr: "Souscrivez un contrat auprès de \(partner.french) ; si c'est déjà fait, demandez-lui de le faire "
                    + "inscrire au registre.",
                en: "Take out a contract with \(partner.english); if that is done already, ask them to have it "
                    + "entered in the register."))
    }

    func notCovered(_ kind: AssistanceKind, covered: Set<AssistanceKind>) -> Entitlement.Problem {
        let names = AssistanceKind.allCases.filter(covered.contains).map(\.name)
        return .init(
            code: .channelNotCovered,
            text: Bilingual(
                fr: "\(contractFR) ne couvre pas \(kind.name.french).",
                en: "\(contractEN) does not cover \(kind.name.english)."),
            remedy: Bilingual(
                fr: "Il couvre \(Self.list(names.map(\.french), "et")) ; pour davantage, adressez-vous à "
                    + "\(partner.french).",
                en: "It covers \(Self.list(names.map(\.english), "and")); for more, turn to \(partner.english)."))
    }

    func unsupported(_ version: ProductVersion, minimum: ProductVersion, isReported: Bool) -> Entitlement.Problem {
        .init(
            code: .unsupportedVersion,
            text: Bilingual(
                fr: "La version \(version.name.french)\(isReported ? "" : ", inscrite au registre,") n'est plus prise "
                    + "en charge ; il faut au moins la version \(minimum.name.french).",
                en: "Version \(version.name.english)\(isReported ? "" : ", entered in the register,") is no longer "
                    + "supported; it takes version \(minimum.name.english) at least."),
            remedy: Bilingual(
                fr: "Les mises à jour sont livrées par \(partner.french).",
                en: "Updates are delivered by \(partner.english)."))
    }

    func ending(
        _ basis: Entitlement.Basis, _ end: CalendarDate, daysLeft: Int, coveredUntil: CalendarDate?
    ) -> Bilingual {
        let begin = Self.begin(basis)
        var (what, remedy) = (
            Bilingual(fr: "L'année d'assistance \(begin.french)", en: "The year of assistance \(begin.english)"),
            Bilingual(
                fr: "Pour rester couvert, souscrivez un contrat auprès de \(partner.french).",
                en: "To stay covered, take out a contract with \(partner.english).")
        )
        if case .contract = basis {
            what = Bilingual(fr: contractFR, en: contractEN)
            remedy = Bilingual(
                fr: "Renouvelez-le auprès de \(partner.french).", en: "Renew it with \(partner.english).")
            if let later = coveredUntil?.written, coveredUntil != end {
                remedy.french += " Sans cela l'assistance reste due jusqu'au \(later.french)."
                remedy.english += " Without that, assistance is due until \(later.english)."
            }
        }
        let when =
            switch daysLeft {
            case 0: Bilingual(fr: "aujourd'hui", en: "today")
            case 1: Bilingual(fr: "demain", en: "tomorrow")
            default: Bilingual(fr: "dans \(daysLeft) jours", en: "in \(daysLeft) days")
            }
        return Bilingual(
            fr: "\(what.french) se termine le \(end.written.french) (\(when.french)). \(remedy.french)",
            en: "\(what.english) ends on \(end.written.english) (\(when.english)). \(remedy.english)")
    }

    func beta(_ version: ProductVersion) -> Bilingual {
        Bilingual(
            fr: "La version \(version.name.french) est une version bêta : une version bêta n'est pas faite pour la "
                + "production. Demandez une version définitive à \(partner.french).",
            en: "Version \(version.name.english) is a beta version: a beta version is not made for production. "
                + "Ask \(partner.english) for a release.")
    }

    /// Does not quote it: anything may have been written there, an unlock code too.
    var unreadVersion: Bilingual {
        Bilingual(
            fr:
                "La version indiquée n'a pas pu être lue. Une version s'écrit « 9.5 build 1155 », comme dans la fenêtre "
                + "« À propos ».",
            en: "The version that was given could not be read. A version is written “9.5 build 1155”, as in the "
                + "“About” window.")
    }

    private static func begin(_ basis: Entitlement.Basis) -> Bilingual {
        if case .update = basis { return Bilingual(fr: "qui suit la mise à jour", en: "after the update") }
        return Bilingual(fr: "qui suit l'achat", en: "after the purchase")
    }

    private static func list(_ names: [String], _ and: String) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) \(and) \(last)"
    }
}
