import ControlAPI
import SupportDesk
import Testing

@testable import Commands

/// `stats`: counts, and how long things took.
struct StatsTests {
    private static let nothing = StatisticsView.SpreadView(count: 0, median: nil, percentile95: nil, longest: nil)

    private static let empty = StatisticsView(
        since: nil, total: 0, states: [:], channels: [:], delivery: nothing, response: nothing, answered: 0,
        answeredInTime: 0, shareInTime: nil, overdue: 0)

    private static let busy = StatisticsView(
        since: "2026-10-31T23:00:00Z", total: 42,
        states: ["held": 1, "queued": 0, "relayed": 30, "answered": 11], channels: ["smtp": 40, "fax": 2, "post": 0],
        delivery: .init(count: 41, median: 0.25, percentile95: 61.4, longest: 7300),
        response: .init(count: 11, median: 5400, percentile95: 90_000, longest: 259_200), answered: 11,
        answeredInTime: 9, shareInTime: 0.8182, overdue: 2)

    private func session(_ language: Language, _ statistics: StatisticsView, width: Int? = nil) -> Session {
        let session = Session(language: language, width: width)
        session.daemon.answer("stats", statistics)
        return session
    }

    @Test("In French")
    func french() async {
        let outcome = await session(.french, Self.busy).run("stats", "--since", "2026-11-01")
        #expect(outcome.status == 0)
        #expect(
            outcome.out == """
                Demandes   42 depuis le 01/11/2026 00:00 : 1 retenue, 30 relayées, 11 répondues
                Canaux     2 fax, 40 smtp
                Remise     médiane 250 ms, 95 % en 1 min, au plus 2 h (41)
                Réponse    médiane 1 h, 95 % en 25 h, au plus 3 j (11)
                À temps    82 %
                En retard  2

                """)
    }

    @Test("In English")
    func english() async {
        let outcome = await session(.english, Self.busy).run("stats")
        #expect(
            outcome.out == """
                Submissions  42 since 2026-11-01 00:00: 1 held, 30 relayed, 11 answered
                Channels     2 fax, 40 smtp
                Delivery     median 250 ms, 95% within 1 min, at most 2 h (41)
                Answer       median 1 h, 95% within 25 h, at most 3 d (11)
                In time      82%
                Overdue      2

                """)
    }

    @Test("Nothing yet")
    func nothing() async {
        #expect(
            await session(.french, Self.empty).run("stats").out == """
                Demandes   0
                Remise     -
                Réponse    -
                À temps    -
                En retard  0

                """)
        #expect(await session(.english, Self.empty).run("stats").out.hasPrefix("Submissions  0\nDelivery     -\n"))
    }

    @Test("All in time is said only of all", arguments: [(1.0, "100 %"), (0.999, "99 %"), (0.004, "0 %"), (0, "0 %")])
    func share(_ share: Double, _ text: String) async {
        var statistics = Self.busy
        statistics.shareInTime = share
        #expect(await session(.french, statistics).run("stats").out.contains("\nÀ temps    \(text)\n"))
    }

    @Test("What is asked of the daemon is since when")
    func since() async {
        let session = session(.english, Self.empty)
        _ = await session.run("stats", "--since", "2026-11-01")
        _ = await session.run("stats")
        _ = await session.run("stats", "--since", "30d")
        #expect(
            session.daemon.targets == [
                "/v1/stats?since=2026-10-31T23%3A00%3A00Z", "/v1/stats", "/v1/stats?since=2026-10-24T12%3A00%3A00Z",
            ])
        #expect(await session.run("stats", "--since", "never").status == 64)
    }

    @Test("For programs the keys are the same, with figures or without")
    func json() async {
        #expect(
            await session(.french, Self.empty).run("stats", "--json").out
                == #"{"answered":0,"answered_in_time":0,"channels":{},"delivery":{"count":0,"longest":null,"#
                + #""median":null,"p95":null},"overdue":0,"response":{"count":0,"longest":null,"median":null,"p95":null},"#
                + #""share_in_time":null,"since":null,"states":{},"total":0}"# + "\n")
        let busy = await session(.french, Self.busy).run("stats", "--json").out
        #expect(busy.contains(#""delivery":{"count":41,"longest":7300,"median":0.25,"p95":61.4}"#))
        #expect(busy.contains(#""since":"2026-10-31T23:00:00Z""#))
    }

    @Test("On a narrow terminal nothing is cut")
    func narrow() async {
        let out = await session(.french, Self.busy, width: 40).run("stats").out
        #expect(!out.contains("…"))
        #expect(out.contains("11 répondues"))
        for line in out.split(separator: "\n") { #expect(String(line).columns <= 40, "\(line)") }
    }
}
