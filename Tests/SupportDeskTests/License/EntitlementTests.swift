import SupportDesk
import TestSupport
import Testing

@Suite("Entitlement")
struct EntitlementTests {
    /// One case: an entry as a line of columns, a day, and what comes out.
    struct Case: Sendable, CustomTestStringConvertible {
        var contract: String?
        var end: String?
        var purchased: String?
        var updated: String?
        var day: String
        var basis: Entitlement.Basis
        var code: Reason.Code?
        var kind = AssistanceKind.mail

        var testDescription: String {
            [contract, end, purchased, updated].map { $0 ?? "-" }.joined(separator: " ") + " on \(day) for \(kind)"
        }

        var entry: Register.Entry {
            var entry = Register.Entry(license: "1234")
            entry.contract = contract
            entry.contractEnd = end.flatMap(CalendarDate.init)
            entry.purchased = purchased.flatMap(CalendarDate.init)
            entry.updated = updated.flatMap(CalendarDate.init)
            return entry
        }
    }

    private static func date(_ text: String) -> CalendarDate {
        CalendarDate(text) ?? CalendarDate(Timestamp(milliseconds: 0), offset: .zero)
    }

    private static func contract(_ name: String?, _ end: String? = nil) -> Entitlement.Basis {
        .contract(name: name, until: end.map(date))
    }

    private static let cases: [Case] = [
        // The last day of a contract is included.
        Case(contract: "G-MAIL", end: "2026-12-31", day: "2026-12-31", basis: contract("G-MAIL", "2026-12-31")),
        Case(contract: "G-MAIL", end: "2026-12-31", day: "2027-01-01", basis: .none, code: .contractExpired),
        Case(end: "2026-12-31", day: "2026-12-31", basis: contract(nil, "2026-12-31")),
        Case(end: "2026-12-31", day: "2027-01-01", basis: .none, code: .contractExpired),
        Case(
            contract: "oui", end: "2026-12-31", day: "2026-12-31", basis: contract(nil, "2026-12-31"), kind: .callback),
        // Named without an end it runs on.
        Case(contract: "G-TEL", day: "2099-12-31", basis: contract("G-TEL")),
        Case(contract: "oui", day: "2099-12-31", basis: contract(nil)),
        // None.
        Case(contract: "Non", day: "2026-01-01", basis: .none, code: .notEntitled),
        Case(contract: "non", end: "2026-12-31", day: "2026-01-01", basis: .none, code: .notEntitled),
        Case(contract: "aucun", end: "2025-12-31", day: "2026-01-01", basis: .none, code: .notEntitled),
        Case(day: "2026-01-01", basis: .unstated),
        // A year from the purchase, less a day.
        Case(purchased: "2026-03-15", day: "2026-03-15", basis: .purchase(until: date("2027-03-14"))),
        Case(purchased: "2026-03-15", day: "2027-03-14", basis: .purchase(until: date("2027-03-14"))),
        Case(purchased: "2026-03-15", day: "2027-03-15", basis: .none, code: .notEntitled),
        Case(purchased: "2026-03-15", day: "2020-01-01", basis: .purchase(until: date("2027-03-14"))),
        // A leap day comes round on the 1st of March.
        Case(purchased: "2024-02-29", day: "2025-02-28", basis: .purchase(until: date("2025-02-28"))),
        Case(purchased: "2024-02-29", day: "2025-03-01", basis: .none, code: .notEntitled),
        Case(purchased: "2023-03-01", day: "2024-02-29", basis: .purchase(until: date("2024-02-29"))),
        Case(purchased: "2023-03-01", day: "2024-03-01", basis: .none, code: .notEntitled),
        Case(purchased: "2026-01-01", day: "2026-12-31", basis: .purchase(until: date("2026-12-31"))),
        Case(
            purchased: "9999-12-31", day: "9999-12-31",
            basis: .purchase(until: date("9999-12-31").adding(days: 366 - 1))),
        // An update begins such a year too; the one that ends last counts.
        Case(updated: "2026-03-15", day: "2027-03-14", basis: .update(until: date("2027-03-14"))),
        Case(updated: "2026-03-15", day: "2027-03-15", basis: .none, code: .notEntitled),
        Case(
            purchased: "2020-01-01", updated: "2026-03-15", day: "2027-03-14",
            basis: .update(until: date("2027-03-14"))),
        Case(
            purchased: "2026-03-15", updated: "2026-03-15", day: "2027-03-14",
            basis: .purchase(until: date("2027-03-14"))),
        Case(
            purchased: "2026-03-16", updated: "2026-03-15", day: "2027-03-15",
            basis: .purchase(until: date("2027-03-15"))),
        // With both, the contract goes first while it runs and covers.
        Case(
            contract: "G-MAIL", end: "2026-12-31", purchased: "2026-06-01", day: "2026-12-31",
            basis: contract("G-MAIL", "2026-12-31")),
        Case(
            contract: "G-MAIL", end: "2026-12-31", purchased: "2026-06-01", day: "2027-01-01",
            basis: .purchase(until: date("2027-05-31"))),
        Case(
            contract: "G-MAIL", end: "2026-12-31", purchased: "2026-06-01", day: "2027-06-01", basis: .none,
            code: .contractExpired),
        Case(
            contract: "non", updated: "2026-06-01", day: "2027-05-31", basis: .update(until: date("2027-05-31"))),
        Case(contract: "non", updated: "2026-06-01", day: "2027-06-01", basis: .none, code: .notEntitled),
        // Kinds of assistance.
        Case(contract: "G-MAIL", day: "2026-01-01", basis: contract("G-MAIL"), kind: .fax),
        Case(
            contract: "G-MAIL", day: "2026-01-01", basis: contract("G-MAIL"), code: .channelNotCovered, kind: .callback),
        Case(contract: "G-MAIL + g-tel", day: "2026-01-01", basis: contract("G-MAIL + g-tel"), kind: .callback),
        Case(contract: "Or", day: "2026-01-01", basis: contract("Or"), kind: .callback),
        Case(
            contract: "G-MAIL", purchased: "2026-06-01", day: "2027-05-31",
            basis: .purchase(until: date("2027-05-31")), kind: .callback),
        Case(
            contract: "G-MAIL", purchased: "2026-06-01", day: "2027-06-01", basis: contract("G-MAIL"),
            code: .channelNotCovered, kind: .callback),
        Case(
            contract: "G-MAIL", end: "2026-12-31", day: "2027-01-01", basis: .none, code: .contractExpired,
            kind: .callback),
        Case(day: "2026-01-01", basis: .unstated, kind: .callback),
    ]

