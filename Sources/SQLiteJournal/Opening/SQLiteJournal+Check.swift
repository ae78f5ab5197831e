import GRDB

extension SQLiteJournal {
    /// Looks through the whole database for damage; long on a large one, but it holds nobody up.
    ///
    /// - Returns: what is wrong, in SQLite's words; empty where all is well.
    package func check() async throws -> [String] {
        let settings = try await committer.write { try DurabilitySettings($0.database) }
        var findings = settings == .required ? [] : ["\(settings)"]
        findings += try await read { database in
            var findings = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if orphans > 0 { findings.append("\(orphans) rows belong to no submission") }
            let miscounted = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM (
                        SELECT submitter_uid, state, count(*) AS number FROM submissions GROUP BY submitter_uid, state
                        EXCEPT SELECT submitter_uid, state, count FROM counts
                        UNION ALL
                        SELECT * FROM (SELECT submitter_uid, state, count FROM counts WHERE count <> 0
                        EXCEPT SELECT submitter_uid, state, count(*) FROM submissions GROUP BY submitter_uid, state))
                    """)
            if let miscounted, miscounted > 0 { findings.append("\(miscounted) counts differ from what they count") }
            return findings
        }
        return findings
    }
}
