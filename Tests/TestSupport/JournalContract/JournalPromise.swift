package import SupportDesk
import Testing

/// One promise of the protocol `Journal`, to be kept by every implementation.
///
/// A suite runs them all with `@Test(arguments: JournalPromise.all)` on a bench of its own.
package struct JournalPromise: Sendable, CustomTestStringConvertible {
    /// The promise, as a sentence.
    package let testDescription: String
    private let check: @Sendable (any JournalBench) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (any JournalBench) async throws -> Void) {
        testDescription = sentence
        self.check = check
    }

    /// Puts the journal on the bench to the test.
    package func check(on bench: some JournalBench) async throws {
        try await check(bench)
    }

    package static let all =
        intake + courier + stops + turns + fencing + people + desk + listing + events + crowd + fax
}

/// Where one journal is tested; empty at first.
package protocol JournalBench: Sendable {
    /// Opens the bench's journal, at first or anew after it was closed or lost.
    func open() async throws -> any Journal
    func close(_ journal: any Journal) async throws
    /// What a power cut at this very moment would leave, opened as if by the next start. The first journal lives on.
    func openAsAfterPowerCut() async throws -> any Journal
}
