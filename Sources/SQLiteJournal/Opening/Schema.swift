import GRDB

/// The tables and how they came about. A migration that was released is never changed: another one follows it.
enum Schema {
    /// Marks the file as a journal of this program, for `file` and for us: "ASDJ".
    static let applicationID: Int32 = 0x4153_444A

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 first tables") { try $0.execute(sql: firstTables) }
        migrator.registerMigration("2 the desk's rules") { try $0.execute(sql: deskRules) }
        migrator.registerMigration("3 fax") { try $0.execute(sql: fax) }
        migrator.registerMigration("4 turns") { try $0.execute(sql: turns) }
        migrator.registerMigration("5 figures") { try $0.execute(sql: figures) }
        return migrator
    }

    /// Refuses another program's database, and one that a newer version has migrated.
    static func refuseWhatIsNotOurs(_ database: Database, path: String) throws {
        let found = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        // A first start that was cut short leaves no more than what GRDB makes for itself.
        let tables =
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%'") ?? 0
        guard found == applicationID || found == 0 && tables == 0 else { throw JournalFault.foreign(path) }
        if try tables > 0 && migrator.hasBeenSuperseded(database) { throw JournalFault.newer(path) }
    }

    /// Instants are milliseconds since 1970, references their number, lists of small things JSON.
    ///
    /// `ready` spares the claim a walk over what is queued but not yet due: it is set once `next_attempt_at` has come.
    /// Every index ends in the rowid, which is the reference, so that each gives its submissions newest first.
    private static let firstTables = """
        PRAGMA application_id = \(applicationID);

        CREATE TABLE submissions (
            reference INTEGER PRIMARY KEY NOT NULL,
            state TEXT NOT NULL,
            ready INTEGER NOT NULL,
            channel TEXT NOT NULL,
            rank INTEGER NOT NULL,
            attempt_count INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            queued_at INTEGER NOT NULL,
            next_attempt_at INTEGER,
            received_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            due_at INTEGER,
            relayed_at INTEGER,
            delivered_at INTEGER,
            acknowledged_at INTEGER,
            answered_at INTEGER,
            reason_code TEXT,
            reason_fr TEXT,
            reason_en TEXT,
            license TEXT NOT NULL,
            search TEXT NOT NULL,
            subject TEXT NOT NULL,
            priority TEXT NOT NULL,
            language TEXT NOT NULL,
            source_file TEXT,
            submitter_uid INTEGER NOT NULL,
            submitter_name TEXT NOT NULL,
            size INTEGER NOT NULL,
            message_id TEXT,
            remote_ticket TEXT,
            company TEXT,
            contact TEXT,
            email TEXT,
            phone TEXT,
            partner TEXT,
            product TEXT,
            module TEXT,
            version TEXT,
            callback TEXT,
            sender_reference TEXT,
            other_fields TEXT,
            attachments TEXT,
            notes TEXT
        );
        CREATE INDEX submissions_ready ON submissions (channel, rank) WHERE ready = 1;
        CREATE INDEX submissions_waiting ON submissions (channel, next_attempt_at)
            WHERE state = 'queued' AND ready = 0;
        CREATE INDEX submissions_by_state ON submissions (state);
        CREATE INDEX submissions_by_license ON submissions (license);
        CREATE INDEX submissions_by_submitter ON submissions (submitter_uid);
        CREATE INDEX submissions_by_fax ON submissions (reference) WHERE channel = 'fax';

        CREATE TABLE contents (
            reference INTEGER PRIMARY KEY NOT NULL REFERENCES submissions (reference) ON DELETE CASCADE,
            description TEXT,
            message BLOB,
            file_size INTEGER
        );
        CREATE INDEX contents_in_files ON contents (reference) WHERE file_size IS NOT NULL;

        CREATE TABLE events (
            id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
            reference INTEGER NOT NULL REFERENCES submissions (reference) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            state TEXT NOT NULL,
            fr TEXT NOT NULL,
            en TEXT NOT NULL
        );
        CREATE INDEX events_by_reference ON events (reference);

        CREATE TABLE attempts (
            reference INTEGER NOT NULL REFERENCES submissions (reference) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            channel TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            endpoint TEXT NOT NULL DEFAULT '',
            outcome TEXT,
            code INTEGER,
            enhanced_code TEXT,
            text TEXT,
            reason TEXT,
            fault TEXT,
            fault_fr TEXT,
            fault_en TEXT,
            PRIMARY KEY (reference, number)
        ) WITHOUT ROWID;

        CREATE TABLE taken_files (
            reference INTEGER NOT NULL REFERENCES submissions (reference) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            fate TEXT NOT NULL,
            name BLOB NOT NULL,
            device INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (reference, position)
        ) WITHOUT ROWID;

        CREATE TABLE counts (
            submitter_uid INTEGER NOT NULL,
            state TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (submitter_uid, state)
        ) WITHOUT ROWID;

        CREATE TABLE bookmarks (name TEXT PRIMARY KEY NOT NULL, event INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE reference_drift (behind INTEGER NOT NULL, ahead INTEGER NOT NULL);
        INSERT INTO reference_drift VALUES (0, 0);
        """

    private static let deskRules = """
        ALTER TABLE submissions ADD COLUMN kind TEXT NOT NULL DEFAULT 'report';
        ALTER TABLE submissions ADD COLUMN related INTEGER;
        ALTER TABLE submissions ADD COLUMN promised INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE submissions ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE submissions ADD COLUMN due_calendar TEXT;
        ALTER TABLE submissions ADD COLUMN overdue_at INTEGER;
        ALTER TABLE submissions ADD COLUMN slot_start INTEGER;
        ALTER TABLE submissions ADD COLUMN slot_end INTEGER;
        ALTER TABLE submissions ADD COLUMN slot_sequence INTEGER;
        ALTER TABLE submissions ADD COLUMN slot_origin INTEGER;
        CREATE INDEX submissions_due ON submissions (due_at)
            WHERE due_at IS NOT NULL AND overdue_at IS NULL AND state IN ('relayed', 'delivered', 'acknowledged');
        CREATE INDEX submissions_overdue ON submissions (reference)
            WHERE overdue_at IS NOT NULL AND state IN ('relayed', 'delivered', 'acknowledged');
        CREATE INDEX submissions_by_slot ON submissions (slot_origin) WHERE slot_origin IS NOT NULL;

        CREATE TABLE said (what TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        """

    /// `handed_at` is set before an attempt that takes its time is handed over: from then on the peer may have it.
    private static let fax = """
        ALTER TABLE attempts ADD COLUMN handed_at INTEGER;
        ALTER TABLE attempts ADD COLUMN job TEXT;
        ALTER TABLE attempts ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempts ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX attempts_handed ON attempts (handed_at) WHERE handed_at IS NOT NULL;

        ALTER TABLE submissions ADD COLUMN fallback_at INTEGER;
        """

    /// What is ready, user by user and license by license.
    private static let turns = """
        CREATE INDEX submissions_by_turn ON submissions (channel, submitter_uid, license, rank) WHERE ready = 1;
        """

    /// What figures over everything are read from (`StatisticsQuery`): lengths in their order, and what is awaited.
    private static let figures = """
        CREATE INDEX submissions_by_delivery ON submissions (relayed_at - received_at)
            WHERE relayed_at IS NOT NULL AND kind IN ('report', 'callback', 'callback_cancellation');
        CREATE INDEX submissions_by_response ON submissions (answered_at - relayed_at)
            WHERE answered_at IS NOT NULL AND relayed_at IS NOT NULL
            AND kind IN ('report', 'callback', 'callback_cancellation');
        CREATE INDEX submissions_by_margin ON submissions (due_at - answered_at)
            WHERE due_at IS NOT NULL AND answered_at IS NOT NULL
            AND kind IN ('report', 'callback', 'callback_cancellation');
        CREATE INDEX submissions_awaited ON submissions (due_at)
            WHERE due_at IS NOT NULL AND answered_at IS NULL
            AND kind IN ('report', 'callback', 'callback_cancellation')
            AND state NOT IN ('answered', 'rejected', 'failed', 'cancelled');
        CREATE INDEX submissions_of_its_own ON submissions (state) WHERE kind IN ('reminder', 'notice');
        """
}
