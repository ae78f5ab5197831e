import ControlAPI
import Curl
import Foundation
import TestSupport
import Testing

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

    static let subjects = (
        lying: "Essai couché", folder: "Essai dossier", attached: "Essai joint", moved: "Essai posé",
        json: "Essai json", handedIn: "Essai remis", refused: "Essai refusé", deferred: "Essai remisé"
    )
    /// More than the journal keeps in the database.
    static let picture = (0..<120_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    static let paper = Array("%PDF-1.4 essai\n".utf8)
    static let wrong = Array("Licence : ?\n\nx".utf8)
    /// What all but the wrong one and the one handed in end in.
    static let ends = [
        subjects.lying: "relayed", subjects.folder: "relayed", subjects.attached: "relayed",
        subjects.moved: "relayed", subjects.json: "relayed", subjects.refused: "relayed",
        subjects.deferred: "cancelled",
    ]

    /// A desk that does to this workload what it should.
    static func desk() throws -> MailDesk {
        try MailDesk(verdicts: [
            subjects.refused: "550 5.7.1 Not this one", subjects.deferred: "451 4.3.0 Not now",
        ])
    }

    /// What lies there before the first start.
    init(_ it: Installation, _ desk: MailDesk) throws {
        self.it = it
        self.desk = desk
        try it.folder.folder("spool/incoming")
        let incoming = "spool/incoming"
        try it.folder.write(Self.report(Self.subjects.lying), to: "\(incoming)/a.txt")
        try it.folder.folder("b.report")
        try it.folder.write(Self.report(Self.subjects.folder), to: "b.report/report.txt")
        try it.folder.write(Self.picture, to: "b.report/écran.png")
        guard rename(it.folder("b.report"), it.folder("\(incoming)/b.report")) == 0 else { throw CancellationError() }
        try it.folder.write(Self.paper, to: "\(incoming)/c.pdf")
        try it.folder.write(
            Self.report(Self.subjects.attached, more: "Pièce-jointe : c.pdf\n"), to: "\(incoming)/c.txt")
        try it.folder.write(Self.wrong, to: "\(incoming)/faux.txt")
        try it.folder.write(Self.report(Self.subjects.refused), to: "\(incoming)/r.txt")
        try it.folder.write(Self.report(Self.subjects.deferred), to: "\(incoming)/d.txt")
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
            case .dropMore: try dropMore()
            case .retry: try await order("retry", of: Self.subjects.refused, from: "failed")
            case .cancel: try await order("cancel", of: Self.subjects.deferred, from: "queued")
            case .settle:
                try await waits { all in
                    all.allSatisfy { ["relayed", "cancelled", "rejected"].contains($0["state"] as? String) }
                }
                return
            }
            guard let next = Step(rawValue: step.rawValue + 1) else { return }
            step = next
        }
    }

    /// Once: a person who got no answer looks before doing it again.
    private mutating func handIn() async throws {
        guard told == .nothing else { return }
        told = .noAnswer
        let part = UnixSocketRequest.Part(
            name: "report", fileName: "s.txt", content: Self.report(Self.subjects.handedIn))
        let answer = try await it.send(
            UnixSocketRequest("/v1/submissions", body: .form([part]), timeout: .seconds(60)))
        #expect(answer.status == 201)
        let view = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        told = .reference(try #require(view?["reference"] as? String))
    }

    private func dropMore() throws {
        try it.folder.drop(Self.report(Self.subjects.moved), to: "spool/incoming/m.txt")
        try it.folder.drop(
            #"{"licence": "12345678", "objet": "\#(Self.subjects.json)", "description": "x"}"#.utf8,
            to: "spool/incoming/j.json")
    }

    /// Gives an order as soon as it can be given. One that got no answer was perhaps carried out.
    private func order(_ action: String, of subject: String, from state: String) async throws {
        while true {
            let all = try await waits { all in
                let submission = all.first { $0["subject"] as? String == subject }
                let attempts = (submission?["attempts"] as? [Any])?.count ?? 0
                return attempts > 0 && [state, "relayed", "cancelled"].contains(submission?["state"] as? String)
            }
            let submission = try #require(all.first { $0["subject"] as? String == subject })
            guard submission["state"] as? String == state else { return }
            if action == "retry" { desk.relents(about: subject) }
            let reference = try #require(submission["reference"] as? String)
            let body = try JSONEncoder().encode(InterventionRequest(action: action, references: [reference]))
            let answer = try await it.send(
                UnixSocketRequest("/v1/interventions", body: .json(Array(body)), timeout: .seconds(60)))
            let reply = try JSONDecoder().decode(InterventionReply.self, from: Data(answer.body))
            if reply.results.first?.done == true { return }
        }
    }

    /// Waits until the list of all submissions fulfils a condition.
    @discardableResult
    private func waits(until condition: ([[String: Any]]) -> Bool) async throws -> [[String: Any]] {
        while true {
            let last = try #require(try await it.get("/v1/events")["last"] as? Int)
            let page = try await it.get("/v1/submissions?limit=500")
            let all = try #require(page["submissions"] as? [[String: Any]])
            // Those dropped, the wrong one, and the one handed in where it got there.
            if all.count(where: { $0["source"] as? String == "spool" }) == expected, condition(all) { return all }
            _ = try await it.get("/v1/events?after=\(last)&wait=50")
        }
    }

    /// How many were dropped so far.
    private var expected: Int { Self.ends.count + 1 - (step.rawValue > Step.dropMore.rawValue ? 0 : 2) }
}
