import ControlAPI
import Glibc
import Platform
import SupportDesk

extension Router {
    func status(_ request: Request) async throws -> Answer {
        let journal = services.journal
        let uid = request.caller.restriction
        let counts = try await journal.counts(submittedBy: uid)
        var newest = SubmissionQuery()
        newest.submittedBy = uid
        newest.limit = 10
        let status = StatusView(
            version: services.version, startedAt: "\(services.startedAt)",
            counts: Dictionary(uniqueKeysWithValues: State.allCases.map { ($0.rawValue, counts[$0] ?? 0) }),
            channels: await services.channels(),
            intakeStopped: await services.intakeStopped().map { SentenceView($0) },
            register: request.caller.isAdministrator ? await services.register() : nil,
            attention: try await views(try await attention(uid)),
            newest: try await views(try await journal.submissions(newest)))
        return try .json(status)
    }

    /// What waits for a person, was given up, has waited for too long, or for whose answer one waits too long.
    private func attention(_ uid: UInt32?) async throws -> [Submission] {
        var stuck = SubmissionQuery()
        stuck.states = [.held, .failed]
        stuck.submittedBy = uid
        stuck.limit = 10
        var late = stuck
        late.states = [.queued]
        late.until = services.clock.now - services.warnAfter()
        var overdue = SubmissionQuery()
        overdue.isOverdue = true
        overdue.submittedBy = uid
        overdue.limit = 10
        // What a person has to do here comes before what the desk has not done.
        let found = try await services.journal.submissions(stuck) + services.journal.submissions(late)
        let own = found.sorted { $0.reference > $1.reference }
        return Array((own + (try await services.journal.submissions(overdue))).prefix(10))
    }

    private func views(_ submissions: [Submission]) async throws -> [SubmissionView] {
        let tried = submissions.filter { $0.attemptCount > 0 }.map(\.reference)
        let attempts = try await services.journal.attempts(of: tried)
        let now = services.clock.now
        return submissions.map { SubmissionView($0, attempts: attempts[$0.reference] ?? [], now: now) }
    }

    func list(_ request: Request) async throws -> Answer {
        var query = SubmissionQuery()
        for text in request.all("state").flatMap({ $0.split(separator: ",") }) {
            guard let state = State(rawValue: String(text)) else {
                let known = State.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal.badRequest(
                    fr: "État inconnu : « \(text.harmless) ». États : \(known).",
                    en: "Unknown state: “\(text.harmless)”. States: \(known).")
            }
            query.states.insert(state)
        }
        query.license = request.first("license").map(LicenseNumber.normalised)
        query.since = try request.first("since") { Timestamp(iso8601: $0) }
        query.until = try request.first("until") { Timestamp(iso8601: $0) }
        query.channel = try request.first("channel") { ChannelName(rawValue: $0) }
        query.search = request.first("search")
        query.isOverdue = try request.first("overdue") { ["1", "true"].contains($0) ? true : nil } ?? false
        query.before = try request.first("before") { Reference($0) }
        query.submittedBy = request.caller.restriction
        query.limit = min(try request.first("limit") { Int($0).flatMap { $0 > 0 ? $0 : nil } } ?? 50, 500)
        return try await (query.search == nil ? large : long).pass { [query] in
            let found = try await services.journal.submissions(query)
            let next = found.count == query.limit ? found.last.map { "\($0.reference)" } : nil
            return try .json(SubmissionPage(submissions: try await views(found), next: next))
        }
    }

    func show(_ request: Request, _ reference: String) async throws -> Answer {
        let submission = try await submission(reference, for: request).masked
        return try await large.pass {
            var view = try await view(submission)
            view.details = submission.details.byName
            view.description = try await services.journal.description(of: submission.reference)?
                .masked(in: submission.language)
            view.dueCalendar = submission.dueCalendar
            view.notes = submission.notes.map { SentenceView($0) }
            view.history = try await services.journal.history(of: submission.reference).map { EventView($0) }
            return try .json(view)
        }
    }

    func statistics(_ request: Request) async throws -> Answer {
        let since = try request.first("since") { Timestamp(iso8601: $0) }
        return try await long.pass {
            let statistics = try await services.journal.statistics(
                since: since, submittedBy: request.caller.restriction, at: services.clock.now)
            return try .json(StatisticsView(statistics, since: since))
        }
    }

    func message(_ request: Request, _ reference: String) async throws -> Answer {
        let submission = try await submission(reference, for: request)
        switch try await services.journal.message(of: submission.reference) {
        case .bytes(let bytes): return .bytes(bytes, mediaType: "message/rfc822")
        case .file(let path, let size):
            return .file(try OpenFile(path), size: size, mediaType: "message/rfc822")
        case nil:
            throw Refusal.notFound(
                Bilingual(
                    fr: "message de \(submission.reference)", en: "message of \(submission.reference)"
                ).english)
        }
    }

    /// New events, at once or as soon as there are any: what `watch` and `wait` live on.
    func events(_ request: Request) async throws -> Answer {
        let wanted = Set(try request.all("reference").map { text in try request.reference(text) })
        guard wanted.count <= Self.mostReferences else { throw Refusal.tooMany(Self.mostReferences) }
        for reference in wanted { _ = try await submission("\(reference)", for: request) }
        let wait = Duration.seconds(min(try request.first("wait") { Int($0) } ?? 0, 60))
        let changes = services.journal.changes()
        guard var last = try request.first("after", as: { Int64($0) }) else {
            return try .json(EventPage(events: [], last: try await services.journal.lastEvent()))
        }
        let deadline = ContinuousClock.now + wait
        let patience = Patience(changes)
        var fullPages = 0
        while true {
            let (events, reached) = try await events(after: last, of: wanted, for: request.caller)
            let isFull = reached - last >= Int64(Self.page)
            if isFull { fullPages += 1 }
            last = reached
            let left = deadline - .now
            // Who is shown little of a long log goes on in another request, so that all get their turn.
            if !events.isEmpty || left <= .zero || fullPages >= Self.mostPages || Task.isCancelled {
                return try .json(EventPage(events: events.map { EventView($0) }, last: last))
            }
            if !isFull { await patience.next(within: left) }
        }
    }

    private static let mostReferences = 100
    private static let mostPages = 20
    private static let page = 500

    /// The next events a caller may see, and how far the log was looked through.
    private func events(
        after last: Int64, of wanted: Set<Reference>, for caller: Caller
    ) async throws -> (events: [Event], last: Int64) {
        let journal = services.journal
        if let uid = caller.restriction, wanted.isEmpty {
            return try await journal.events(after: last, limit: Self.page, of: uid)
        }
        let events =
            wanted.isEmpty
            ? try await journal.events(after: last, limit: Self.page)
            : try await journal.events(after: last, limit: Self.page, about: wanted)
        return (events, events.last?.id ?? last)
    }
}

/// Waits for the next of a stream of changes, but not for ever.
private final class Patience: Sendable {
    private let wake = WakeSignal()
    private let task: Task<Void, Never>

    init(_ changes: AsyncStream<Void>) {
        task = Task { [wake] in
            for await _ in changes { wake.raise() }
        }
    }

    deinit { task.cancel() }

    func next(within duration: Duration) async {
        await wake.wait(upTo: duration)
    }
}
