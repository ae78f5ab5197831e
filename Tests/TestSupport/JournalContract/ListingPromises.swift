import SupportDesk
import Testing

extension JournalPromise {
    static let listing = [
        JournalPromise("Every list is what its conditions say, newest first, and its pages give each once") { bench in
            let journal = try await bench.open()
            var chance = SeededGenerator(seed: 11)
            var all: [Submission] = []
            for number in 1...300 {
                let admission = Sample.admission(
                    number, state: State.allCases.filter { $0 != .sending }.randomElement(using: &chance) ?? .held,
                    channel: number % 17 == 0 ? .fax : .smtp, license: "LIC\(number % 7)",
                    subject: "Sujet \(number % 13)", uid: UInt32(number % 3),
                    // The clock is set back now and then, while references go on rising; some come late.
                    receivedAt: Sample.start
                        + .milliseconds(number % 50 < 40 ? number : number % 50 < 45 ? number - 200 : number + 150))
                all.append(admission.submission)
                try await journal.admit([admission])
            }
            for _ in 0..<150 {
                let query = Self.query(&chance)
                let expected = all.filter { Self.matches($0, query) }.sorted { $0.reference > $1.reference }
                var page = query
                page.limit = Int.random(in: 1...40, using: &chance)
                var found: [Submission] = []
                repeat {
                    let next = try await journal.submissions(page)
                    #expect(next.count <= page.limit)
                    found += next
                    page.before = next.last?.reference
                } while page.before != nil
                #expect(found == expected, "\(query)")
            }
        },
        JournalPromise("A search minds neither case nor accents and takes no character for another") { bench in
            let journal = try await bench.open()
            var one = Sample.admission(1, license: "ABC123", subject: "Écran figé : 100 % de l’œuvre_x")
            one.submission.details.company = "Crème & Fils"
            one.submission.details.contact = "Zoë O'Neil"
            var two = Sample.admission(2, subject: "E\u{301}cran noir 100 ")
            two.submission.source = .control
            try await journal.admit([one, two])
            let texts: [(String, [Int])] = [
                ("écran", [2, 1]), ("ECRAN FIGE", [1]), ("E\u{301}CRAN", [2, 1]), ("creme", [1]), ("CRÈME & f", [1]),
                ("zoe o'neil", [1]), ("oeuvre", [1]), ("abc123", [1]), ("100 %", [1]), ("100\u{A0}%", [1]),
                ("%", [1]), ("_x", [1]), ("100_%", []), ("c%f", []), ("\\", []), ("'", [1]), ("\"", []),
                ("rapport-1", [1]), ("fils\nzoe", []), ("", [2, 1]),
                (one.submission.reference.description, [1]), (two.submission.reference.description.lowercased(), [2]),
                (two.submission.reference.description.replacing("-", with: ""), [2]),
            ]
            for (text, expected) in texts {
                var query = SubmissionQuery()
                query.search = text
                let found = try await journal.submissions(query).map { Int($0.reference.number & (1 << 19 - 1)) }
                #expect(found == expected, "\(text)")
            }
        },
        JournalPromise("A span of time holds its beginning and not its end") { bench in
            let journal = try await bench.open()
            try await journal.admit((1...9).map { Sample.admission($0) })
            var query = SubmissionQuery()
            query.since = Sample.start + .milliseconds(3)
            query.until = Sample.start + .milliseconds(6)
            #expect(
                try await journal.submissions(query).map(\.receivedAt)
                    == [5, 4, 3].map { Sample.start + .milliseconds($0) })
        },
        JournalPromise("A span of time may reach beyond every reference") { bench in
            let journal = try await bench.open()
            try await journal.admit((1...3).map { Sample.admission($0) })
            var query = SubmissionQuery()
            for milliseconds: Int64 in [3_776_860_055_552, 253_402_300_799_999, .max] {
                query.until = Timestamp(milliseconds: milliseconds)
                for since: Int64 in [.min, 0, Sample.start.milliseconds] {
                    query.since = Timestamp(milliseconds: since)
                    #expect(try await journal.submissions(query).count == 3)
                }
                query.since = query.until
                #expect(try await journal.submissions(query).isEmpty)
            }
        },
        JournalPromise("An absurd limit gives an empty list, an unknown reference nothing") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(1)])
            var query = SubmissionQuery()
            query.limit = 0
            #expect(try await journal.submissions(query).isEmpty)
            query.limit = -1
            #expect(try await journal.submissions(query).isEmpty)
            let unknown = try await Sample.dossier(Sample.admission(2).submission.reference, in: journal)
            #expect(unknown == Sample.Dossier(attempts: [], history: []))
        },
        JournalPromise("Counts are kept for each state and each user") { bench in
            let journal = try await bench.open()
            #expect(try await journal.counts(submittedBy: nil).isEmpty)
            try await journal.admit([
                Sample.admission(1, uid: 1), Sample.admission(2, uid: 1), Sample.admission(3, uid: 2),
                Sample.admission(4, state: .rejected, uid: .max),
            ])
            _ = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1))
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 2, .sending: 1, .rejected: 1])
            #expect(try await journal.counts(submittedBy: 1) == [.queued: 1, .sending: 1])
            #expect(try await journal.counts(submittedBy: 2) == [.queued: 1])
            #expect(try await journal.counts(submittedBy: .max) == [.rejected: 1])
            #expect(try await journal.counts(submittedBy: 3).isEmpty)
        },
    ]

    private static func query(_ chance: inout SeededGenerator) -> SubmissionQuery {
        var query = SubmissionQuery()
        if Bool.random(using: &chance) {
            query.states = Set(State.allCases.shuffled(using: &chance).prefix(Int.random(in: 1...10, using: &chance)))
        }
        switch Int.random(in: 0...6, using: &chance) {
        case 0: query.license = "LIC\(Int.random(in: 0...8, using: &chance))"
        case 1: query.channel = ChannelName.allCases.randomElement(using: &chance)
        case 2: query.submittedBy = UInt32.random(in: 0...3, using: &chance)
        case 3: query.search = "SUJET \(Int.random(in: 0...14, using: &chance))"
        case 4:
            query.license = "LIC1"
            query.submittedBy = 1
        default: break
        }
        if Int.random(in: 0...2, using: &chance) == 0 {
            query.since = Sample.start + .milliseconds(Int.random(in: -100...300, using: &chance))
        }
        if Int.random(in: 0...2, using: &chance) == 0 {
            query.until = Sample.start + .milliseconds(Int.random(in: 0...400, using: &chance))
        }
        return query
    }

    private static func matches(_ submission: Submission, _ query: SubmissionQuery) -> Bool {
        (query.states.isEmpty || query.states.contains(submission.state))
            && (query.license == nil || query.license == submission.license)
            && (query.channel == nil || query.channel == submission.channel)
            && (query.submittedBy == nil || query.submittedBy == submission.submitter.uid)
            && (query.search == nil || submission.subject.lowercased().contains(query.search?.lowercased() ?? ""))
            && query.since.map { submission.receivedAt >= $0 } ?? true
            && query.until.map { submission.receivedAt < $0 } ?? true
    }
}
