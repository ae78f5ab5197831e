import Glibc
import Mail
import SupportDesk
import TestSupport
import UnixSocketHTTP

extension Workload {
    /// What became of a run of the workload.
    struct Outcome: Sendable {
        /// How often the daemon was killed.
        var kills: Int
        var findings: [String]
        var uncertain = 0
        var doubled = 0
    }

    /// Runs the whole workload in an installation of its own; where the daemon is killed, it is started again.
    ///
    /// - Parameter faults: what each life meets, from the first on; those after them meet nothing.
    static func run(_ faults: [Faults] = [], in it: Installation) async throws -> Outcome {
        let desk = try MailDesk(verdicts: verdicts)
        try it.configure(smtp: desk.server.plainSettings + "\nconnections = 1", settle: "1ms")
        var workload = try Workload(it, desk)
        var statuses: [Int32] = []
        while statuses.last != 0, statuses.count < faults.count + 2 {
            let number = statuses.count
            let life = try Life(it, number: number, faults: faults.indices.contains(number) ? faults[number] : nil)
            if await life.isReady() {
                do {
                    try await workload.carryOn()
                    it.send(SIGTERM)
                } catch let stuck as Stuck {
                    it.send(SIGKILL)
                    _ = try await life.end()
                    return Outcome(kills: 1, findings: ["\(stuck)\n\(it.log)"])
                } catch is UnixSocketFailure {
                    // It is gone.
                }
            }
            statuses.append(try await life.end())
        }
        let kills = statuses.count { $0 == -SIGKILL }
        var outcome = Outcome(kills: kills, findings: [])
        if statuses.last != 0 || statuses.count != kills + 1 { outcome.findings.append("ends: \(statuses)\n\(it.log)") }
        guard outcome.findings.isEmpty else { return outcome }
        let audit = try await CrashAudit.of(it, desk, workload.expected(crashes: kills))
        outcome.findings += audit.findings
        outcome.findings += wrongAttachments(desk.copies)
        outcome.uncertain = audit.uncertain
        outcome.doubled = audit.doubled
        return outcome
    }

    func expected(crashes: Int) -> CrashAudit.Expected {
        var expected = CrashAudit.Expected(ends: Self.ends, lostAnswers: crashes)
        expected.rejected = ["faux.txt": Self.wrong]
        switch told {
        case .reference(let reference): expected.references = [Self.subjects.handedIn: reference]
        case .noAnswer, .nothing: expected.perhaps = [Self.subjects.handedIn]
        }
        return expected
    }

    /// What lay beside a report or in its folder went with it.
    static func wrongAttachments(_ copies: [MailDesk.Copy]) -> [String] {
        let attached = [
            subjects.folder: Attachment(name: "écran.png", content: picture),
            subjects.attached: Attachment(name: "c.pdf", content: paper),
        ]
        return copies.compactMap { copy in
            let sent = (try? MessageReader.read(copy.bytes))?.attachments
            let dropped = attached.first { copy.subject.hasSuffix($0.key) }.map { [$0.value] } ?? []
            return sent == dropped ? nil : "\(copy.subject): \(sent?.map(\.name) ?? [])"
        }
    }
}
