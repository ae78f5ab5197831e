import ControlAPI
import NIOHTTP1
import Platform
import SupportDesk

/// Which request is answered by what. One table: the whole API at a glance.
struct Router: Sendable {
    let services: ControlServices
    let accounts: Accounts
    /// Answers that may be large are made one after the other: many at a time would fill the memory.
    let large = Turnstile()
    /// What walks through all there is, as well: it keeps a reader of the journal busy, of which there are few.
    let long = Turnstile()

    func answer(_ request: Request) async -> Answer {
        do {
            return try await route(request)
        } catch let refusal as Refusal {
            return refusal.answer
        } catch {
            return Refusal(status: .serviceUnavailable, code: "unavailable", text: error.inWords).answer
        }
    }

    private func route(_ request: Request) async throws -> Answer {
        switch (request.method, Array(request.path.dropFirst())) {
        case _ where request.path.first != ControlAPI.version: break
        case (.GET, ["status"]): return try await status(request)
        case (.GET, ["submissions"]): return try await list(request)
        case (.POST, ["submissions"]): return try await submit(request)
        case (.GET, let path) where path.count == 2 && path[0] == "submissions":
            return try await show(request, path[1])
        case (.GET, let path) where path.count == 3 && path[0] == "submissions" && path[2] == "message":
            return try await message(request, path[1])
        case (.POST, ["callbacks"]): return try await callBack(request)
        case (.GET, ["stats"]): return try await statistics(request)
        case (.POST, ["interventions"]): return try await intervene(request)
        case (.GET, ["events"]): return try await events(request)
        case (.GET, ["licenses"]):
            try requireAdministrator(request)
            return try .json(await services.licenses())
        case (.GET, let path) where path.count == 2 && path[0] == "licenses":
            return try .json(await services.license(path[1]))
        case (.GET, ["doctor"]):
            try requireAdministrator(request)
            return try .json(await services.doctor())
        default: break
        }
        throw Refusal.notFound("\(request.method) /" + request.path.joined(separator: "/"))
    }

    func requireAdministrator(_ request: Request) throws(Refusal) {
        if !request.caller.isAdministrator { throw .notPermitted }
    }

    /// A submission the caller may see. To all but administrators somebody else's is as good as none: the answer is the
    /// same, so that nobody learns whether it exists.
    func submission(_ text: String, for request: Request) async throws -> Submission {
        let reference = try request.reference(text)
        guard let submission = try await services.journal.submission(reference),
            request.caller.maySee(uid: submission.submitter.uid)
        else { throw request.caller.isAdministrator ? Refusal.notFound("\(reference)") : .notYours(reference) }
        return submission
    }

    func view(_ submission: Submission) async throws -> SubmissionView {
        let attempts = submission.attemptCount == 0 ? [] : try await services.journal.attempts(of: submission.reference)
        return SubmissionView(submission, attempts: attempts, now: services.clock.now)
    }
}
