"""Journals with a great many submissions in them, made of a few real ones."""

import os
import shutil
import sqlite3

from systems import ROOT, Assistd, Sink

# Kept between runs, as long as the schema is the same: making one takes a minute.
KEPT = os.path.join(ROOT, "journals")
TEMPLATES = 50


def large(count, state):
    """A folder of a system that was stopped, with so many submissions in one state."""
    folder = f"{KEPT}/{state}-{count}"
    if not os.path.exists(folder + "/done"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with Sink() as sink:
            with Assistd(sink.port, folder=folder) as system:
                numbers = system.drop(1, TEMPLATES, pause_us=5000)
                sink.wait(numbers)
        fill(folder + "/journal/journal.sqlite", count, state)
        open(folder + "/done", "w").close()
    return folder


def copy(folder):
    """The same once more, to be used up."""
    target = folder + "-used"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target


def fill(path, count, state):
    """Copies the journal's submissions until there are so many, each older than all before it."""
    database = sqlite3.connect(path, isolation_level=None)
    # A log would take as much room again; the daemon sets it back as it opens the journal.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -400000")
    columns = {
        table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for table in ("submissions", "contents", "events", "attempts")
    }
    # What is old is in front of what is new, as in a journal that grew: its references, at 40 s from one to the next.
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
    place = "(SELECT min(reference) FROM old) - (?1 - n.i + 1) * (40000 << 19)"
    past = "(?1 - n.i + 1) * 40000"
    times = {"queued_at", "received_at", "updated_at", "due_at", "relayed_at", "at", "started_at", "ended_at"}
    queued = state == "queued"

    def value(table, column):
        if column == "reference":
            return place
        if column in times:
            return f"t.{column} - {past}"
        if queued and table == "submissions":
            fixed = {"state": "'queued'", "ready": "0", "next_attempt_at": f"t.received_at - {past}", "relayed_at": "NULL",
                     "due_at": "NULL", "attempt_count": "0"}
            if column in fixed:
                return fixed[column]
        # The answer came: nothing of it is overdue.
        if not queued and table == "submissions" and column in ("state", "answered_at"):
            return "'answered'" if column == "state" else f"t.relayed_at - {past} + 3600000"
        if column == "message":
            return "zeroblob(256)"
        return f"t.{column}"

    database.execute("BEGIN")
    database.execute("CREATE TEMP TABLE old AS SELECT row_number() OVER (ORDER BY reference) - 1 AS k, * FROM submissions")
    for table in ("submissions", "contents", "events", "attempts"):
        if queued and table == "attempts":
            continue
        names = [name for name in columns[table] if name != "id"]
        source = f"{table} AS t"
        only = " AND t.state = 'queued'" if queued and table == "events" else ""
        database.execute(
            f"{numbers} INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(value(table, name) for name in names)} "
            f"FROM n CROSS JOIN old ON old.k = n.i % {TEMPLATES} CROSS JOIN {source} ON t.reference = old.reference{only}",
            (count,))
    kind = "queued" if queued else "answered"
    database.execute(
        "INSERT INTO counts SELECT submitter_uid, ?, count(*) FROM submissions WHERE state = ? GROUP BY 1 "
        "ON CONFLICT DO UPDATE SET count = excluded.count", (kind, kind))
    # As if receipts had been written.
    database.execute("UPDATE bookmarks SET event = (SELECT max(id) FROM events)")
    database.execute("COMMIT")
    database.close()
