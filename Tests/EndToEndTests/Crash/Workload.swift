import ControlAPI
import Foundation
import SupportDesk
import TestSupport
import Testing
import UnixSocketHTTP

/// Reports of every kind and orders about them, carried on after each crash where it left them.
struct Workload {
    /// What a person was told about what they handed in.
    enum Told: Hashable, Sendable {
        /// Nothing was handed in yet.
        case nothing
        /// No answer came: it may be there or not.
        case noAnswer
        case reference(String)
    }

    private enum Step: Int, CaseIterable {
        case handIn, dropMore, retry, cancel, settle
    }

    let it: Installation
    let desk: MailDesk
    private(set) var told = Told.nothing
    private var step = Step.handIn
    private var hasDroppedMore: Bool

    static let subjects = (
        lying: "Essai couché", folder: "Essai dossier", attached: "Essai joint", moved: "Essai posé",
        json: "Essai json", handedIn: "Essai remis", refused: "Essai refusé", deferred: "Essai remisé"
    )
    /// More than the journal keeps in the database.
    static let picture = (0..<120_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    static let paper = Array("%PDF-1.4 essai\n".utf8)
    static let wrong = Array("Licence : ?\n\nx".utf8)
    /// What all but the wrong one end in.
    static let ends: [String: Set<State>] = [
        subjects.lying: [.relayed], subjects.folder: [.relayed], subjects.attached: [.relayed],
        subjects.moved: [.relayed], subjects.json: [.relayed], subjects.handedIn: [.relayed],
        subjects.refused: [.relayed], subjects.deferred: [.cancelled],
    ]

    /// What the desk says to some of it.
    static let verdicts = [subjects.refused: "550 5.7.1 Not this one", subjects.deferred: "451 4.3.0 Not now"]

    /// Drops what lies there before the first start.
    ///
    /// - Parameter isAllLying: whether all does, so that nothing is dropped meanwhile.
    init(_ it: Installation, _ desk: MailDesk, isAllLying: Bool = false) throws {
        self.it = it
        self.desk = desk
        hasDroppedMore = isAllLying
        try it.folder.folder("spool/incoming")
        let incoming = "spool/incoming"
        try it.folder.write(Self.report(Self.subjects.lying), to: "\(incoming)/a.txt")
        try it.folder.folder("b.report")
        try it.folder.write(Self.report(Self.subjects.folder), to: "b.report/report.txt")
        try it.folder.write(Self.picture, to: "b.report/écran.png")
        try it.folder.move("b.report", to: "\(incoming)/b.report")
        try it.folder.write(Self.paper, to: "\(incoming)/c.pdf")
        try it.folder.write(
            Self.report(Self.subjects.attached, more: "Pièce-jointe : c.pdf\n"), to: "\(incoming)/c.txt")
        try it.folder.write(Self.wrong, to: "\(incoming)/faux.txt")
        try it.folder.write(Self.report(Self.subjects.refused), to: "\(incoming)/r.txt")
        try it.folder.write(Self.report(Self.subjects.deferred), to: "\(incoming)/d.txt")
        if isAllLying { try Self.dropMore(in: it.folder) }
    }

    private static func report(_ subject: String, more: String = "") -> [UInt8] {
        Array("Licence : 12345678\nObjet : \(subject)\n\(more)\nÇa va ?\n".utf8)
    }

    /// Goes on until all is done.
    ///
    /// - Throws: `UnixSocketFailure` where the daemon went away.
    mutating func carryOn() async throws {
        while true {
            switch step {
            case .handIn: try await handIn()
            case .dropMore:
                if !hasDroppedMore { try Self.dropMore(in: it.folder) }
                hasDroppedMore = true
            case .retry: try await order("retry", of: Self.subjects.refused, from: .failed)
            case .cancel: try await order("cancel", of: Self.subjects.deferred, from: .queued)
            case .settle:
                try await it.submissions { submissions, isAllTaken in
                    isAllTaken && submissions.allSatisfy { $0.isAt(Self.ends[$0.subject] ?? [.rejected]) }
                }
                return
            }
            guard let next = Step(rawValue: step.rawValue + 1) else { return }
            step = next
        }
    }

    /// Once: a person who got no answer looks before doing it again; one who was told to come later comes later.
    private mutating func handIn() async throws {
        guard told == .nothing else { return }
        told = .noAnswer
        let part = UnixSocketRequest.Part(
            name: "report", fileName: "s.txt", content: Self.report(Self.subjects.handedIn))
        let answer = try await it.send(
            UnixSocketRequest("/v1/submissions", body: .form([part]), timeout: .seconds(60)))
        if answer.status == 503 {
            told = .nothing
            _ = try await it.get("/v1/events?after=\(Int.max)&wait=1")
            return try await handIn()
        }
        #expect(answer.status == 201)
        let view = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        told = .reference(try #require(view?["reference"] as? String))
    }

    private static func dropMore(in folder: TemporaryFolder) throws {
        try folder.drop(report(subjects.moved), to: "spool/incoming/m.txt")
        try folder.drop(
            #"{"licence": "12345678", "objet": "\#(subjects.json)", "description": "x"}"#.utf8,
            to: "spool/incoming/j.json")
    }

    /// Gives an order as soon as it can be given. One that got no answer was perhaps carried out.
    private func order(_ action: String, of subject: String, from state: State) async throws {
        while true {
            let all = try await it.submissions { submissions, isAllTaken in
                guard let submission = submissions.first(where: { $0.subject == subject }) else { return isAllTaken }
                return !submission.attempts.isEmpty && submission.isAt([state, .relayed, .cancelled])
            }
            guard let submission = all.first(where: { $0.subject == subject }), submission.isAt([state]) else { return }
            if action == "retry" { desk.relents(about: subject) }
            let order = InterventionRequest(action: action, references: [submission.reference])
            let answer = try await it.send(
                UnixSocketRequest(
                    "/v1/interventions", body: .json(Array(JSONEncoder().encode(order))), timeout: .seconds(60)))
            if answer.status == 503 {
                _ = try await it.get("/v1/events?after=\(Int.max)&wait=1")
                continue
            }
            let reply = try JSONDecoder().decode(InterventionReply.self, from: Data(answer.body))
            if reply.results.first?.done == true { return }
        }
    }
}
