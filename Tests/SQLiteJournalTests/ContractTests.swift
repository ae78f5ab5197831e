import TestSupport
import Testing

@Suite("The journal in SQLite")
struct ContractTests {
    @Test("It keeps every promise of a journal", arguments: JournalPromise.all)
    func keeps(_ promise: JournalPromise) async throws {
        try await promise.check(on: SQLiteBench())
    }
}
