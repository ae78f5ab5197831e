import SupportDesk
import Testing

/// `hours --at`: an instant, or many.
struct HoursAtTests {
    @Test(
        "An instant is answered in one line",
        arguments: [
            (
                "2026-11-23 10:00", Language.french,
                "lundi 23/11/2026 10:00  ouvert jusqu'à 12:30 ; réponse due lundi 23/11/2026 15:30\n"
            ),
            (
                "23/11/2026 13:00", .french,
                "lundi 23/11/2026 13:00  fermé, ouvre à 14:00 ; réponse due lundi 23/11/2026 18:00\n"
            ),
            (
                "2026-11-27T19:00:00Z", .english,
                "Friday 2026-11-27 20:00  closed, opens Monday 2026-11-30 09:00; answer due Monday 2026-11-30 14:30\n"
            ),
            (
                "2026-12-25", .english,
                "Friday 2026-12-25 00:00  closed, opens Monday 2026-12-28 09:00; answer due Monday 2026-12-28 14:30\n"
            ),
        ])
    func words(_ instant: String, _ language: Language, _ line: String) async throws {
        let outcome = try await ConfiguredDesk().run("hours", "--at", instant, in: language)
        #expect(outcome.out == line)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
    }

    @Test("In JSON there are four keys, whatever they say")
    func json() async throws {
        let desk = try ConfiguredDesk()
        // Wall time without a zone is the desk's: two hours ahead of UTC in summer, when the reader's is one.
        #expect(
            await desk.run("hours", "--at", "2026-07-15 10:00", "--json").out
                == #"{"at":"2026-07-15T08:00:00Z","due_at":"2026-07-15T13:30:00Z","next_opening":"2026-07-15T12:00:00Z","#
                + #""open":true}"# + "\n")
        let never = try ConfiguredDesk(#"holidays = ["01-01..12-31"]"#)
        #expect(
            await never.run("hours", "--at", "2026-07-15T08:00:00Z", "--json").out
                == #"{"at":"2026-07-15T08:00:00Z","due_at":null,"next_opening":null,"open":false}"# + "\n")
        #expect(
            await never.run("hours", "--at", "2026-07-15 10:00", in: .french).out
                == "mercredi 15/07/2026 10:00  fermé\n")
        #expect(await never.run("hours").status == 0)
    }

    @Test(
        "On the days when the clocks change",
        arguments: [
            // Back on 2026-10-25: 02:30 is the first of two. Forward on 2026-03-29: 02:30 does not exist.
            ("2026-10-25 02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T04:30:00Z"),
            ("2026-03-29 02:30", "2026-03-29T01:30:00Z", "2026-03-30T03:00:00Z", "2026-03-29T05:30:00Z"),
        ])
    func clocksChange(_ written: String, _ at: String, _ next: String, _ due: String) async throws {
        // Open over the change, from 01:00 to 08:00 on the wall.
        let desk = try ConfiguredDesk(#"hours = ["dim 01:00-08:00", "lun 05:00-08:00"]"#)
        let out = await desk.run("hours", "--at", written, "--json").out
        #expect(out.contains(#""at":"\#(at)""#), "\(out)")
        #expect(out.contains(#""due_at":"\#(due)""#), "\(out)")
        #expect(out.contains(#""open":true"#))
        if written.contains("-03-") { #expect(out.contains(#""next_opening":"\#(next)""#), "\(out)") }
    }

    @Test(
        "Each line of standard input is answered; a bad one is named, and does not keep the others",
        arguments: Language.allCases)
    func lines(_ language: Language) async throws {
        let typed = "2026-11-23 10:00\r\n\n  2026-11-24  \n2026-13-01\n\u{1B}[2J\n2026-11-25 15:00"
        let outcome = try await ConfiguredDesk().run("hours", "--at", "-", in: language, typed: typed)
        #expect(outcome.status == 65)
        #expect(outcome.out.split(separator: "\n").count == 3)
        let errors = outcome.errors.split(separator: "\n")
        #expect(errors.count == 2)
        let words =
            language == .french
            ? "assistctl: ligne 4 : « 2026-13-01 » n'est pas un instant"
            : "assistctl: line 4: “2026-13-01” is no instant"
        #expect(errors[0].hasPrefix(words), "\(errors)")
        #expect(!outcome.errors.contains("\u{1B}"))
    }

    @Test("A bad instant is bad input, in JSON too, and nothing stands in the output", arguments: [[], ["--json"]])
    func bad(_ json: [String]) async throws {
        let session = Session(language: .french)
        let outcome = await session.run(["hours", "--at", "2026-02-30"] + json)
        #expect(outcome.status == 65)
        #expect(outcome.out.isEmpty)
        #expect(
            outcome.errors.contains(json.isEmpty ? "« 2026-02-30 » n'est pas un instant" : #""code":"bad_instant""#))
        #expect(session.daemon.requests.isEmpty)
    }

    @Test("Ten thousand instants are ten thousand objects")
    func many() async throws {
        let typed = (0..<10_000).map { "2026-\($0 % 9 + 1)-\($0 % 28 + 1) \($0 % 24):30\n" }.joined()
        let outcome = try await ConfiguredDesk().run("hours", "--at", "-", "--json", typed: typed)
        #expect(outcome.status == 0)
        #expect(outcome.out.utf8.count { $0 == UInt8(ascii: "\n") } == 10_000)
        #expect(outcome.errors.isEmpty)
    }

    @Test("On a narrow terminal the parts stand below each other")
    func narrow() async throws {
        let out = try await ConfiguredDesk().run("hours", "--at", "2026-12-25", in: .french, width: 40).out
        #expect(
            out == """
                vendredi 25/12/2026 00:00
                  fermé, ouvre lundi 28/12/2026 09:00
                  réponse due lundi 28/12/2026 14:30

                """)
    }
}
