import Foundation
import Glibc
import Platform
import SQLiteJournal
import SupportDesk
import TestSupport
import UnixSocketHTTP

/// The whole workload, while a system call of the daemon fails for a while.
struct FaultTrial: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        /// How often the call failed.
        var failures = 0
        /// How often the daemon was started again, or gave up starting.
        var restarts = 0
        /// Whether the log tells what the call met.
        var isTold = false
        var findings: [String] = []
        var log = ""
    }

    /// As in `write:wal`.
    let call: String
    let error: Int32
    /// Which of the calls fail, counted from 1.
    let numbers: [Int]

    private static let names: [Int32: String] = [
        ENOSPC: "ENOSPC", EDQUOT: "EDQUOT", EIO: "EIO", EMFILE: "EMFILE", EACCES: "EACCES", EROFS: "EROFS",
        EPERM: "EPERM", EPIPE: "EPIPE", ECONNRESET: "ECONNRESET", ECONNREFUSED: "ECONNREFUSED", ETIMEDOUT: "ETIMEDOUT",
    ]

    var name: String { "\(call) \(Self.names[error] ?? "\(error)") \(numbers)" }

    private var rules: [String] {
        numbers.map { "\(call):\($0)=fail-\(Self.names[error] ?? "")" }
    }

    /// Has the kernel end a life after seconds that are far more than it ever needs: alarms outlive an exec.
    private static let limit = ["perl", "-e", "alarm 300; exec @ARGV"]

    /// What came of it, also where something went on that nobody foresaw.
    func outcome() async -> Outcome {
        do { return try await run() } catch { return Outcome(findings: ["\(error)"]) }
    }

    private func run() async throws -> Outcome {
        let it = try Installation(smtp: "")
        let desk = try MailDesk(verdicts: Workload.verdicts)
        try it.configure(
            smtp: desk.server.plainSettings + "\nconnections = 1", settle: "50ms", spool: "rescan = \"1s\"",
            more: "[retry]\nfirst = \"500ms\"\nceiling = \"500ms\"")
        var workload = try Workload(it, desk)
        var faults = Faults(trace: it.folder("trace"))
        faults.rules = rules
        var outcome = Outcome()
        var isDone = false
        while !isDone, outcome.restarts < 3 {
            let start = it.logSize
            let life = try Life(
                it, number: outcome.restarts, faults: outcome.restarts == 0 ? faults : nil,
                through: Self.limit)
            let watch = watch(it, after: start)
            let isReady = await life.isReady()
            if isReady, try await Self.carryOn(&workload) {
                isDone = true
                it.send(SIGTERM)
            }
            let status = try await life.end()
            watch.cancel()
            // Whoever reads the log late shall not restart the next one.
            await watch.value
            // What somebody, or systemd, starts again, or stopped before it was up. Anything else is a crash.
            if ![0, 75, 77, 78].contains(status), isReady || status != -SIGTERM {
                outcome.findings.append(status == -SIGALRM ? "stuck" : "ended with \(status)")
            }
            if !isDone { outcome.restarts += 1 }
        }
        outcome.log = Self.complaints(it.log)
        let acted = try it.folder.text(of: "trace").split(separator: "\n").filter { $0.hasPrefix("! ") }
        outcome.failures = acted.count
        outcome.isTold = Self.words(for: error).contains { outcome.log.contains($0) }
        guard isDone, outcome.findings.isEmpty else {
            outcome.findings.append("not done; \(try await Self.rest(it))")
            return outcome
        }
        let lost = outcome.restarts + (call.hasSuffix(":mail") ? numbers.count : 0)
        outcome.findings += try await workload.audit(lostAnswers: lost)
        return outcome
    }

    /// Where everything stands.
    private static func rest(_ it: Installation) async throws -> String {
        let journal = try await SQLiteJournal.open(path: it.folder("journal/journal.sqlite"))
        let all = try await CrashAudit.submissions(journal).map { "\($0.subject) \($0.state) \($0.attemptCount)" }
        try await journal.close()
        return "\(all), incoming/ \(try it.folder.names(in: "spool/incoming"))"
    }

    /// How the log may say what was met.
    private static func words(for error: Int32) -> [String] {
        let own = [ENOSPC: "the disk is full", EDQUOT: "the disk quota is reached"][error]
        return [String(cString: strerror(error)), "disk I/O error"] + (own.map { [$0] } ?? [])
    }

    /// Goes on until all is done, also after a connection broke; false where the daemon is gone.
    private static func carryOn(_ workload: inout Workload) async throws -> Bool {
        while true {
            do {
                try await workload.carryOn()
                try await workload.it.becomesTidy()
                return true
            } catch let failure as UnixSocketFailure {
                if failure.kind == .absent || failure.kind == .refused { return false }
                try Task.checkCancellation()
            }
        }
    }

    /// What the log says that is not said when all is well.
    private static func complaints(_ log: String) -> String {
        log.split(separator: "\n").filter { !$0.contains(" info ") && !$0.contains("451 4.3.0 Not now") }
            .suffix(30).joined(separator: "\n")
    }

    /// Does what an administrator does who reads the log.
    private func watch(_ it: Installation, after start: Int) -> Task<Void, Never> {
        Task {
            for await _ in it.logLines(with: "systemctl restart assistd", after: start) {
                it.send(SIGTERM)
                return
            }
        }
    }
}

extension Installation {
    /// Waits until what failed on the way was done again: nothing is left in the drop zone, and receipts are written.
    fileprivate func becomesTidy() async throws {
        while try !folder.names(in: "spool/incoming").isEmpty || !isWritingReceipts {
            try Task.checkCancellation()
            _ = try await get("/v1/events?after=\(Int.max)&wait=1")
        }
    }

    private var isWritingReceipts: Bool {
        let log = log
        guard let trouble = log.range(of: "cannot write receipts", options: .backwards) else { return true }
        return log[trouble.upperBound...].contains("receipts are written again")
    }
}

extension Workload {
    /// What is wrong when all is over, though some answers got lost.
    func audit(lostAnswers: Int) async throws -> [String] {
        let audit = try await CrashAudit.of(it, desk, expected(crashes: lostAnswers))
        return audit.findings + Self.wrongAttachments(desk.copies)
    }
}
