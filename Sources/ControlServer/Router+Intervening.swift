import ControlAPI
import SupportDesk

/// One order about one submission; what refuses it is part of the reply, so that the others still get their turn.
extension Router {
    func apply(
        _ intervention: Intervention, to text: String, _ actor: Actor
    ) async throws -> InterventionReply.Result {
        let submission: Submission
        do {
            submission = try await self.submission(text, for: actor.request)
        } catch let refusal as Refusal {
            return .init(reference: text, done: false, state: nil, error: ReasonView(refusal.code, refusal.text))
        }
        if actor.order.confirmed != true, case .success = intervention.target(from: submission.state),
            let question = intervention.question(about: submission)
        {
            return .refused(submission, "needs_confirmation", question)
        }
        switch try await carryOut(intervention, in: submission, actor) {
        case nil: return .refused(submission, Reason.Code.quotaExceeded.rawValue, Quotas.reached)
        case .success(let changed):
            return .init(reference: "\(changed.reference)", done: true, state: changed.state.rawValue, error: nil)
        case .failure(let refusal):
            if refusal.isTemporary, intervention == .cancel, services.callOff(submission.reference) {
                // Whether it could be called off, its outcome tells.
                return .init(
                    reference: "\(submission.reference)", done: true, state: State.sending.rawValue, error: nil)
            }
            let code = refusal.isForbidden ? "not_permitted" : refusal.isTemporary ? "try_again" : "not_possible"
            return .refused(submission, code, refusal.explanation)
        }
    }

    /// - Returns: nil where it would be one message more than the quotas of who asks allow.
    private func carryOut(
        _ intervention: Intervention, in submission: Submission, _ actor: Actor
    ) async throws -> Result<Submission, Intervention.Refusal>? {
        let caller = actor.request.caller
        let isRepeated = intervention.isResend && !caller.isAdministrator
        if isRepeated, try await !services.mayRepeat(submission, caller.uid) { return nil }
        let outcome: Result<Submission, Intervention.Refusal>
        do {
            outcome = try await services.journal.intervene(
                intervention, in: submission.reference, by: actor.name, isAdministrator: caller.isAdministrator,
                at: services.clock.now)
        } catch {
            if isRepeated { await services.didNotRepeat(submission, caller.uid) }
            throw error
        }
        if isRepeated, case .failure = outcome { await services.didNotRepeat(submission, caller.uid) }
        return outcome
    }
}

extension Intervention {
    fileprivate var isResend: Bool { if case .resend = self { true } else { false } }
}

extension InterventionReply.Result {
    fileprivate static func refused(_ submission: Submission, _ code: String, _ words: Bilingual) -> Self {
        Self(
            reference: "\(submission.reference)", done: false, state: submission.state.rawValue,
            error: ReasonView(code, words))
    }
}

extension ReasonView {
    fileprivate init(_ code: String, _ words: Bilingual) {
        self.init(code: code, text: words.english, textFR: words.french)
    }
}
