import SupportDesk
import Testing

extension JournalPromise {
    static let turns = [
        JournalPromise("Whoever floods the queue, however urgently, others go within a round", flood),
        JournalPromise("Within one user it is each license's turn, and inventing licenses gains nothing", licenses),
        JournalPromise("While one user alone waits the order is that of rank, but no license waits for ever", alone),
        JournalPromise("Every other place is the most urgent's, however many wait", urgent),
        JournalPromise("Turns survive a restart, and a flood that was held and let go gains nothing", restart),
    ]

    private static func numbers(_ claims: [Claim]) -> [Int] {
        claims.map { Int($0.reference.number & (1 << 19 - 1)) }
    }

    private static let now = Sample.start + .seconds(60)

    private static func claimed(_ journal: any Journal, _ count: Int, by limit: Int = 1) async throws -> [Int] {
        var found: [Int] = []
        while found.count < count { found += try await numbers(journal.claim(.smtp, limit: limit, at: now)) }
        return found
    }

    @Sendable private static func flood(_ bench: any JournalBench) async throws {
        for limit in [1, 2, 3, 4] {
            let journal = try await bench.open()
            let base = limit * 1000
            try await journal.admit((1...300).map { Sample.admission(base + $0, uid: 7, rank: -1_000_000) })
            try await journal.admit((301...303).map { Sample.admission(base + $0, uid: 9, rank: 1_000_000) })
            try await journal.admit([Sample.admission(base + 304, uid: 3, rank: 2_000_000)])
            let first = try await claimed(journal, 12, by: limit).map { $0 - base }
            #expect(first.prefix(6).contains(304), "\(first)")
            #expect(first.prefix(6).contains(301), "\(first)")
            #expect(first.filter { $0 > 300 }.count >= 3, "\(first)")
            // What is the flood's own goes by rank and age.
            #expect(first.filter { $0 <= 300 } == first.filter { $0 <= 300 }.sorted())
            let rest = try await claimed(journal, 292, by: limit)
            #expect(Set(rest.map { $0 - base }).union(first) == Set(1...304))
            try await bench.close(journal)
        }
    }

    @Sendable private static func licenses(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit((1...200).map { Sample.admission($0, license: "FLOOD", uid: 7, rank: -1_000_000) })
        try await journal.admit([
            Sample.admission(201, license: "A", uid: 7), Sample.admission(202, license: "", uid: 7),
        ])
        try await journal.admit((301...600).map { Sample.admission($0, license: "X\($0)", uid: 8, rank: -1_000_000) })
        try await journal.admit([Sample.admission(700, uid: 9)])
        let first = try await claimed(journal, 20)
        #expect(first.prefix(8).contains(700), "\(first)")
        #expect(first.prefix(16).contains(201) && first.prefix(16).contains(202), "\(first)")
    }

    @Sendable private static func alone(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        // Under contract and without, urgent and less so: as long as nobody else waits, in that order.
        try await journal.admit((1...8).map { Sample.admission($0, license: $0 < 5 ? "B" : "A", rank: Int64($0)) })
        #expect(try await claimed(journal, 8) == Array(1...8))
        try await journal.admit((11...100).map { Sample.admission($0, license: "FLOOD", rank: -1) })
        try await journal.admit([Sample.admission(101, license: "A")])
        #expect(try await claimed(journal, 40).contains(101))
    }

    @Sendable private static func urgent(_ bench: any JournalBench) async throws {
        let journal = try await bench.open()
        try await journal.admit((1...200).map { Sample.admission($0, uid: UInt32($0), rank: 1000) })
        try await journal.admit((201...205).map { Sample.admission($0, uid: 200, rank: -1) })
        let first = try await claimed(journal, 10)
        #expect(Set(201...205).isSubset(of: first), "\(first)")
    }

    @Sendable private static func restart(_ bench: any JournalBench) async throws {
        var journal = try await bench.open()
        try await journal.admit((1...50).map { Sample.admission($0, state: .held, uid: 7, rank: -1_000_000) })
        try await journal.admit([Sample.admission(51, uid: 9)])
        for number in 1...50 {
            let reference = Sample.admission(number).submission.reference
            _ = try await journal.intervene(.release, in: reference, by: "root", at: now).get()
        }
        try await bench.close(journal)
        journal = try await bench.open()
        #expect(try await claimed(journal, 4).contains(51))
        try await bench.close(journal)
    }
}
