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

    /// Waits until a submission's history has a line, in English.
    package func history(of reference: Reference, says line: String) async throws {
        let changes = changes()
        if try await history(of: reference).contains(where: { $0.text.english == line }) { return }
        for await _ in changes where try await history(of: reference).contains(where: { $0.text.english == line }) {
            return
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
