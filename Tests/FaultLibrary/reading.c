/*
 * Calls that change nothing, and can fail all the same.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define AT(descriptor) fault_place_of_descriptor(descriptor)

ssize_t read(int file, void *bytes, size_t count) {
    enum fault_place place = AT(file);
    enum fault_call call = place == PLACE_mail || place == PLACE_control ? CALL_recv : CALL_read;
    return FAULT_POINT(call, place, syscall(SYS_read, file, bytes, fault_at_most(&visit, count)));
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
    return FAULT_POINT(
        CALL_read, AT(file), syscall(SYS_pread64, file, bytes, fault_at_most(&visit, count), offset));
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) {
    return pread(file, bytes, count, offset);
}

/* MARK: Looking at files */

int fstatat(int folder, const char *name, struct stat *found, int flags) {
    enum fault_place place = *name ? fault_place_of_path(folder, name) : AT(folder);
    return FAULT_POINT(CALL_stat, place, FAULT_NEXT(fstatat)(folder, name, found, flags));
}

int fstat(int file, struct stat *found) {
    return FAULT_POINT(CALL_stat, AT(file), FAULT_NEXT(fstat)(file, found));
}

int fstat64(int file, struct stat64 *found) {
    return FAULT_POINT(CALL_stat, AT(file), FAULT_NEXT(fstat64)(file, found));
}

int stat(const char *name, struct stat *found) {
    return FAULT_POINT(CALL_stat, fault_place_of_path(AT_FDCWD, name), FAULT_NEXT(stat)(name, found));
}

int stat64(const char *name, struct stat64 *found) {
    return FAULT_POINT(CALL_stat, fault_place_of_path(AT_FDCWD, name), FAULT_NEXT(stat64)(name, found));
}

int lstat(const char *name, struct stat *found) {
    return FAULT_POINT(CALL_stat, fault_place_of_path(AT_FDCWD, name), FAULT_NEXT(lstat)(name, found));
}

int lstat64(const char *name, struct stat64 *found) {
    return FAULT_POINT(CALL_stat, fault_place_of_path(AT_FDCWD, name), FAULT_NEXT(lstat64)(name, found));
}

/* MARK: Room on the disk */

/* Shows as much as a rule wants as free. */
#define WITH_SPACE(found, unit, outcome)                                                                               \
    ({                                                                                                                 \
        int result = (outcome);                                                                                        \
        if (result == 0 && visit.space >= 0)                                                                           \
            (found)->f_bfree = (found)->f_bavail = (fsblkcnt_t)visit.space / (fsblkcnt_t)(found)->unit;                 \
        result;                                                                                                        \
    })

int statvfs(const char *name, struct statvfs *found) {
    return FAULT_POINT(
        CALL_statfs, fault_place_of_path(AT_FDCWD, name),
        WITH_SPACE(found, f_frsize, FAULT_NEXT(statvfs)(name, found)));
}

int fstatvfs(int file, struct statvfs *found) {
    return FAULT_POINT(CALL_statfs, AT(file), WITH_SPACE(found, f_frsize, FAULT_NEXT(fstatvfs)(file, found)));
}

int statfs(const char *name, struct statfs *found) {
    return FAULT_POINT(
        CALL_statfs, fault_place_of_path(AT_FDCWD, name),
        WITH_SPACE(found, f_bsize, FAULT_NEXT(statfs)(name, found)));
}

int fstatfs(int file, struct statfs *found) {
    return FAULT_POINT(CALL_statfs, AT(file), WITH_SPACE(found, f_bsize, FAULT_NEXT(fstatfs)(file, found)));
}

/* MARK: Folders */

#define LISTED(call, place, real)                                                                                      \
    ({                                                                                                                 \
        struct fault_visit visit = {.limit = SIZE_MAX, .space = -1};                                                   \
        __typeof__(real) outcome = NULL;                                                                               \
        if (!fault_is_active) outcome = (real);                                                                        \
        else if (!fault_before(&visit, call, place)) {                                                                 \
            outcome = (real);                                                                                          \
            fault_after(&visit);                                                                                       \
        }                                                                                                              \
        outcome;                                                                                                       \
    })

DIR *opendir(const char *name) {
    return LISTED(CALL_open, fault_place_of_path(AT_FDCWD, name), FAULT_NEXT(opendir)(name));
}

struct dirent *readdir(DIR *folder) {
    return LISTED(CALL_readdir, AT(dirfd(folder)), FAULT_NEXT(readdir)(folder));
}

struct dirent64 *readdir64(DIR *folder) {
    return LISTED(CALL_readdir, AT(dirfd(folder)), FAULT_NEXT(readdir64)(folder));
}

int inotify_init1(int flags) {
    return (int)FAULT_POINT(CALL_inotify_init, PLACE_incoming_folder, syscall(SYS_inotify_init1, flags));
}

int inotify_add_watch(int file, const char *name, uint32_t mask) {
    return (int)FAULT_POINT(
        CALL_inotify_watch, fault_place_of_path(AT_FDCWD, name),
        syscall(SYS_inotify_add_watch, file, name, mask));
}
