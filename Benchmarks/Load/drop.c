/* Drops reports into a folder as a careful program does: written beside it, then renamed into it.
 *
 *   drop STAGING FOLDER FIRST COUNT SIZE PAUSE-US TIMES
 *
 * STAGING lies on the same file system as FOLDER. TIMES gets, for each report, two 64-bit numbers: which it is, and
 * when its dropping began. */
#include "load.h"
#include <fcntl.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 8) {
    fprintf(stderr, "usage: drop STAGING FOLDER FIRST COUNT SIZE PAUSE-US TIMES\n");
    return 64;
  }
  long first = number(argv[3]), count = number(argv[4]), size = number(argv[5]), pause = number(argv[6]);
  int staging = open(argv[1], O_RDONLY | O_DIRECTORY), folder = open(argv[2], O_RDONLY | O_DIRECTORY);
  if (staging < 0) fail(argv[1]);
  if (folder < 0) fail(argv[2]);
  char *content = malloc((size_t)size + 256);
  uint64_t *times = malloc((size_t)count * 16);
  if (!content || !times) fail("malloc");
  for (long i = 0; i < count; i++) {
    size_t length = report(content, first + i, (size_t)size);
    char name[40];
    sprintf(name, "bench-%ld.txt", first + i);
    times[2 * i] = (uint64_t)(first + i);
    times[2 * i + 1] = now();
    int file = openat(staging, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0 || write(file, content, length) != (ssize_t)length) fail(name);
    close(file);
    if (renameat(staging, name, folder, name)) fail(name);
    if (pause) usleep((useconds_t)pause);
  }
  FILE *out = fopen(argv[7], "w");
  if (!out || fwrite(times, 16, (size_t)count, out) != (size_t)count || fclose(out)) fail(argv[7]);
  return 0;
}
