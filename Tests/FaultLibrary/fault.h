/*
 * Faults at system calls: what the files of this library share. See README.md.
 */
#pragma once
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Calls that change a disk or reach another program come first: `FAULT_CHANGES` of them. */
#define FAULT_CALLS(call)                                                                                              \
    call(create) call(write) call(truncate) call(allocate) call(fsync) call(fdatasync) call(syncfs) call(syncrange)    \
    call(rename) call(link) call(symlink) call(unlink) call(mkdir) call(rmdir) call(chmod) call(chown) call(utimes)    \
    call(setxattr)                                                                                                     \
    call(connect) call(send) call(recv) call(accept) call(bind) call(listen) call(shutdown)                            \
    call(open) call(read) call(stat) call(statfs) call(readdir) call(socket) call(inotify_init) call(inotify_watch)

/* Where a call acts. `none` is never a point, `other` only where a rule names it. */
#define FAULT_PLACES(place)                                                                                            \
    place(none) place(other) place(db) place(wal) place(shm) place(rollback) place(lock) place(state) place(above)     \
    place(content) place(content_folder) place(incoming) place(incoming_folder) place(rejected)                        \
    place(rejected_folder) place(receipts) place(receipts_folder) place(spool) place(config)                           \
    place(mail) place(control) place(local) place(inet)

#define FAULT_CALL_CASE(name) CALL_##name,
enum fault_call { FAULT_CALLS(FAULT_CALL_CASE) CALL_COUNT };
#define FAULT_CHANGES CALL_open
#define FAULT_PLACE_CASE(name) PLACE_##name,
enum fault_place { FAULT_PLACES(FAULT_PLACE_CASE) PLACE_COUNT };

/* What one call is to do besides what it does. */
struct fault_visit {
    bool kills;
    /* Bytes at most; SIZE_MAX: all. */
    size_t limit;
    /* What statvfs is to show as free; negative: the truth. */
    int64_t space;
};

/* Whether this process is the one that is to have faults; all else here is for that case. */
extern bool fault_is_active;

/* Where a path, or a descriptor, belongs. errno stays as it is. */
enum fault_place fault_place_of_path(int folder, const char *path);
enum fault_place fault_place_of_descriptor(int descriptor);
enum fault_place fault_place_of_address(const void *address);
/* The path behind a descriptor or relative to one, without `.` and `..`; false where there is none. */
bool fault_path(int folder, const char *path, char *result, size_t size);

/* Counts the point, traces it, and does what the rules want before the call; true: the call is to fail with errno. */
bool fault_before(struct fault_visit *visit, enum fault_call call, enum fault_place place);
/* What is wanted after it. errno stays as it is. */
void fault_after(const struct fault_visit *visit);

/* Kinds of records; the numbers are in the file (README.md). */
enum fault_record {
    RECORD_create = 1, RECORD_write, RECORD_truncate, RECORD_sync, RECORD_sync_all, RECORD_rename, RECORD_link,
    RECORD_unlink, RECORD_mkdir, RECORD_rmdir, RECORD_send,
};
extern bool fault_is_recording;
/* Whether calls at this place are recorded; if so, no other one happens until the end. */
bool fault_record_begin(enum fault_place place);
void fault_record_end(void);
void fault_record(enum fault_record kind, const char *path, uint64_t inode, uint64_t number, const void *bytes,
                  size_t count);
void fault_record_name(enum fault_record kind, int folder, const char *name, uint64_t inode, uint64_t number);
void fault_record_names(enum fault_record kind, int from, const char *old, int to, const char *new);
uint64_t fault_inode(int descriptor);
uint64_t fault_inode_at(int folder, const char *name);
/* unlinkat(2), but for what lies in incoming/ while there is a stash: that goes there. */
long fault_remove(enum fault_place place, int folder, const char *name, int flags);

/* A call, and its record where it was done; `result` is what it returned. */
#define FAULT_RECORDED(place, real, record)                                                                            \
    ({                                                                                                                 \
        bool isRecorded = fault_record_begin(place);                                                                   \
        __typeof__(real) result = (real);                                                                              \
        if (isRecorded) {                                                                                              \
            int code = errno;                                                                                          \
            if (result >= 0) record;                                                                                   \
            fault_record_end();                                                                                        \
            errno = code;                                                                                              \
        }                                                                                                              \
        result;                                                                                                        \
    })

/* A call with all that is around it; -1 and errno where it was made to fail. `visit` can be used in `real`. */
#define FAULT_POINT(call, place, real)                                                                                 \
    ({                                                                                                                 \
        struct fault_visit visit = {.limit = SIZE_MAX, .space = -1};                                                   \
        __typeof__(real) outcome = (__typeof__(real))-1;                                                               \
        if (!fault_is_active) outcome = (real);                                                                        \
        else if (!fault_before(&visit, call, place)) {                                                                 \
            outcome = (real);                                                                                          \
            fault_after(&visit);                                                                                       \
        }                                                                                                              \
        outcome;                                                                                                       \
    })

/* The next function of that name, libc's own. */
#define FAULT_NEXT(name)                                                                                               \
    ({                                                                                                                 \
        static __typeof__(&name) next;                                                                                 \
        if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                                                  \
        next;                                                                                                          \
    })

static inline size_t fault_at_most(const struct fault_visit *visit, size_t count) {
    return count < visit->limit ? count : visit->limit;
}
