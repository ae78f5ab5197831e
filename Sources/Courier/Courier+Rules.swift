package import SupportDesk

extension Courier {
    /// What the desk's rules say of a submission, before it is sent and after; the composition fills it in.
    package struct Rules: Sendable {
        /// Why a claim must not be sent after all; nil where nothing speaks against it.
        var objection: @Sendable (Claim, Timestamp) -> Objection?
        /// When the desk's answer is due to what it was just handed; nil where none is promised.
        var due: @Sendable (Claim, Timestamp) -> Due?
        /// Somebody waits for an answer until this instant.
        var expectAnswer: @Sendable (Timestamp) -> Void
        /// Whether, and how much, may be begun now; nil asks nobody.
        package var allowance: (@Sendable (Timestamp) async throws -> Allowance)?
        /// Something goes on by another channel.
        package var changedChannel: @Sendable (ChannelName) -> Void = { _ in }

        /// Without arguments: nothing speaks against anything, and nothing is due.
        package init(
            objection: @escaping @Sendable (Claim, Timestamp) -> Objection? = { _, _ in nil },
            due: @escaping @Sendable (Claim, Timestamp) -> Due? = { _, _ in nil },
            expectAnswer: @escaping @Sendable (Timestamp) -> Void = { _ in }
        ) {
            self.objection = objection
            self.due = due
            self.expectAnswer = expectAnswer
        }
    }
}
