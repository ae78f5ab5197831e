/* A mail server that takes everything and keeps nothing but when each message was accepted.
 *
 *   sink PORT FILE REPLY-MS MOST
 *
 * Each reply is held for REPLY-MS. FILE, mapped into memory so that reading it costs the run nothing, begins with three
 * 64-bit numbers: messages accepted, sessions opened, the most open at a time; then two for each message, MOST at most:
 * the number N of the "bench-N" found in its first 8 KiB (or all ones), and when it was accepted. 127.0.0.1 only. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 8192 };

struct session {
  int socket;
  int in_data;
  int leaves;
  int matched; /* how much of "\r\n.\r\n" was read */
  size_t head_length, line_length, reply_length;
  uint64_t due; /* when the reply may leave; 0: nothing is held */
  char head[HEAD], line[1024], reply[2048];
  struct session *next;
};

struct ledger {
  uint64_t accepted, sessions, most_open;
  struct { uint64_t id, at; } messages[];
};

static struct ledger *ledger;
static struct session *all;
static uint64_t most, open_now, hold;
static int events;

static void say(struct session *s, const char *text) {
  size_t length = strlen(text);
  if (s->reply_length + length > sizeof s->reply) return;
  memcpy(s->reply + s->reply_length, text, length);
  s->reply_length += length;
  if (hold) s->due = now() + hold;
}

static void leave(struct session *s) {
  for (struct session **p = &all; *p; p = &(*p)->next) {
    if (*p == s) {
      *p = s->next;
      break;
    }
  }
  close(s->socket);
  free(s);
  open_now--;
}

/* Returns 0 where the session is gone. */
static int flush(struct session *s) {
  if (s->reply_length && (!hold || now() >= s->due)) {
    /* Replies are short: a buffer that is full means a peer that does not read. */
    if (send(s->socket, s->reply, s->reply_length, MSG_NOSIGNAL) != (ssize_t)s->reply_length) {
      leave(s);
      return 0;
    }
    s->reply_length = 0;
    s->due = 0;
  }
  if (s->leaves && !s->reply_length) {
    leave(s);
    return 0;
  }
  return 1;
}

static void accept_message(struct session *s) {
  uint64_t id = UINT64_MAX, count = ledger->accepted;
  char *found = memmem(s->head, s->head_length, "bench-", 6);
  if (found) {
    s->head[s->head_length < HEAD ? s->head_length : HEAD - 1] = 0;
    id = strtoull(found + 6, NULL, 10);
  }
  if (count < most) {
    ledger->messages[count].id = id;
    ledger->messages[count].at = now();
  }
  __atomic_store_n(&ledger->accepted, count + 1, __ATOMIC_RELEASE);
  s->in_data = 0;
  say(s, "250 2.0.0 taken\r\n");
}

static void command(struct session *s) {
  const char *line = s->line;
  if (!strncasecmp(line, "EHLO", 4)) say(s, "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 60000000\r\n");
  else if (!strncasecmp(line, "HELO", 4)) say(s, "250 sink\r\n");
  else if (!strncasecmp(line, "DATA", 4)) {
    s->in_data = 1;
    s->matched = 2;
    s->head_length = 0;
    say(s, "354 go on\r\n");
  } else if (!strncasecmp(line, "QUIT", 4)) {
    s->leaves = 1;
    say(s, "221 2.0.0 bye\r\n");
  } else say(s, "250 2.0.0 good\r\n");
}

/* Reads what belongs to a message; returns how much that was. */
static size_t data(struct session *s, const char *bytes, size_t count) {
  static const char end[] = "\r\n.\r\n";
  size_t i = 0;
  while (i < count && s->in_data) {
    if (s->matched == 0) {
      const char *next = memchr(bytes + i, '\r', count - i);
      i = next ? (size_t)(next - bytes) : count;
      if (i == count) break;
    }
    char c = bytes[i++];
    s->matched = c == end[s->matched] ? s->matched + 1 : c == '\r';
    if (s->matched == 5) {
      size_t room = HEAD - s->head_length, taken = i < room ? i : room;
      memcpy(s->head + s->head_length, bytes, taken);
      s->head_length += taken;
      accept_message(s);
      return i;
    }
  }
  size_t room = HEAD - s->head_length, taken = i < room ? i : room;
  memcpy(s->head + s->head_length, bytes, taken);
  s->head_length += taken;
  return i;
}

static void hear(struct session *s, const char *bytes, size_t count) {
  while (count > 0) {
    if (s->in_data) {
      size_t read = data(s, bytes, count);
      bytes += read;
      count -= read;
      continue;
    }
    char c = *bytes++;
    count--;
    if (c == '\n') {
      s->line[s->line_length] = 0;
      s->line_length = 0;
      command(s);
    } else if (s->line_length + 1 < sizeof s->line) s->line[s->line_length++] = c;
  }
}

static void greet(int listener) {
  for (;;) {
    int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
    if (socket < 0) return;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct session *s = calloc(1, sizeof *s);
    if (!s) fail("calloc");
    s->socket = socket;
    s->next = all;
    all = s;
    ledger->sessions++;
    if (++open_now > ledger->most_open) ledger->most_open = open_now;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
    epoll_ctl(events, EPOLL_CTL_ADD, socket, &event);
    say(s, "220 sink ESMTP\r\n");
    flush(s);
  }
}

static void listen_to(struct session *s) {
  static char bytes[1 << 16];
  for (;;) {
    ssize_t count = recv(s->socket, bytes, sizeof bytes, 0);
    if (count == 0 || (count < 0 && errno != EAGAIN)) {
      leave(s);
      return;
    }
    if (count < 0) break;
    hear(s, bytes, (size_t)count);
    if ((size_t)count < sizeof bytes) break;
  }
  flush(s);
}

/* Milliseconds until a held reply may leave; -1: none is held. */
static int patience(void) {
  uint64_t soonest = UINT64_MAX;
  for (struct session *s = all; s; s = s->next)
    if (s->due && s->due < soonest) soonest = s->due;
  if (soonest == UINT64_MAX) return -1;
  uint64_t t = now();
  return soonest <= t ? 0 : (int)((soonest - t + 999999) / 1000000);
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: sink PORT FILE REPLY-MS MOST\n");
    return 64;
  }
  hold = (uint64_t)number(argv[3]) * 1000000;
  most = (uint64_t)number(argv[4]);
  signal(SIGPIPE, SIG_IGN);
  int file = open(argv[2], O_RDWR | O_CREAT | O_TRUNC, 0644);
  size_t size = sizeof *ledger + most * sizeof ledger->messages[0];
  if (file < 0 || ftruncate(file, (off_t)size)) fail(argv[2]);
  ledger = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (ledger == MAP_FAILED) fail("mmap");
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)number(argv[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) fail("listen");
  events = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(events, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    struct epoll_event found[256];
    int count = epoll_wait(events, found, 256, hold ? patience() : -1);
    for (int i = 0; i < count; i++) {
      if (found[i].data.ptr) listen_to(found[i].data.ptr);
      else greet(listener);
    }
    if (hold) {
      for (struct session *s = all, *next; s; s = next) {
        next = s->next;
        if (s->due) flush(s);
      }
    }
  }
}
