/*
 * The calls that change the content of files, and those that make it durable.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* MARK: Opening */

static long created(enum fault_place place, int folder, const char *path, int flags, mode_t mode) {
    bool isRecorded = fault_record_begin(place);
    bool isNew = isRecorded && syscall(SYS_faccessat, folder, path, F_OK) != 0;
    long file = syscall(SYS_openat, folder, path, flags, mode);
    if (isRecorded) {
        int code = errno;
        if (file >= 0 && isNew) fault_record_name(RECORD_create, folder, path, fault_inode((int)file), mode);
        else if (file >= 0 && flags & O_TRUNC) fault_record(RECORD_truncate, NULL, fault_inode((int)file), 0, NULL, 0);
        fault_record_end();
        errno = code;
    }
    return file;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    enum fault_place place = fault_place_of_path(folder, path);
    if (flags & (O_CREAT | O_TRUNC))
        return (int)FAULT_POINT(CALL_create, place, created(place, folder, path, flags, mode));
    return (int)FAULT_POINT(CALL_open, place, syscall(SYS_openat, folder, path, flags, mode));
}

#define MODE_OF(flags)                                                                                                 \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

int open(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    MODE_OF(flags)
    return opened(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
    return opened(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* MARK: Writing */

#define AT(descriptor) fault_place_of_descriptor(descriptor)

static bool is_disk(enum fault_place place) {
    return place != PLACE_mail && place != PLACE_control;
}

ssize_t write(int file, const void *bytes, size_t count) {
    enum fault_place place = AT(file);
    return FAULT_POINT(
        CALL_write, place,
        FAULT_RECORDED(
            place, syscall(SYS_write, file, bytes, fault_at_most(&visit, count)),
            is_disk(place) ? fault_record(RECORD_write, NULL, fault_inode(file),
                                          (uint64_t)syscall(SYS_lseek, file, 0, SEEK_CUR) - (uint64_t)result, bytes,
                                          (size_t)result)
                           : fault_record(RECORD_send, NULL, fault_inode(file), place, bytes, (size_t)result)));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    enum fault_place place = AT(file);
    return FAULT_POINT(
        CALL_write, place,
        FAULT_RECORDED(
            place, syscall(SYS_pwrite64, file, bytes, fault_at_most(&visit, count), offset),
            fault_record(RECORD_write, NULL, fault_inode(file), (uint64_t)offset, bytes, (size_t)result)));
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return pwrite(file, bytes, count, offset);
}

/* One piece after the other where more is to be known of them than that they were written. */
ssize_t writev(int file, const struct iovec *pieces, int count) {
    if (fault_is_active && count > 0 && AT(file) != PLACE_none)
        return write(file, pieces[0].iov_base, pieces[0].iov_len);
    return syscall(SYS_writev, file, pieces, count);
}

int ftruncate(int file, off_t size) {
    enum fault_place place = AT(file);
    return (int)FAULT_POINT(
        CALL_truncate, place,
        FAULT_RECORDED(
            place, syscall(SYS_ftruncate, file, size),
            fault_record(RECORD_truncate, NULL, fault_inode(file), (uint64_t)size, NULL, 0)));
}

int ftruncate64(int file, off64_t size) {
    return ftruncate(file, size);
}

int fallocate(int file, int mode, off_t offset, off_t size) {
    return (int)FAULT_POINT(CALL_allocate, AT(file), syscall(SYS_fallocate, file, mode, offset, size));
}

int fallocate64(int file, int mode, off64_t offset, off64_t size) {
    return fallocate(file, mode, offset, size);
}

int posix_fallocate(int file, off_t offset, off_t size) {
    int before = errno;
    int code = fallocate(file, 0, offset, size) == 0 ? 0 : errno;
    errno = before;
    return code;
}

int posix_fallocate64(int file, off64_t offset, off64_t size) {
    return posix_fallocate(file, offset, size);
}

/* MARK: Syncing */

#define SYNCED(name, kind)                                                                                             \
    int name(int file) {                                                                                               \
        enum fault_place place = AT(file);                                                                             \
        return (int)FAULT_POINT(                                                                                       \
            CALL_##name, place,                                                                                        \
            FAULT_RECORDED(                                                                                            \
                place, syscall(SYS_##name, file), fault_record(kind, NULL, fault_inode(file), 0, NULL, 0)));           \
    }

SYNCED(fsync, RECORD_sync)
SYNCED(fdatasync, RECORD_sync)
SYNCED(syncfs, RECORD_sync_all)

int sync_file_range(int file, off64_t offset, off64_t count, unsigned flags) {
    return (int)FAULT_POINT(CALL_syncrange, AT(file), syscall(SYS_sync_file_range, file, offset, count, flags));
}
