/* What assistd writes of each report beside the report itself, in bare C: a submission found by state, license, person and
 * due time, an event for each change, the attempt, and the receipt people read. With it ideal does the same writing. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "load.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

static const char CONTRACT_SCHEMA[] =
  "CREATE TABLE IF NOT EXISTS submissions (reference INTEGER PRIMARY KEY NOT NULL, state TEXT NOT NULL,"
  " ready INTEGER NOT NULL, channel TEXT NOT NULL, rank INTEGER NOT NULL, attempt_count INTEGER NOT NULL,"
  " received_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, due_at INTEGER, relayed_at INTEGER, answered_at INTEGER,"
  " license TEXT NOT NULL, search TEXT NOT NULL, subject TEXT NOT NULL, source_file TEXT, submitter_uid INTEGER NOT NULL,"
  " submitter_name TEXT NOT NULL, size INTEGER NOT NULL, message_id TEXT);"
  "CREATE INDEX IF NOT EXISTS s1 ON submissions (channel, rank) WHERE ready = 1;"
  "CREATE INDEX IF NOT EXISTS s2 ON submissions (state);"
  "CREATE INDEX IF NOT EXISTS s3 ON submissions (license);"
  "CREATE INDEX IF NOT EXISTS s4 ON submissions (submitter_uid);"
  "CREATE INDEX IF NOT EXISTS s5 ON submissions (channel, submitter_uid, license, rank) WHERE ready = 1;"
  "CREATE INDEX IF NOT EXISTS s6 ON submissions (due_at) WHERE due_at IS NOT NULL AND answered_at IS NULL;"
  "CREATE INDEX IF NOT EXISTS s7 ON submissions (relayed_at - received_at) WHERE relayed_at IS NOT NULL;"
  "CREATE TABLE IF NOT EXISTS contents (reference INTEGER PRIMARY KEY NOT NULL, description TEXT, message BLOB);"
  "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, reference INTEGER NOT NULL,"
  " at INTEGER NOT NULL, state TEXT NOT NULL, fr TEXT NOT NULL, en TEXT NOT NULL);"
  "CREATE INDEX IF NOT EXISTS e1 ON events (reference);"
  "CREATE TABLE IF NOT EXISTS attempts (reference INTEGER NOT NULL, number INTEGER NOT NULL, channel TEXT NOT NULL,"
  " started_at INTEGER NOT NULL, ended_at INTEGER, endpoint TEXT, outcome TEXT, code INTEGER, text TEXT,"
  " PRIMARY KEY (reference, number)) WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS taken_files (reference INTEGER NOT NULL, position INTEGER NOT NULL, name BLOB NOT NULL,"
  " device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (reference, position)) WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS counts (submitter_uid INTEGER NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL,"
  " PRIMARY KEY (submitter_uid, state)) WITHOUT ROWID";

/* The statements of one change; each takes the row as ?1, the content as ?2 and the time as ?3, if it names them. */
#define EVENT(state) "INSERT INTO events (reference, at, state, fr, en) VALUES (?1, ?3, '" state "'," \
  " 'Changement d''état de la demande d''assistance', 'The state of the problem report changed')"
#define COUNT(state, by) "INSERT INTO counts VALUES (1000, '" state "', 1)" \
  " ON CONFLICT DO UPDATE SET count = count + " by

static const char *const ADMIT[] = {
  "INSERT INTO submissions VALUES (?1, 'queued', 1, 'smtp', ?3, 0, ?3, ?3, NULL, NULL, NULL, '4000000',"
  " 'licence 4000000 bench banc d''essai gestion commerciale', 'bench', 'report.txt', 1000, 'bench', length(?2),"
  " 'reference@assistd.example')",
  "INSERT INTO contents VALUES (?1, ?2, ?2)", EVENT("queued"),
  "INSERT INTO taken_files VALUES (?1, 0, 'report.txt', 1, ?1, length(?2))", COUNT("queued", "1"), NULL};
static const char *const CLAIM[] = {
  "UPDATE submissions SET state = 'sending', ready = 0, attempt_count = attempt_count + 1, updated_at = ?3 WHERE reference = ?1",
  "INSERT INTO attempts (reference, number, channel, started_at) VALUES (?1, 1, 'smtp', ?3)", EVENT("sending"),
  COUNT("queued", "-1"), COUNT("sending", "1"), NULL};
static const char *const CONCLUDE[] = {
  "UPDATE submissions SET state = 'relayed', relayed_at = ?3, updated_at = ?3, due_at = ?3 + 14400000 WHERE reference = ?1",
  "UPDATE attempts SET ended_at = ?3, endpoint = '127.0.0.1:25', outcome = 'accepted', code = 250, text = '2.0.0 Ok: kept'"
  " WHERE reference = ?1 AND number = 1",
  EVENT("relayed"), COUNT("sending", "-1"), COUNT("relayed", "1"), NULL};

enum { MOST_STATEMENTS = 8 };

/* Puts a receipt in the place of the one before, so that nobody ever reads half of one. */
static inline void write_receipt(int folder, sqlite3_int64 row, const char *state) {
  char text[1024], name[64], hidden[64];
  int length = snprintf(text, sizeof text,
    "Référence : ASD-%012lld\nÉtat : %s\nLicence : 4000000\nObjet : bench-%lld\nPris en charge : 23/11/2026 14:30\n"
    "Le support répond en 4 heures ouvrées avec un contrat d'assistance.\n\nReference: ASD-%012lld\nState: %s\nLicense: 4000000\n"
    "Subject: bench-%lld\nTaken in: 2026-11-23 14:30\nThe desk answers within 4 business hours with an assistance contract.\n",
    row, state, row, row, state, row);
  snprintf(name, sizeof name, "ASD-%012lld.txt", row);
  snprintf(hidden, sizeof hidden, ".ASD-%012lld.new", row);
  int file = openat(folder, hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (file < 0 || write(file, text, (size_t)length) != length || close(file) || renameat(folder, hidden, folder, name)) {
    fail(name);
  }
}

#endif
