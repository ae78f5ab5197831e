import ControlAPI
import NIOHTTP1
import SupportDesk

extension Router {
    /// Asks for a call-back, moves one or calls it off.
    func callBack(_ request: Request) async throws -> Answer {
        let order = try request.decode(CallbackOrder.self)
        var wish = CallbackRequest(uid: request.caller.uid)
        wish.license = order.license
        wish.phone = order.phone
        wish.wish = order.slot
        wish.contact = order.contact
        wish.company = order.company
        wish.email = order.email
        wish.about = order.about
        wish.language = order.language.flatMap(Language.init(rawValue:)) ?? .french
        if let related = order.related { wish.related = try await submission(related, for: request) }
        switch (order.change, order.cancel) {
        case (nil, nil): break
        case (let change?, nil): wish.change = .move(try await newestSlot(change, for: request))
        case (nil, let cancel?): wish.change = .callOff(try await newestSlot(cancel, for: request))
        case (_?, _?):
            throw Refusal.badRequest(
                fr: "Déplacer ou annuler, pas les deux à la fois.", en: "Move or call off, not both at once.")
        }
        do {
            let outcome = try await services.callBack(wish)
            let reply = CallbackReply(
                submission: try await view(outcome.submission), wished: outcome.plan?.wished?.description,
                cause: outcome.plan?.cause.rawValue, explanation: SentenceView(outcome.explanation))
            return try .json(
                reply, status: outcome.submission.state == .rejected ? .unprocessableEntity : .created)
        } catch let refusal as Superseded.Refusal {
            throw Refusal(status: .serviceUnavailable, code: "try_again", text: refusal.explanation)
        } catch let rejection as Rejection where rejection.reason.code == .quotaExceeded {
            throw Refusal(
                status: .tooManyRequests, code: rejection.reason.code.rawValue, text: rejection.explanation)
        } catch let rejection as Rejection {
            throw Refusal(
                status: .unprocessableEntity, code: rejection.reason.code.rawValue, text: rejection.explanation)
        }
    }

    /// The call-back a reference belongs to, as it was changed last.
    private func newestSlot(_ text: String, for request: Request) async throws -> Submission {
        let submission = try await submission(text, for: request)
        guard let origin = submission.slot?.origin,
            let newest = try await services.journal.slots(of: origin).last
        else {
            throw Refusal(
                status: .badRequest, code: "not_possible",
                text: Bilingual(
                    fr: "\(submission.reference) n'est pas une demande de rappel téléphonique.",
                    en: "\(submission.reference) is not a request for a call-back."))
        }
        guard newest.kind == .callback, !newest.state.isTerminal || newest.state == .failed else {
            throw Refusal(
                status: .gone, code: "not_possible",
                text: Bilingual(
                    fr:
                        "Ce rappel n'attend plus : son état est « \(newest.state.name.french) ». Demandez-en un nouveau.",
                    en: "This call-back is not awaited any more: its state is “\(newest.state.name.english)”. Ask for "
                        + "a new one."))
        }
        return newest
    }
}
