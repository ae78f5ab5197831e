import ControlAPI
import NIOHTTP1
import SupportDesk

extension Router {
    func submit(_ request: Request) async throws -> Answer {
        guard let form = MultipartForm(request.body, contentType: request.contentType),
            let report = form.parts.first(where: { $0.name == "report" })
        else {
            throw Refusal.badRequest(
                fr: "Il faut un corps multipart/form-data avec une partie « report ».",
                en: "A multipart/form-data body with a part “report” is needed.")
        }
        // What is not understood would be lost without a word.
        let extra = form.parts.filter { $0.name != "attachment" }.dropFirst(1)
        if let part = extra.first ?? form.parts.first(where: { !["report", "attachment"].contains($0.name) }) {
            throw Refusal.badRequest(
                fr:
                    "Une partie « report », des parties « attachment », rien d'autre : « \(part.name.harmless) » est de trop.",
                en: "One part “report”, parts “attachment”, nothing else: “\(part.name.harmless)” is one too many.")
        }
        var upload = Upload(
            name: report.fileName ?? "report.txt", content: Array(report.content),
            attachments: form.parts.filter { $0.name == "attachment" }
                .map { Attachment(name: $0.fileName ?? "", content: Array($0.content)) },
            uid: request.caller.uid)
        upload.channel = try request.first("channel") { $0 == "mail" ? .smtp : ChannelName(rawValue: $0) }
        upload.priority = try request.first("priority") { Priority(rawValue: $0) }
        let submission = try await services.submit(upload)
        return try .json(
            try await view(submission), status: submission.state == .rejected ? .unprocessableEntity : .created)
    }

    func intervene(_ request: Request) async throws -> Answer {
        let order = try request.decode(InterventionRequest.self)
        let intervention = try intervention(order)
        guard order.references.count <= Self.most else { throw Refusal.tooMany(Self.most) }
        let actor = Actor(request: request, name: await accounts.name(of: request.caller), order: order)
        let results =
            if order.references.isEmpty {
                try await applyToAll(intervention, actor)
            } else {
                try await apply(intervention, to: order.references, actor)
            }
        services.lookAgain()
        return try .json(InterventionReply(results: results))
    }

    /// How many can be named at a time.
    private static let most = 10_000
    /// How many are done at a time: they share syncs.
    private static let together = 64

    /// Who acts, and how they asked.
    struct Actor {
        let request: Request
        let name: String
        let order: InterventionRequest
    }

    /// Several at a time; the results in the order they were named.
    private func apply(
        _ intervention: Intervention, to references: [String], _ actor: Actor
    ) async throws -> [InterventionReply.Result] {
        try await withThrowingTaskGroup(of: (Int, InterventionReply.Result).self) { group in
            var results: [Int: InterventionReply.Result] = [:]
            for (index, text) in references.enumerated() {
                if index >= Self.together, let (done, result) = try await group.next() { results[done] = result }
                group.addTask { (index, try await apply(intervention, to: text, actor)) }
            }
            for try await (done, result) in group { results[done] = result }
            return references.indices.compactMap { results[$0] }
        }
    }

    private func intervention(_ order: InterventionRequest) throws(Refusal) -> Intervention {
        switch order.action {
        case "retry": return .retry
        case "cancel": return .cancel
        case "hold": return .hold
        case "release": return .release
        case "answered": return .answered
        case "resend":
            guard let name = order.channel else { return .resend(nil) }
            guard let channel = name == "mail" ? .smtp : ChannelName(rawValue: name) else {
                throw .badRequest(
                    fr: "Canal inconnu : « \(name.harmless) » (smtp, fax).",
                    en: "Unknown channel: “\(name.harmless)” (smtp, fax).")
            }
            guard services.channelsInService().contains(channel) else {
                throw Refusal(
                    status: .badRequest, code: "not_possible",
                    text: Bilingual(
                        fr: "Le canal « \(channel.rawValue) » n'est pas en service ici.",
                        en: "Channel “\(channel.rawValue)” is not in service here."))
            }
            return .resend(channel)
        default:
            throw .badRequest(
                fr: "Action inconnue : « \(order.action.harmless) ».",
                en: "Unknown action: “\(order.action.harmless)”.")
        }
    }

    private func applyToAll(
        _ intervention: Intervention, _ actor: Actor
    ) async throws -> [InterventionReply.Result] {
        guard let state = actor.order.state.flatMap(State.init(rawValue:)) else {
            throw Refusal.badRequest(
                fr: "Sans références il faut un état : --all --state failed, par exemple.",
                en: "Without references a state is needed: --all --state failed, for instance.")
        }
        var query = SubmissionQuery()
        query.states = [state]
        query.submittedBy = actor.request.caller.restriction
        query.limit = 500
        var results: [InterventionReply.Result] = []
        while true {
            let page = try await services.journal.submissions(query)
            results += try await apply(intervention, to: page.map { "\($0.reference)" }, actor)
            guard page.count == query.limit, let last = page.last else { return results }
            query.before = last.reference
        }
    }
}
