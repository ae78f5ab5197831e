#define _GNU_SOURCE 1
#include "clinux.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static void fill(const struct stat *from, struct clinux_file *to) {
    to->kind = S_ISREG(from->st_mode)                              ? CLINUX_REGULAR
               : S_ISDIR(from->st_mode)                            ? CLINUX_DIRECTORY
               : S_ISLNK(from->st_mode)                            ? CLINUX_LINK
               : S_ISFIFO(from->st_mode)                           ? CLINUX_FIFO
               : S_ISSOCK(from->st_mode)                           ? CLINUX_SOCKET
               : S_ISCHR(from->st_mode) || S_ISBLK(from->st_mode) ? CLINUX_DEVICE
                                                                   : CLINUX_OTHER;
    to->device = from->st_dev;
    to->inode = from->st_ino;
    to->links = from->st_nlink;
    to->size = from->st_size;
    to->modified = (int64_t)from->st_mtim.tv_sec * 1000000000 + from->st_mtim.tv_nsec;
    to->changed = (int64_t)from->st_ctim.tv_sec * 1000000000 + from->st_ctim.tv_nsec;
    to->owner = from->st_uid;
    to->mode = from->st_mode & 07777;
}

int clinux_stat_at(int folder, const char *name, struct clinux_file *file) {
    struct stat found;
    if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0) return -1;
    fill(&found, file);
    return 0;
}

int clinux_stat(int descriptor, struct clinux_file *file) {
    struct stat found;
    if (fstat(descriptor, &found) != 0) return -1;
    fill(&found, file);
    return 0;
}

int clinux_rename_exclusive(int old_folder, const char *old_name, int new_folder, const char *new_name) {
    return renameat2(old_folder, old_name, new_folder, new_name, RENAME_NOREPLACE);
}

int clinux_sync_file_system(int descriptor) {
    return syncfs(descriptor);
}

const void *clinux_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    return memmem(bytes, count, wanted, wanted_count);
}

void clinux_set_file_user(uint32_t uid) {
    setfsuid(uid);
}

int clinux_peer(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
    *uid = peer.uid;
    *gid = peer.gid;
    *pid = peer.pid;
    return 0;
}

void clinux_hide_memory(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int clinux_is_remote(const char *path) {
    struct statfs found;
    if (statfs(path, &found) != 0) return 0;
    switch ((uint32_t)found.f_type) {
    case 0x6969:     /* NFS */
    case 0x517B:     /* SMB */
    case 0xFF534D42: /* CIFS */
    case 0xFE534D42: /* SMB2 */
    case 0x01021997: /* 9P */
    case 0x00C36400: /* Ceph */
        return 1;
    default: return 0;
    }
}

static const char access_list[] = "system.posix_acl_access";

long clinux_get_access_list(int descriptor, void *bytes, size_t count) {
    return fgetxattr(descriptor, access_list, bytes, count);
}

int clinux_set_access_list(int descriptor, const void *bytes, size_t count) {
    return fsetxattr(descriptor, access_list, bytes, count, 0);
}