    @Test("contract, purchase and update, each to its last day", arguments: cases)
    func bases(of test: Case) {
        let found = EntitlementRules().assess(test.entry, for: test.kind, on: Self.date(test.day))
        #expect(found.basis == test.basis)
        #expect(found.problems.map(\.code) == (test.code.map { [$0] } ?? []))
        #expect(found.isCovered == (test.code == nil))
        let isRunning = test.basis != .none && test.basis != .unstated
        #expect(found.isUnderContract == isRunning)
        #expect((found.coveredUntil ?? Self.date(test.day)) >= Self.date(test.day))
        if test.code != nil { #expect(found.coveredUntil == nil) }
    }

    @Test("covered until the later of the contract's end and the year's; without an end as long as it runs")
    func coveredUntil() {
        func until(_ test: Case) -> CalendarDate? {
            EntitlementRules().assess(test.entry, for: test.kind, on: Self.date(test.day)).coveredUntil
        }
        var test = Case(contract: "G-TEL", end: "2026-12-31", day: "2026-06-01", basis: .none)
        #expect(until(test) == Self.date("2026-12-31"))
        test.purchased = "2026-06-01"
        #expect(until(test) == Self.date("2027-05-31"))
        test.purchased = "2025-06-01"
        #expect(until(test) == Self.date("2026-12-31"))
        test.end = nil
        #expect(until(test) == nil)
    }

    @Test("what is not covered once by its days is not covered later", arguments: 0..<60)
    func monotone(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let origin = Self.date("2024-02-20")
        func day() -> CalendarDate? {
            Bool.random(using: &random) ? origin.adding(days: Int.random(in: 0...60, using: &random)) : nil
        }
        var entry = Register.Entry(license: "1234")
        entry.contract = [nil, "non", "G-MAIL", "G-TEL", "G-MAIL et G-TEL", "Or"].randomElement(using: &random) ?? nil
        (entry.contractEnd, entry.purchased, entry.updated) = (day(), day(), day())
        for kind in AssistanceKind.allCases {
            var wasCovered = true
            for offset in 0..<440 {
                let today = origin.adding(days: offset)
                let found = EntitlementRules().assess(entry, for: kind, on: today)
                if found.isCovered {
                    #expect(wasCovered, "\(entry) on \(today)")
                    #expect(found.coveredUntil.map { $0 >= today } ?? true)
                }
                // The day it names is the last.
                if wasCovered, !found.isCovered, offset > 0 {
                    let before = EntitlementRules().assess(entry, for: kind, on: today.adding(days: -1))
                    #expect(before.coveredUntil == today.adding(days: -1))
                }
                wasCovered = found.isCovered
                #expect(found.isCovered == found.problems.isEmpty)
                #expect(found.daysLeft.map { (0...14).contains($0) } ?? true)
                #expect((found.daysLeft == nil) == found.warnings.isEmpty)
            }
        }
    }
}
