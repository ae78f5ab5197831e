import SupportDesk

/// What the license, the contract and the version make of a report.
struct Judgement {
    var decision: Admittance.Decision
    /// What the sender should know.
    var notes: [Bilingual]
    /// What the desk should know, in its language.
    var remarks: [String]
    /// What gives the right to assistance, in the desk's language; nil where nothing is known.
    var contract: String?
}

extension AdmissionDesk {
    func judge(_ report: Report, at now: Timestamp) -> Judgement {
        let kind: AssistanceKind = (report.channel ?? channels.first) == .fax ? .fax : .mail
        return judge(report.license, report.details, for: kind, at: now)
    }

    func judge(
        _ license: String, _ details: Report.Details, for kind: AssistanceKind, at now: Timestamp
    ) -> Judgement {
        let today = promise.calendar.zone.day(now)
        let decision = licenses.decide(license, for: kind, version: details.version, on: today)
        // Sent in spite of something: both sides should know of it, but what to do about it only the sender.
        let problems = decision.outcome == .forward ? decision.problems : []
        let advice = releases.advice(
            version: details.version ?? decision.entry?.version, product: details.product ?? decision.entry?.product,
            partner: decision.entry?.partner ?? details.partner)
        let update = [advice].compactMap { $0 }
        let remarks = problems.map(\.text) + update + (decision.entitlement?.deskWarnings ?? [])
        return Judgement(
            decision: decision, notes: problems.map(\.sentence) + update + (decision.entitlement?.warnings ?? []),
            remarks: remarks.map { $0[language] },
            contract: decision.entitlement?.basis.sentence?[language])
    }
}
