#define _GNU_SOURCE 1
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "say here which architecture the filter is to be told of"
#endif

int clinux_close_all_above_errors(void) {
    if (close_range(3, ~0u, 0) == 0) return 0;
    if (errno != ENOSYS) return -1;
    long most = sysconf(_SC_OPEN_MAX);
    for (int descriptor = 3; descriptor < (most < 0 ? 65536 : most); descriptor++) close(descriptor);
    return 0;
}

static int limit(int what, rlim_t most) {
    struct rlimit both = {most, most};
    return setrlimit(what, &both);
}

int clinux_limit(unsigned seconds, unsigned long bytes) {
    /* Writing beyond the limit is to fail, not to kill. */
    signal(SIGXFSZ, SIG_IGN);
    return limit(RLIMIT_FSIZE, 0) || limit(RLIMIT_CORE, 0) || limit(RLIMIT_CPU, seconds) || limit(RLIMIT_AS, bytes)
               ? -1
               : 0;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
/* All these values lie in the lower half of their 64 bits; both architectures are little-endian. */
#define LOAD_ARGUMENT(number) LOAD(args[number])
#define REFUSE_WITH(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((error) & SECCOMP_RET_DATA))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define UNLESS(call, skipped) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, skipped)
#define REFUSE(call) UNLESS(call, 1), REFUSE_WITH(EPERM)
/* glibc falls back to the older call, whose flags can be seen here. */
#define UNKNOWN(call) UNLESS(call, 1), REFUSE_WITH(ENOSYS)
/* Refused with one of these bits, allowed without. */
#define REFUSE_BITS(call, argument, bits)                                                                              \
    UNLESS(call, 4), LOAD_ARGUMENT(argument), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), REFUSE_WITH(EPERM),    \
        ALLOW
#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))

static struct sock_filter refusals[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#if defined(__x86_64__)
    /* The numbers of the x32 ABI, under which every call could be had again. */
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    REFUSE_WITH(EPERM),
#endif

    /* The network. */
    REFUSE(socket), REFUSE(socketpair), REFUSE(connect), REFUSE(bind), REFUSE(listen), REFUSE(accept),
    REFUSE(accept4), REFUSE(sendto), REFUSE(sendmsg), REFUSE(sendmmsg), REFUSE(recvfrom), REFUSE(recvmsg),
    REFUSE(recvmmsg),

    /* Other programs, other processes; a thread is a clone that shares everything. */
    REFUSE(execve), REFUSE(execveat), UNKNOWN(clone3),
    UNLESS(clone, 4), LOAD_ARGUMENT(0), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0), REFUSE_WITH(EPERM),
    ALLOW,
    REFUSE(ptrace), REFUSE(process_vm_readv), REFUSE(process_vm_writev), REFUSE(kill), REFUSE(tkill),
    REFUSE(rt_sigqueueinfo), REFUSE(rt_tgsigqueueinfo), REFUSE(pidfd_open), REFUSE(pidfd_getfd),
    REFUSE(pidfd_send_signal), REFUSE(kcmp),

    /* Writing to files, and changing what is there. */
    UNKNOWN(openat2), REFUSE_BITS(openat, 2, WRITING), REFUSE(open_by_handle_at), REFUSE(name_to_handle_at),
    REFUSE(truncate), REFUSE(ftruncate), REFUSE(fallocate), REFUSE(renameat2), REFUSE(linkat), REFUSE(symlinkat),
    REFUSE(unlinkat), REFUSE(mkdirat), REFUSE(mknodat), REFUSE(fchmod), REFUSE(fchmodat), REFUSE(fchown),
    REFUSE(fchownat), REFUSE(utimensat), REFUSE(setxattr), REFUSE(lsetxattr), REFUSE(fsetxattr), REFUSE(removexattr),
    REFUSE(lremovexattr), REFUSE(fremovexattr), REFUSE(renameat),
#if defined(__x86_64__)
    REFUSE(fork), REFUSE(vfork), REFUSE_BITS(open, 1, WRITING), REFUSE(creat), REFUSE(rename), REFUSE(link),
    REFUSE(symlink), REFUSE(unlink), REFUSE(mkdir), REFUSE(rmdir), REFUSE(mknod), REFUSE(chmod), REFUSE(chown),
    REFUSE(lchown), REFUSE(utime), REFUSE(utimes), REFUSE(futimesat),
#endif

    /* What would get round all this (io_uring runs calls no filter sees), and what no fax needs of a kernel. */
    REFUSE(io_uring_setup), REFUSE(io_uring_enter), REFUSE(io_uring_register), REFUSE(bpf), REFUSE(perf_event_open),
    REFUSE(userfaultfd), REFUSE(unshare), REFUSE(setns), REFUSE(mount), REFUSE(umount2), REFUSE(chroot),
    REFUSE(pivot_root), REFUSE(memfd_create), REFUSE(add_key), REFUSE(request_key), REFUSE(keyctl), REFUSE(ioctl),
    REFUSE(shmget), REFUSE(shmat), REFUSE(msgget), REFUSE(semget), REFUSE(mq_open),

    ALLOW,
};

int clinux_refuse_calls(void) {
    struct sock_fprog program = {sizeof refusals / sizeof refusals[0], refusals};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int clinux_read_only_beneath(const char *const *folders) {
    /* What the first version of Landlock knows: newer rights stay as they are, and the filter refuses them. */
    struct landlock_ruleset_attr rules = {.handled_access_fs = (1ULL << 13) - 1};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (set < 0) return -1;
    int result = 0;
    for (; *folders && result == 0; folders++) {
        struct landlock_path_beneath_attr rule = {
            .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE,
            .parent_fd = open(*folders, O_PATH | O_DIRECTORY | O_CLOEXEC),
        };
        if (rule.parent_fd < 0) continue;
        result = (int)syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(rule.parent_fd);
    }
    if (result == 0) result = (int)syscall(SYS_landlock_restrict_self, set, 0);
    int error = errno;
    close(set);
    errno = error;
    return result;
}
