import ControlAPI
import SupportDesk

/// Waits for a submission to get somewhere.
struct Waiter {
    let reference: Reference
    let goal: State
    let timeout: Duration?
    let context: CommandContext
    /// Tell a person at a terminal what happens meanwhile.
    var showsProgress = false

    /// - Returns: how it ended, and the submission as it is then.
    func wait(from daemon: ControlClient) throws(CommandFailure) -> (ExitStatus, SubmissionView) {
        let deadline = timeout.map { context.clock.now + $0 }
        // First the place in the events, then the state: what happens between the two is seen in the events.
        var stream = try EventStream(of: [reference], from: daemon, in: context)
        var submission = try daemon.submission(reference)
        while true {
            if let status = verdict(on: submission) { return (status, submission) }
            var left: Duration?
            if let deadline {
                let rest = deadline - context.clock.now
                guard rest > .zero else {
                    let name = goal.name
                    context.complain(
                        CommandFailure(
                            .tryLater, code: "timed_out",
                            fr: "\(reference) : le délai est écoulé avant l'état « \(name.french) ».",
                            en: "\(reference): the time is over before the state “\(name.english)”."))
                    return (.tryLater, submission)
                }
                left = rest
            }
            let events = try stream.next(within: left)
            guard !events.isEmpty else { continue }
            if showsProgress { for event in events { context.errors.line(EventLine.text(event, in: context)) } }
            submission = try fresh(from: daemon, else: submission)
        }
    }

    /// The submission now; the one known where the daemon has gone away meanwhile.
    private func fresh(
        from daemon: ControlClient, else known: SubmissionView
    ) throws(CommandFailure) -> SubmissionView {
        do throws(CommandFailure) {
            return try daemon.submission(reference)
        } catch {
            guard error.status == .unreachable || error.status == .tryLater else { throw error }
            return known
        }
    }

    /// nil while it may still get there by itself.
    private func verdict(on submission: SubmissionView) -> ExitStatus? {
        guard let state = State(rawValue: submission.state) else { return nil }
        if let progress = state.progress {
            return progress >= (goal.progress ?? 0) ? .done : nil
        }
        let name = state.name
        let reason = submission.reason
        context.complain(
            CommandFailure(
                .notSo, code: reason?.code ?? state.rawValue,
                fr: "\(reference) : \(name.french)" + (reason.map { " : \($0.textFR)" } ?? "."),
                en: "\(reference): \(name.english)" + (reason.map { ": \($0.text)" } ?? ".")))
        return .notSo
    }
}
