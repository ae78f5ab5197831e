import Platform
package import SupportDesk

/// What programs hand over, instead of dropping it.
extension Intake {
    /// Takes in what a program hands over; a refusal is journalled like any other.
    package func submit(_ upload: Upload) async throws -> Submission {
        let tools = tools()
        _ = try allowance(tools)
        let origin = Origin(
            source: .control, uid: upload.uid,
            size: upload.attachments.reduce(upload.content.count) { $0 + $1.size }, files: [])
        try await beginCounting(for: tools.quotas)
        let admissions = try tools.admissions.admissions(
            of: ReportReading.read(upload, limits: tools.limits), origin, references: nextReference,
            quota: { self.quota($0, $1, tools) }, at: clock.now)
        try await admit(admissions)
        return admissions[0].submission
    }

    /// Asks the desk to call back, moves a call-back or calls one off.
    ///
    /// - Throws: `Rejection` where it cannot be what it says, or no window can be found; `Superseded.Refusal` where the call-back moved on meanwhile.
    package func callBack(_ request: CallbackRequest) async throws -> CallbackOutcome {
        try request.check()
        if case .callOff(let old)? = request.change, let origin = old.slot?.origin {
            let all = try await journal.slots(of: origin)
            if all.allSatisfy({ $0.attemptCount == 0 }) { return try await callOff(old, request) }
        }
        let tools = tools()
        _ = try allowance(tools)
        try await beginCounting(for: tools.quotas)
        // What is moved cannot be held for an administrator to let go.
        let isSpared = request.change != nil && tools.isAdministrator(request.uid)
        let (admission, plan, explanation) = try tools.admissions.callback(
            request, reference: nextReference(), quota: { isSpared ? nil : self.quota($0, $1, tools) }, at: clock.now)
        try await admit([admission])
        return CallbackOutcome(submission: admission.submission, plan: plan, explanation: explanation)
    }

    /// What never left needs no mail that calls it off.
    private func callOff(_ old: Submission, _ request: CallbackRequest) async throws -> CallbackOutcome {
        let actor = Users.name(of: request.uid)
        switch try await journal.intervene(.cancel, in: old.reference, by: actor, at: clock.now) {
        case .success(let cancelled):
            return CallbackOutcome(
                submission: cancelled, plan: nil,
                explanation: Bilingual(
                    fr: "Le rappel est annulé ; l'assistance n'en avait pas encore été avertie.",
                    en: "The call-back is called off; the desk had not been told of it yet."))
        case .failure: throw Superseded.Refusal(reference: old.reference)
        }
    }

    /// A reference for what the service sends by itself.
    package func reference() -> Reference { nextReference() }
}
