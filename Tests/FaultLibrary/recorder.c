/*
 * Writes down, in the order in which they took effect, the calls that change a disk, those that make it durable, and
 * what was said to other programs: from that a disk can be made as a power cut at any moment could leave it.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

bool fault_is_recording;
static int file = -1;
static char stash[PATH_MAX];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

int fault_open_log(const char *path);

void fault_take_record(void) {
    const char *value = getenv("FAULT_STASH");
    if (value) snprintf(stash, sizeof stash, "%s", value);
    if (!(value = getenv("FAULT_RECORD")) || !*value) return;
    file = fault_open_log(value);
    fault_is_recording = true;
}

bool fault_record_begin(enum fault_place place) {
    switch (fault_is_recording ? place : PLACE_none) {
    // The index in shared memory is made anew after a crash.
    case PLACE_none: case PLACE_other: case PLACE_shm: case PLACE_config: case PLACE_local: case PLACE_inet:
        return false;
    default: pthread_mutex_lock(&turn); return true;
    }
}

void fault_record_end(void) {
    pthread_mutex_unlock(&turn);
}

uint64_t fault_inode(int descriptor) {
    struct stat found;
    return syscall(SYS_fstat, descriptor, &found) == 0 ? found.st_ino : 0;
}

uint64_t fault_inode_at(int folder, const char *name) {
    struct stat found;
    return syscall(SYS_newfstatat, folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 ? found.st_ino : 0;
}

void fault_record(enum fault_record kind, const char *path, uint64_t inode, uint64_t number, const void *bytes,
                  size_t count) {
    struct {
        uint64_t kind, inode, number, pathLength, count;
    } head = {kind, inode, number, path ? strlen(path) : 0, count};
    struct iovec pieces[] = {{&head, sizeof head}, {(void *)path, head.pathLength}, {(void *)bytes, count}};
    syscall(SYS_writev, file, pieces, 3);
}

void fault_record_name(enum fault_record kind, int folder, const char *name, uint64_t inode, uint64_t number) {
    char path[PATH_MAX + 512];
    if (fault_path(folder, name, path, sizeof path)) fault_record(kind, path, inode, number, NULL, 0);
}

void fault_record_names(enum fault_record kind, int from, const char *old, int to, const char *new) {
    char paths[2][PATH_MAX + 512];
    if (fault_path(from, old, paths[0], sizeof *paths) && fault_path(to, new, paths[1], sizeof *paths))
        fault_record(kind, paths[0], 0, 0, paths[1], strlen(paths[1]));
}

/* MARK: The stash */

static bool is_empty(int folder, const char *name) {
    int opened = (int)syscall(SYS_openat, folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (opened < 0) return true;
    char entries[4096];
    long count = syscall(SYS_getdents64, opened, entries, sizeof entries);
    syscall(SYS_close, opened);
    // `.` and `..` take 24 bytes each.
    return count <= 48;
}

long fault_remove(enum fault_place place, int folder, const char *name, int flags) {
    struct stat found;
    if (place != PLACE_incoming || !stash[0] ||
        syscall(SYS_newfstatat, folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0 ||
        S_ISDIR(found.st_mode) != ((flags & AT_REMOVEDIR) != 0) ||
        (S_ISDIR(found.st_mode) && !is_empty(folder, name)))
        return syscall(SYS_unlinkat, folder, name, flags);
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%lu", stash, (unsigned long)found.st_ino);
    return syscall(SYS_renameat2, folder, name, AT_FDCWD, path, 0);
}
