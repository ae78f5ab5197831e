/* What the load programs share: a clock, a report with its number in it, and reading numbers. */
#ifndef LOAD_H
#define LOAD_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Nanoseconds on the clock that never jumps; the same for all programs of a machine. */
static inline uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static inline long number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*text == 0 || *end != 0) {
    fprintf(stderr, "not a number: %s\n", text);
    exit(64);
  }
  return value;
}

/* A report of `size` bytes whose subject names its number; no two are alike. */
static inline size_t report(char *to, long id, size_t size) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
  size_t length = (size_t)sprintf(to,
    "Licence: %07ld\nProduit: Gestion Commerciale\nVersion: 9.5\nSociete: Banc d'essai\n"
    "Objet: bench-%ld\n\n", 4000000 + id % 50, id);
  uint32_t state = 12345 + (uint32_t)id;
  for (int column = 0; length + 1 < size; length++) {
    if (++column == 72) {
      to[length] = '\n';
      column = 0;
      continue;
    }
    state = state * 1664525u + 1013904223u;
    to[length] = letters[(state >> 16) % (sizeof letters - 1)];
  }
  to[length++] = '\n';
  return length;
}

#endif
