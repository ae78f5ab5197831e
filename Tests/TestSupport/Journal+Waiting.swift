package import SupportDesk

extension Journal {
    /// Waits until a submission fulfils a condition; the test's time limit ends it otherwise.
    package func submission(
        _ reference: Reference, when condition: @Sendable (Submission) -> Bool
    ) async throws -> Submission {
        let changes = changes()
        if let submission = try await submission(reference), condition(submission) { return submission }
        for await _ in changes {
            if let submission = try await submission(reference), condition(submission) { return submission }
        }
        throw CancellationError()
    }

    /// Waits until so many submissions are in a state.
    package func count(of state: State, reaches number: Int) async throws {
        let changes = changes()
        if try await counts(submittedBy: nil)[state, default: 0] >= number { return }
        for await _ in changes where try await counts(submittedBy: nil)[state, default: 0] >= number { return }
        throw CancellationError()
    }
}
