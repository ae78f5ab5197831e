/* The least that does the job: what a program that does more is measured against. No retries but one after the other, no
 * parsing, no receipts, no log.
 *
 *   ideal FOLDER JOURNAL PORT CONNECTIONS [RECEIPTS]
 *
 * One thread takes in: inotify says what was renamed into FOLDER, each file is read, all that came meanwhile is committed
 * to SQLite together (WAL, synchronous=FULL), then unlinked. CONNECTIONS threads, each with an easy handle and its
 * connection kept open, send; libcurl's multi handle would have all wait for the slowest reply. One thread commits
 * what became of the messages, all that came meanwhile together, and no message leaves memory before.
 *
 * With RECEIPTS it writes what assistd's contract asks for as well (contract.h): the same rows in the same three steps,
 * a message being sent only once that is in the journal, and a receipt in that folder at the first and the last step. */
#define _GNU_SOURCE
#include "contract.h"
#include "load.h"
#include <curl/curl.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { BATCH = 512, LARGEST = 65536 };

static const char *journal;
static long port;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, writing = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER, outcome = PTHREAD_COND_INITIALIZER;
/* Row numbers, as rings that grow. */
struct line { sqlite3_int64 *rows; size_t head, tail, room; };
static struct line queue, done;
/* With receipts: what may be sent, and what is to be told; how many connections want something. */
static struct line claimed, told;
static int receipts = -1, wanted;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

static void append(struct line *line, sqlite3_int64 row) {
  if (line->tail == line->room) {
    line->room = line->room ? line->room * 2 : 4096;
    line->rows = realloc(line->rows, line->room * sizeof *line->rows);
    if (!line->rows) fail("realloc");
  }
  line->rows[line->tail++] = row;
}

static void must(int code, sqlite3 *db) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static sqlite3 *connect_to_journal(void) {
  sqlite3 *db;
  must(sqlite3_open(journal, &db), db);
  must(sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
    "CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, content BLOB, state TEXT)", 0, 0, 0), db);
  if (receipts >= 0) must(sqlite3_exec(db, CONTRACT_SCHEMA, 0, 0, 0), db);
  sqlite3_busy_timeout(db, 10000);
  return db;
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *text) {
  sqlite3_stmt *statement;
  must(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0), db);
  return statement;
}

static void run(sqlite3 *db, sqlite3_stmt *statement) {
  must(sqlite3_step(statement), db);
  must(sqlite3_reset(statement), db);
}

struct change { sqlite3_stmt *statements[MOST_STATEMENTS]; };

static struct change prepared_change(sqlite3 *db, const char *const *texts) {
  struct change change = {{0}};
  for (int i = 0; receipts >= 0 && texts[i]; i++) change.statements[i] = prepared(db, texts[i]);
  return change;
}

static void run_change(sqlite3 *db, const struct change *change, sqlite3_int64 row, const char *content, int length) {
  for (int i = 0; change->statements[i]; i++) {
    sqlite3_stmt *statement = change->statements[i];
    int count = sqlite3_bind_parameter_count(statement);
    if (count >= 1) must(sqlite3_bind_int64(statement, 1, row), db);
    if (count >= 2 && content) must(sqlite3_bind_blob(statement, 2, content, length, SQLITE_STATIC), db);
    if (count >= 3) must(sqlite3_bind_int64(statement, 3, (sqlite3_int64)(now() / 1000000)), db);
    run(db, statement);
  }
}

/* Has receipts of rows written; negative ones are those of messages that were sent. */
static void tell(const sqlite3_int64 *rows, size_t count, int sign) {
  if (receipts < 0 || count == 0) return;
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count; i++) append(&told, sign * rows[i]);
  pthread_cond_signal(&news);
  pthread_mutex_unlock(&lock);
}

static void *write_receipts(void *unused) {
  (void)unused;
  struct line mine = {0};
  for (;;) {
    pthread_mutex_lock(&lock);
    while (told.tail == 0) pthread_cond_wait(&news, &lock);
    struct line other = told;
    told = mine;
    told.tail = 0;
    mine = other;
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < mine.tail; i++) {
      write_receipt(receipts, llabs(mine.rows[i]), mine.rows[i] > 0 ? "pris en charge / queued" : "relayé / relayed");
    }
  }
  return NULL;
}

