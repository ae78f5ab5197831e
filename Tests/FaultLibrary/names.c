/*
 * The calls that change the names in folders, and what is known of a file.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AT(descriptor) fault_place_of_descriptor(descriptor)

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    enum fault_place place = fault_place_of_path(to, new);
    if (place == PLACE_none || place == PLACE_other) place = fault_place_of_path(from, old);
    return (int)FAULT_POINT(
        CALL_rename, place,
        FAULT_RECORDED(
            place, syscall(SYS_renameat2, from, old, to, new, flags),
            fault_record_names(RECORD_rename, from, old, to, new)));
}

int renameat(int from, const char *old, int to, const char *new) {
    return renameat2(from, old, to, new, 0);
}

int rename(const char *old, const char *new) {
    return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    enum fault_place place = fault_place_of_path(to, new);
    return (int)FAULT_POINT(
        CALL_link, place,
        FAULT_RECORDED(
            place, syscall(SYS_linkat, from, old, to, new, flags), fault_record_names(RECORD_link, from, old, to, new)));
}

int link(const char *old, const char *new) {
    return linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

int symlinkat(const char *target, int folder, const char *name) {
    return (int)FAULT_POINT(
        CALL_symlink, fault_place_of_path(folder, name), syscall(SYS_symlinkat, target, folder, name));
}

int symlink(const char *target, const char *name) {
    return symlinkat(target, AT_FDCWD, name);
}

int unlinkat(int folder, const char *name, int flags) {
    enum fault_call call = flags & AT_REMOVEDIR ? CALL_rmdir : CALL_unlink;
    enum fault_place place = fault_place_of_path(folder, name);
    return (int)FAULT_POINT(
        call, place,
        FAULT_RECORDED(
            place, fault_remove(place, folder, name, flags),
            fault_record_name(call == CALL_rmdir ? RECORD_rmdir : RECORD_unlink, folder, name, 0, 0)));
}

int unlink(const char *name) {
    return unlinkat(AT_FDCWD, name, 0);
}

int rmdir(const char *name) {
    return unlinkat(AT_FDCWD, name, AT_REMOVEDIR);
}

int mkdirat(int folder, const char *name, mode_t mode) {
    enum fault_place place = fault_place_of_path(folder, name);
    return (int)FAULT_POINT(
        CALL_mkdir, place,
        FAULT_RECORDED(
            place, syscall(SYS_mkdirat, folder, name, mode),
            fault_record_name(RECORD_mkdir, folder, name, fault_inode_at(folder, name), mode)));
}

int mkdir(const char *name, mode_t mode) {
    return mkdirat(AT_FDCWD, name, mode);
}

/* MARK: What is known of a file */

int fchmod(int file, mode_t mode) {
    return (int)FAULT_POINT(CALL_chmod, AT(file), syscall(SYS_fchmod, file, mode));
}

int fchmodat(int folder, const char *name, mode_t mode, int flags) {
    return FAULT_POINT(
        CALL_chmod, fault_place_of_path(folder, name), FAULT_NEXT(fchmodat)(folder, name, mode, flags));
}

int chmod(const char *name, mode_t mode) {
    return fchmodat(AT_FDCWD, name, mode, 0);
}

int fchown(int file, uid_t owner, gid_t group) {
    return (int)FAULT_POINT(CALL_chown, AT(file), syscall(SYS_fchown, file, owner, group));
}

int fsetxattr(int file, const char *name, const void *value, size_t size, int flags) {
    return (int)FAULT_POINT(CALL_setxattr, AT(file), syscall(SYS_fsetxattr, file, name, value, size, flags));
}

int utimensat(int folder, const char *name, const struct timespec times[2], int flags) {
    return (int)FAULT_POINT(
        CALL_utimes, fault_place_of_path(folder, name), syscall(SYS_utimensat, folder, name, times, flags));
}

int futimens(int file, const struct timespec times[2]) {
    return (int)FAULT_POINT(CALL_utimes, AT(file), syscall(SYS_utimensat, file, NULL, times, 0));
}
