import ControlAPI
import SupportDesk
import UnixSocketHTTP

/// Asks the daemon, and puts what it refuses into words and an exit status.
struct ControlClient {
    let transport: any ControlTransport

    /// How long a plain question may take.
    private static let patience = Duration.seconds(30)

    func status() throws(CommandFailure) -> StatusView {
        try get(StatusView.self, ControlTarget("status"))
    }

    func submissions(_ filter: SubmissionFilter, limit: Int, before: String?) throws(CommandFailure) -> SubmissionPage {
        var target = ControlTarget("submissions")
        filter.ask(&target)
        target.ask("limit", String(limit))
        target.ask("before", before)
        return try get(SubmissionPage.self, target)
    }

    func submission(_ reference: Reference) throws(CommandFailure) -> SubmissionView {
        try get(SubmissionView.self, ControlTarget("submissions", reference.description))
    }

    /// The message as it was sent goes to the writer, piece by piece.
    func message(
        of reference: Reference, writingTo writer: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
    ) throws(CommandFailure) {
        let target = ControlTarget("submissions", reference.description, "message")
        let answer = try exchange(
            UnixSocketRequest(target.description, timeout: .seconds(600)), writingTo: writer)
        guard answer.status == 200 else { throw refusal(answer) }
    }

    /// Hands a report in.
    ///
    /// - Returns: the submission, rejected or not.
    func submit(
        _ parts: [UnixSocketRequest.Part], channel: ChannelName?, priority: Priority?
    ) throws(CommandFailure) -> SubmissionView {
        var target = ControlTarget("submissions")
        target.ask("channel", channel?.rawValue)
        target.ask("priority", priority?.rawValue)
        let answer = try exchange(
            UnixSocketRequest(target.description, body: .form(parts), timeout: .seconds(300)))
        guard (200...299).contains(answer.status) || answer.status == 422 else { throw refusal(answer) }
        if answer.status == 422, let error = try? ControlAPI.value(ErrorView.self, fromJSON: answer.body) {
            throw CommandFailure(.badInput, code: error.error.code, fr: error.error.textFR, en: error.error.text)
        }
        return try decode(SubmissionView.self, answer)
    }

    func intervene(_ request: InterventionRequest) throws(CommandFailure) -> InterventionReply {
        let body: [UInt8]
        do { body = try ControlAPI.json(request) } catch { throw Self.misunderstood(error) }
        let answer = try exchange(
            UnixSocketRequest(
                ControlTarget("interventions").description, body: .json(body), timeout: .seconds(300)))
        guard answer.status == 200 else { throw refusal(answer) }
        return try decode(InterventionReply.self, answer)
    }

    /// - Parameters:
    ///   - last: the event after which to read; nil asks only where the journal stands.
    ///   - wait: how long the daemon may hold the answer back until something happens.
    func events(after last: Int64?, of references: [Reference], wait: Duration) throws(CommandFailure) -> EventPage {
        var target = ControlTarget("events")
        target.ask("after", last.map { String($0) })
        for reference in references { target.ask("reference", reference.description) }
        target.ask("wait", String(wait.components.seconds))
        return try get(EventPage.self, target, patience: wait + Self.patience)
    }

    /// Asks for a call-back, moves one or calls it off.
    ///
    /// - Returns: what came of it, rejected or not.
    func callBack(_ order: CallbackOrder) throws(CommandFailure) -> CallbackReply {
        let body: [UInt8]
        do { body = try ControlAPI.json(order) } catch { throw Self.misunderstood(error) }
        let answer = try exchange(
            UnixSocketRequest(ControlTarget("callbacks").description, body: .json(body), timeout: .seconds(60)))
        if answer.status == 422, let error = try? ControlAPI.value(ErrorView.self, fromJSON: answer.body) {
            throw CommandFailure(.badInput, code: error.error.code, fr: error.error.textFR, en: error.error.text)
        }
        guard (200...299).contains(answer.status) || answer.status == 422 else { throw refusal(answer) }
        return try decode(CallbackReply.self, answer)
    }

    func statistics(since: Timestamp?) throws(CommandFailure) -> StatisticsView {
        var target = ControlTarget("stats")
        target.ask("since", since?.description)
        return try get(StatisticsView.self, target, patience: .seconds(120))
    }

    func licenses() throws(CommandFailure) -> LicensePage {
        try get(LicensePage.self, ControlTarget("licenses"))
    }

    func license(_ number: String) throws(CommandFailure) -> LicenseView {
        try get(LicenseView.self, ControlTarget("licenses", number))
    }

    func doctor() throws(CommandFailure) -> DoctorView {
        try get(DoctorView.self, ControlTarget("doctor"), patience: .seconds(120))
    }

    private func get<Value: Decodable>(
        _ type: Value.Type, _ target: ControlTarget, patience: Duration = Self.patience
    ) throws(CommandFailure) -> Value {
        let answer = try exchange(UnixSocketRequest(target.description, timeout: patience))
        guard answer.status == 200 else { throw refusal(answer) }
        return try decode(type, answer)
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, _ answer: UnixSocketAnswer
    ) throws(CommandFailure) -> Value {
        do { return try ControlAPI.value(type, fromJSON: answer.body) } catch { throw Self.misunderstood(error) }
    }

    private func exchange(
        _ request: UnixSocketRequest, writingTo writer: (@Sendable (UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(CommandFailure) -> UnixSocketAnswer {
        do { return try transport.send(request, writingTo: writer) } catch { throw CommandFailure(error) }
    }
}