struct names { char name[BATCH][256]; int count; };

static void commit(sqlite3 *db, sqlite3_stmt *begin, sqlite3_stmt *insert, sqlite3_stmt *end,
                   const struct change *admit, int folder, struct names *names) {
  static char content[LARGEST];
  static sqlite3_int64 rows[BATCH];
  if (!names->count) return;
  pthread_mutex_lock(&writing);
  run(db, begin);
  int taken = 0;
  for (int i = 0; i < names->count; i++) {
    int file = openat(folder, names->name[i], O_RDONLY | O_NOFOLLOW);
    if (file < 0) continue;
    ssize_t length = read(file, content, sizeof content);
    close(file);
    if (length < 0) fail("read");
    static sqlite3_int64 last;
    if (receipts >= 0) {
      run_change(db, admit, ++last, content, (int)length);
      rows[taken++] = last;
      continue;
    }
    must(sqlite3_bind_blob(insert, 1, content, (int)length, SQLITE_STATIC), db);
    run(db, insert);
    rows[taken++] = sqlite3_last_insert_rowid(db);
  }
  run(db, end);
  pthread_mutex_unlock(&writing);
  for (int i = 0; i < names->count; i++) unlinkat(folder, names->name[i], 0);
  pthread_mutex_lock(&lock);
  for (int i = 0; i < taken; i++) append(&queue, rows[i]);
  if (receipts >= 0) pthread_cond_signal(&outcome);
  else if (taken > 1) pthread_cond_broadcast(&work);
  else pthread_cond_signal(&work);
  pthread_mutex_unlock(&lock);
  tell(rows, (size_t)taken, 1);
  names->count = 0;
}

static void take_in(const char *path) {
  sqlite3 *db = connect_to_journal();
  sqlite3_stmt *begin = prepared(db, "BEGIN IMMEDIATE"), *end = prepared(db, "COMMIT"),
    *insert = prepared(db, "INSERT INTO reports (content, state) VALUES (?, 'queued')");
  struct change admit = prepared_change(db, ADMIT);
  static struct names names;
  static char events[1 << 16] __attribute__((aligned(8)));
  int watch = inotify_init1(IN_CLOEXEC), folder = open(path, O_RDONLY | O_DIRECTORY), look = 1;
  if (folder < 0 || inotify_add_watch(watch, path, IN_MOVED_TO) < 0) fail(path);
  for (;;) {
    if (look) {
      DIR *stream = fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY));
      for (struct dirent *entry; stream && (entry = readdir(stream));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(names.name[names.count++], 256, "%s", entry->d_name);
        if (names.count == BATCH) commit(db, begin, insert, end, &admit, folder, &names);
      }
      closedir(stream);
      commit(db, begin, insert, end, &admit, folder, &names);
      look = 0;
    }
    ssize_t count = read(watch, events, sizeof events);
    for (char *at = events; count > 0 && at < events + count;) {
      struct inotify_event *event = (struct inotify_event *)at;
      at += sizeof *event + event->len;
      if (event->mask & IN_Q_OVERFLOW) look = 1;
      else if (event->len) {
        snprintf(names.name[names.count++], 256, "%s", event->name);
        if (names.count == BATCH) commit(db, begin, insert, end, &admit, folder, &names);
      }
    }
    commit(db, begin, insert, end, &admit, folder, &names);
  }
}

