/*
 * Which place a path, a descriptor or a socket belongs to. Asked of the kernel each time, so that nothing need be
 * remembered of descriptors that libc opens and closes by itself.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static char spool[PATH_MAX], journal[PATH_MAX], state[PATH_MAX], control[PATH_MAX], config[PATH_MAX];

static void take(const char *name, char *into) {
    const char *value = getenv(name);
    if (value) snprintf(into, PATH_MAX, "%s", value);
}

void fault_take_places(void) {
    take("FAULT_SPOOL", spool);
    take("FAULT_JOURNAL", journal);
    take("FAULT_CONTROL", control);
    take("FAULT_CONFIG", config);
    strcpy(state, journal);
    char *slash = strrchr(state, '/');
    if (slash) *slash = 0;
}

/* What follows a folder in a path: "" for itself; NULL where the path does not lie in it. */
static const char *below(const char *path, const char *folder) {
    size_t length = strlen(folder);
    if (length == 0 || strncmp(path, folder, length) != 0) return NULL;
    if (path[length] == 0) return path + length;
    return path[length] == '/' ? path + length + 1 : NULL;
}

static enum fault_place place_in(const char *rest, const char *name, enum fault_place folder, enum fault_place file) {
    const char *within = below(rest, name);
    return !within ? PLACE_none : *within ? file : folder;
}

/* Whether a folder lies right in another one. */
static bool is_above(const char *path, const char *folder) {
    const char *rest = below(folder, path);
    return rest && *rest && !strchr(rest, '/');
}

static enum fault_place place_of(const char *path) {
    const char *rest;
    if ((rest = below(path, spool))) {
        enum fault_place place = place_in(rest, "incoming", PLACE_incoming_folder, PLACE_incoming);
        if (!place) place = place_in(rest, "rejected", PLACE_rejected_folder, PLACE_rejected);
        if (!place) place = place_in(rest, "receipts", PLACE_receipts_folder, PLACE_receipts);
        if (!place) place = strcmp(rest, ".lock") == 0 ? PLACE_lock : PLACE_spool;
        return place;
    }
    size_t length = strlen(journal);
    if (length && strncmp(path, journal, length) == 0) {
        const char *ending = path + length;
        if (*ending == 0) return PLACE_db;
        if (strcmp(ending, "-wal") == 0) return PLACE_wal;
        if (strcmp(ending, "-shm") == 0) return PLACE_shm;
        if (strcmp(ending, "-journal") == 0) return PLACE_rollback;
        if (strcmp(ending, ".lock") == 0) return PLACE_lock;
    }
    if ((rest = below(path, state))) {
        enum fault_place place = place_in(rest, "content", PLACE_content_folder, PLACE_content);
        return place ? place : PLACE_state;
    }
    if ((rest = below(path, control))) return PLACE_control;
    if (below(path, config)) return PLACE_config;
    if (is_above(path, spool) || is_above(path, state)) return PLACE_above;
    return PLACE_other;
}

/* Takes `.`, `..` and doubled slashes out of an absolute path. */
static void normalize(char *path) {
    char *end = path;
    for (char *part = path; *part;) {
        while (*part == '/') part++;
        size_t length = strcspn(part, "/");
        if (length == 2 && part[0] == '.' && part[1] == '.') {
            while (end > path && *--end != '/') {}
        } else if (length > 0 && !(length == 1 && part[0] == '.')) {
            *end++ = '/';
            memmove(end, part, length);
            end += length;
        }
        part += length;
    }
    *end = 0;
}

bool fault_path(int folder, const char *path, char *result, size_t size) {
    int before = errno;
    size_t used = 0;
    if (!path || path[0] != '/') {
        char link[64] = "/proc/self/cwd";
        if (folder != AT_FDCWD) snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        long count = syscall(SYS_readlinkat, AT_FDCWD, link, result, size - 1);
        errno = before;
        if (count <= 0 || result[0] != '/') return false;
        used = (size_t)count;
        result[used] = 0;
        if (!path) return true;
        result[used++] = '/';
    }
    if (used + strlen(path) >= size) return false;
    strcpy(result + used, path);
    normalize(result);
    errno = before;
    return true;
}

enum fault_place fault_place_of_path(int folder, const char *path) {
    char whole[PATH_MAX + 512];
    if (!fault_is_active || !path || !fault_path(folder, path, whole, sizeof whole)) return PLACE_none;
    return place_of(whole);
}

enum fault_place fault_place_of_address(const void *address) {
    const struct sockaddr_un *local = address;
    switch (fault_is_active && address ? local->sun_family : AF_UNSPEC) {
    case AF_INET:
    case AF_INET6: return PLACE_mail;
    case AF_UNIX: return place_of(local->sun_path) == PLACE_control ? PLACE_control : PLACE_local;
    default: return PLACE_none;
    }
}

static enum fault_place place_of_socket(int descriptor) {
    struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
    // One byte less: a path that fills it is ended.
    socklen_t size = sizeof address - 1;
    syscall(SYS_getsockname, descriptor, &address, &size);
    return fault_place_of_address(&address);
}

enum fault_place fault_place_of_descriptor(int descriptor) {
    // Standard output and errors are the log, wherever they lead.
    if (!fault_is_active || (descriptor >= 0 && descriptor <= 2)) return PLACE_none;
    int before = errno;
    char path[PATH_MAX + 512];
    enum fault_place place = PLACE_none;
    if (fault_path(descriptor, NULL, path, sizeof path)) {
        static const char deleted[] = " (deleted)";
        size_t length = strlen(path), ending = sizeof deleted - 1;
        if (length > ending && strcmp(path + length - ending, deleted) == 0) path[length - ending] = 0;
        place = place_of(path);
    } else {
        struct stat found;
        if (syscall(SYS_fstat, descriptor, &found) == 0 && S_ISSOCK(found.st_mode)) place = place_of_socket(descriptor);
    }
    errno = before;
    return place;
}
