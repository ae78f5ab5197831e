import Foundation
import SQLiteJournal
import SupportDesk
import TestSupport

/// Compares what was dropped with what arrived and with what is told of it, after crashes and a calm end.
struct CrashAudit {
    /// What is to be found.
    struct Expected {
        /// The states each submission may end in, by subject.
        var ends: [String: Set<State>]
        /// Which of them may have got lost, since nobody was told that they were taken.
        var perhaps: Set<String> = []
        /// Which reference somebody was told, by subject.
        var references: [String: String] = [:]
        /// What was refused, by file name.
        var rejected: [String: [UInt8]] = [:]
        /// In how many attempts at most the answer can have been lost.
        var lostAnswers: Int
    }

    let it: Installation
    let desk: MailDesk
    let expected: Expected
    /// What is wrong; empty where all is well.
    private(set) var findings: [String] = []
    /// How many attempts were called uncertain, and how many messages the desk has more than once.
    private(set) var uncertain = 0
    private(set) var doubled = 0

    private init(_ it: Installation, _ desk: MailDesk, _ expected: Expected) {
        self.it = it
        self.desk = desk
        self.expected = expected
    }

    static func of(_ it: Installation, _ desk: MailDesk, _ expected: Expected) async throws -> CrashAudit {
        var audit = CrashAudit(it, desk, expected)
        try await audit.check()
        return audit
    }

    private mutating func require(_ condition: Bool, _ finding: String) {
        if !condition { findings.append(finding) }
    }

    private mutating func check() async throws {
        // Before the journal is opened here: that sweeps.
        let contents = try Set(it.folder.exists("journal/content") ? it.folder.names(in: "journal/content") : [])
        let journal = try await SQLiteJournal.open(path: it.folder("journal/journal.sqlite"))
        findings += try await journal.check()
        let all = try await Self.submissions(journal)
        try await checkEnds(all)
        let copies = Dictionary(grouping: desk.copies, by: \.messageID)
        var kept: Set<String> = []
        for submission in all {
            let content = try await journal.message(of: submission.reference)
            if case .file? = content { kept.insert("\(submission.reference)") }
            try await check(submission, content, copies[submission.messageID ?? ""] ?? [], journal)
        }
        let known = Set(all.compactMap(\.messageID))
        for copy in desk.copies where !known.contains(copy.messageID) {
            findings.append("sent, not journalled: \(copy.subject)")
        }
        require(uncertain <= expected.lostAnswers, "\(uncertain) uncertain attempts, \(expected.lostAnswers) crashes")
        require(contents == kept, "content/ has \(contents), the journal \(kept)")
        try await journal.close()
        try checkFolders(all)
    }

    static func submissions(_ journal: SQLiteJournal) async throws -> [Submission] {
        var query = SubmissionQuery()
        query.limit = 500
        var all: [Submission] = []
        while true {
            let page = try await journal.submissions(query)
            all += page
            guard page.count == query.limit, let last = page.last else { return all }
            query.before = last.reference
        }
    }

    /// None lost, none invented, each where it should be.
    private mutating func checkEnds(_ all: [Submission]) async throws {
        let refused = all.count { $0.state == .rejected }
        require(refused == expected.rejected.count, "\(refused) rejected, not \(expected.rejected.count)")
        let found = Dictionary(grouping: all.filter { $0.state != .rejected }, by: \.subject)
        for (subject, ends) in expected.ends {
            let taken = found[subject] ?? []
            require(
                taken.count == 1 || taken.isEmpty && expected.perhaps.contains(subject),
                "\(subject): taken \(taken.count) times")
            for submission in taken {
                require(ends.contains(submission.state), "\(subject): \(submission.state), not \(ends)")
                let reference = expected.references[subject] ?? "\(submission.reference)"
                require(
                    "\(submission.reference)" == reference, "\(subject): \(submission.reference), not \(reference)")
            }
        }
        for subject in found.keys where expected.ends[subject] == nil { findings.append("\(subject): invented") }
    }

    /// A copy for each answer that was not heard and one for the one that was; all the same to the byte.
    private mutating func check(
        _ submission: Submission, _ content: Parcel.Content?, _ copies: [MailDesk.Copy], _ journal: SQLiteJournal
    ) async throws {
        let name = "\(submission.reference) \(submission.subject)"
        let results = try await journal.attempts(of: submission.reference).map(\.result?.outcome)
        let lost = results.count { $0 == .uncertain }
        uncertain += lost
        doubled += copies.count > 1 ? 1 : 0
        require(!results.contains(nil), "\(name): an attempt has no outcome")
        let isRelayed = submission.state == .relayed
        require(results.count { $0 == .accepted } == (isRelayed ? 1 : 0), "\(name): \(results)")
        require(!isRelayed || results.last == .accepted, "\(name): \(results)")
        require(
            copies.count <= lost + (isRelayed ? 1 : 0) && (!isRelayed || !copies.isEmpty),
            "\(name): \(copies.count) copies, \(results)")
        switch content {
        case .bytes(let bytes):
            require(copies.allSatisfy { $0.bytes == bytes }, "\(name): what was sent is not what is journalled")
        case .file(let path, let size):
            let bytes = [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data())
            require(bytes.count == size, "\(name): \(bytes.count) bytes kept, not \(size)")
            require(copies.allSatisfy { $0.bytes == bytes }, "\(name): what was sent is not what is journalled")
        case nil: require(submission.state == .rejected, "\(name): no message")
        }
        let last = try await journal.history(of: submission.reference).last?.state
        require(last == submission.state, "\(name): its history ends in \(String(describing: last))")
    }

    /// The drop zone is empty, what was refused lies beside its reason, each receipt says the last word; no litter.
    private mutating func checkFolders(_ all: [Submission]) throws {
        let left = try it.folder.names(in: "spool/incoming")
        require(left.isEmpty, "left in incoming/: \(left)")
        let rejected = try it.folder.names(in: "spool/rejected")
        let names = expected.rejected.keys.flatMap { [$0, $0 + ".reason.txt"] }.sorted()
        require(rejected == names, "rejected/ has \(rejected)")
        for (name, content) in expected.rejected where rejected.contains(name) {
            require(try it.folder.content(of: "spool/rejected/\(name)") == content, "\(name) is not what it was")
            let reason = (try? it.folder.text(of: "spool/rejected/\(name).reason.txt")) ?? "nothing"
            let references = all.filter { $0.state == .rejected }.map { "\($0.reference)" }
            require(references.contains { reason.contains($0) }, "\(name).reason.txt: \(reason)")
        }
        let receipts = try it.folder.names(in: "spool/receipts")
        require(receipts == all.map { "\($0.reference).txt" }.sorted(), "receipts/ has \(receipts)")
        for submission in all where receipts.contains("\(submission.reference).txt") {
            let text = try it.folder.text(of: "spool/receipts/\(submission.reference).txt")
            require(
                text.contains("(\(submission.state.rawValue))") && text.hasSuffix("\r\n"),
                "the receipt of \(submission.reference), \(submission.state), says: \(text)")
        }
    }
}
