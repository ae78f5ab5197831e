import Foundation
import GRDB
import Platform
package import SupportDesk

extension SQLiteJournal: Journal {
    package func admit(_ admissions: [Admission], inLine: @escaping @Sendable () -> Void) async throws {
        guard !admissions.isEmpty else { return }
        for admission in admissions where admission.submission.state == .queued && admission.message == nil {
            throw JournalFault.contentMissing(admission.submission.reference)
        }
        guard admissions.contains(where: { contents.needsFile($0.message) }) else {
            return try await write(try admissions.map { try AdmissionRows($0, keeping: .init($0.message)) }, inLine)
        }
        if let failure { throw failure }
        let kept: [ContentFolder.Kept?]
        do {
            kept = try await contents.keep(admissions.map { ($0.submission.reference, $0.message) })
        } catch let error as SystemError {
            guard let end = JournalFault.end(error) else { throw error }
            committer.note(end)
            throw end
        }
        do {
            try await write(try zip(admissions, kept).map { try AdmissionRows($0, keeping: $1) }, inLine)
        } catch let fault as JournalFault where fault.undoesAll {
            // After any other fault nobody knows what a restart will find committed; the sweep decides then.
            contents.discard(
                zip(admissions, kept).compactMap { admission, kept in
                    if case .file = kept { admission.submission.reference } else { nil }
                })
            throw fault
        }
    }

    package var failure: (any Explained)? { committer.failure }

    package func takenFiles() async throws -> [Taken] {
        try await read { database in
            var taken: [Taken] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT reference, fate, name, device, inode, size, modified FROM taken_files
                    ORDER BY reference, position
                    """)
            while let row = try rows.next() {
                let reference = Reference(key: try row.value(0))
                if taken.last?.reference != reference {
                    taken.append(
                        Taken(reference: reference, fate: try SubmissionRow.known(row.value(1), "fate"), files: []))
                }
                let file = try FileIdentity(
                    name: row.withUnsafeData(atIndex: 2) { Array($0 ?? Data()) },
                    device: UInt64(bitPattern: row.value(3)), inode: UInt64(bitPattern: row.value(4)),
                    size: row.value(5),
                    modified: row.value(6))
                taken[taken.count - 1].files.append(file)
            }
            return taken
        }
    }

    package func handedIn(since: Timestamp) async throws -> [QuotaUsage.Entry] {
        try await read { database in
            let sql = """
                SELECT submitter_uid, license, received_at / 3600000, count(*) FROM submissions
                WHERE reference >= ? AND received_at >= ? AND kind IN ('report', 'callback') AND state <> 'rejected'
                AND reason_code IS NOT 'quota_exceeded' GROUP BY 1, 2, 3
                """
            let lowest = try ReferenceDrift.read(database).lowest(from: since)
            return try Row.fetchAll(database, sql: sql, arguments: [lowest, since.milliseconds]).map { row in
                let uid: Int64 = try row.value(0)
                return try QuotaUsage.Entry(
                    uid: UInt32(truncatingIfNeeded: uid), license: row.value(1), hour: row.value(2), count: row.value(3)
                )
            }
        }
    }

    package func forgetTaken(_ references: [Reference]) async throws {
        guard !references.isEmpty else { return }
        try await committer.write { ledger in
            for reference in references {
                try ledger.database.run(
                    "DELETE FROM taken_files WHERE reference = ?", [.integer(reference.key)])
            }
        }
    }

    private func write(_ admissions: [AdmissionRows], _ inLine: @escaping @Sendable () -> Void) async throws {
        try await committer.write(inLine: inLine) { ledger in
            for admission in admissions { try admission.write(to: ledger) }
        }
    }
}
