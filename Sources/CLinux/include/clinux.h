#pragma once
/* What Glibc's Swift module does not show: GNU extensions, and macros Swift cannot read. No system header is
   included here: with _GNU_SOURCE they would differ from the ones that module was built from. */
#include <stddef.h>
#include <stdint.h>

#include "confinement.h"

enum clinux_kind {
    CLINUX_REGULAR, CLINUX_DIRECTORY, CLINUX_LINK, CLINUX_FIFO, CLINUX_SOCKET, CLINUX_DEVICE, CLINUX_OTHER
};

/* What the intake wants to know of a file, in one call. Times in nanoseconds since 1970. */
struct clinux_file {
    enum clinux_kind kind;
    uint64_t device, inode, links;
    int64_t size, modified, changed;
    uint32_t owner, mode;
};

/* 0, or -1 with errno set. */
int clinux_stat_at(int folder, const char *name, struct clinux_file *file);
int clinux_stat(int descriptor, struct clinux_file *file);
/* rename that never overwrites: -1 and EEXIST where the new name is taken, EINVAL or ENOSYS where the file system
   knows no such rename. */
int clinux_rename_exclusive(int old_folder, const char *old_name, int new_folder, const char *new_name);
/* Makes everything on the file system of a file or folder durable: syncfs(2). 0, or -1 with errno set. */
int clinux_sync_file_system(int descriptor);
/* Where some bytes occur first in others; NULL where they do not. */
const void *clinux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);
/* A file's access list as the kernel keeps it: its length, or -1 with errno set (ENODATA where it has none). */
long clinux_get_access_list(int descriptor, void *bytes, size_t count);
int clinux_set_access_list(int descriptor, const void *bytes, size_t count);
/* Whose rights this thread's file accesses have from now on; only root can change it, and back. */
void clinux_set_file_user(uint32_t uid);
/* The process at the other end of a local socket. */
int clinux_peer(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);
/* Keeps the memory of this process to itself: it leaves no core, and neither a debugger nor /proc shows it to others of
   the same user. Another program that it starts is not concerned. */
void clinux_hide_memory(void);
/* Has all threads share two pools of free memory: with one for each thread, what one gives back no other can use. To be
   called before there are threads. */
void clinux_share_memory(void);
/* Gives back what the kernel can read again from the programs' files, as start-up code that is not needed any more, and
   free memory. What is needed after all comes back by itself. */
void clinux_give_back_memory(void);
/* Whether a path lies on another machine: NFS, SMB, 9P, Ceph (statfs(2)). 0 where it cannot be asked. */
int clinux_is_remote(const char *path);