static void *conclude(void *unused) {
  (void)unused;
  sqlite3 *db = connect_to_journal();
  sqlite3_stmt *begin = prepared(db, "BEGIN IMMEDIATE"), *end = prepared(db, "COMMIT"),
    *update = prepared(db, "UPDATE reports SET state = 'sent' WHERE id = ?");
  struct change claim = prepared_change(db, CLAIM), relayed = prepared_change(db, CONCLUDE);
  struct line mine = {0}, next = {0};
  for (;;) {
    pthread_mutex_lock(&lock);
    while (done.tail == 0 && (receipts < 0 || !wanted || queue.head == queue.tail)) pthread_cond_wait(&outcome, &lock);
    next.tail = 0;
    for (; receipts >= 0 && wanted && queue.head < queue.tail; wanted--) append(&next, queue.rows[queue.head++]);
    if (receipts >= 0 && queue.head == queue.tail) queue.head = queue.tail = 0;
    struct line other = done;
    done = mine;
    done.tail = 0;
    mine = other;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&writing);
    run(db, begin);
    for (size_t i = 0; i < mine.tail; i++) {
      if (receipts >= 0) {
        run_change(db, &relayed, mine.rows[i], NULL, 0);
        continue;
      }
      must(sqlite3_bind_int64(update, 1, mine.rows[i]), db);
      run(db, update);
    }
    for (size_t i = 0; i < next.tail; i++) run_change(db, &claim, next.rows[i], NULL, 0);
    run(db, end);
    pthread_mutex_unlock(&writing);
    if (receipts < 0) continue;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < next.tail; i++) append(&claimed, next.rows[i]);
    pthread_cond_broadcast(&work);
    pthread_mutex_unlock(&lock);
    tell(mine.rows, mine.tail, -1);
  }
  return NULL;
}

struct message { char *bytes; size_t length, sent; };

static size_t give(char *to, size_t size, size_t count, void *context) {
  struct message *message = context;
  size_t rest = message->length - message->sent, most = size * count, given = rest < most ? rest : most;
  memcpy(to, message->bytes + message->sent, given);
  message->sent += given;
  return given;
}

static void *send_mail(void *unused) {
  (void)unused;
  sqlite3 *db = connect_to_journal();
  struct line *mine = receipts >= 0 ? &claimed : &queue;
  sqlite3_stmt *read = prepared(
    db, receipts >= 0 ? "SELECT message FROM contents WHERE reference = ?" : "SELECT content FROM reports WHERE id = ?");
  struct message message = {malloc(2 * LARGEST), 0, 0};
  char url[64];
  sprintf(url, "smtp://127.0.0.1:%ld/bench.example", port);
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<bench@bench.example>");
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, curl_slist_append(NULL, "<desk@desk.example>"));
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, 32L * 1024);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &message);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  for (;;) {
    pthread_mutex_lock(&lock);
    wanted++;
    if (receipts >= 0) pthread_cond_signal(&outcome);
    while (mine->head == mine->tail) pthread_cond_wait(&work, &lock);
    sqlite3_int64 row = mine->rows[mine->head++];
    if (mine->head == mine->tail) mine->head = mine->tail = 0;
    pthread_mutex_unlock(&lock);
    must(sqlite3_bind_int64(read, 1, row), db);
    must(sqlite3_step(read), db);
    const char *from = sqlite3_column_blob(read, 0), *until = from + sqlite3_column_bytes(read, 0);
    message.length = message.sent = 0;
    while (from < until) {
      const char *next = memchr(from, '\n', (size_t)(until - from));
      size_t length = (size_t)((next ? next : until) - from);
      memcpy(message.bytes + message.length, from, length);
      message.length += length;
      message.bytes[message.length++] = '\r';
      message.bytes[message.length++] = '\n';
      from += length + 1;
    }
    must(sqlite3_reset(read), db);
    while (curl_easy_perform(curl) != CURLE_OK) {
      message.sent = 0;
      usleep(100000);
    }
    pthread_mutex_lock(&lock);
    append(&done, row);
    if (done.tail == 1) pthread_cond_signal(&outcome);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 5 && argc != 6) {
    fprintf(stderr, "usage: ideal FOLDER JOURNAL PORT CONNECTIONS [RECEIPTS]\n");
    return 64;
  }
  if (argc == 6 && (receipts = open(argv[5], O_RDONLY | O_DIRECTORY)) < 0) fail(argv[5]);
  journal = argv[2];
  port = number(argv[3]);
  curl_global_init(CURL_GLOBAL_ALL);
  connect_to_journal();
  pthread_t thread;
  for (long i = number(argv[4]); i > 0; i--) pthread_create(&thread, NULL, send_mail, NULL);
  pthread_create(&thread, NULL, conclude, NULL);
  if (receipts >= 0) pthread_create(&thread, NULL, write_receipts, NULL);
  take_in(argv[1]);
}
