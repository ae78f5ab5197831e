/*
 * Counts points, writes the trace, and knows what is to happen at which point.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum action { KILL_BEFORE, KILL_AFTER, FAIL, SHORT, SLEEP, FREE };

struct rule {
    int call, place; /* -1: any */
    unsigned from, to;
    enum action action;
    int64_t amount;
    int code;
    atomic_uint count;
    atomic_bool isCut;
};

#define FAULT_NAME(name) #name,
static const char *const calls[] = {FAULT_CALLS(FAULT_NAME)};
static const char *const places[] = {FAULT_PLACES(FAULT_NAME)};

static const struct {
    const char *name;
    int code;
} codes[] = {
    {"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"ECONNREFUSED", ECONNREFUSED}, {"ECONNRESET", ECONNRESET},
    {"EDQUOT", EDQUOT}, {"EEXIST", EEXIST}, {"EINTR", EINTR}, {"EINVAL", EINVAL}, {"EIO", EIO}, {"EMFILE", EMFILE},
    {"ENFILE", ENFILE}, {"ENOBUFS", ENOBUFS}, {"ENODEV", ENODEV}, {"ENOENT", ENOENT}, {"ENOLCK", ENOLCK},
    {"ENOMEM", ENOMEM}, {"ENOSPC", ENOSPC}, {"ENOSYS", ENOSYS}, {"ENOTCONN", ENOTCONN}, {"ENXIO", ENXIO},
    {"EOPNOTSUPP", EOPNOTSUPP}, {"EPERM", EPERM}, {"EPIPE", EPIPE}, {"EROFS", EROFS}, {"ESTALE", ESTALE},
    {"ETIMEDOUT", ETIMEDOUT},
};

bool fault_is_active;
static struct rule rules[64];
static int ruleCount;
static atomic_uint seen[CALL_COUNT][PLACE_COUNT];
static int trace = -1;
static char condition[PATH_MAX];

void fault_take_places(void);
void fault_take_clock(void);
void fault_take_record(void);

static void refuse(const char *what) {
    dprintf(2, "fault library: cannot read the rule %s\n", what);
    _exit(64);
}

static int find(const char *name, const char *const *names, int count, const char *rule) {
    if (strcmp(name, "*") == 0) return -1;
    for (int index = 0; index < count; index++)
        if (strcmp(name, names[index]) == 0) return index;
    refuse(rule);
    return -1;
}

static int code_of(const char *name, const char *rule) {
    for (size_t index = 0; index < sizeof codes / sizeof *codes; index++)
        if (strcmp(name, codes[index].name) == 0) return codes[index].code;
    refuse(rule);
    return 0;
}

/* CALL:PLACE:WHEN=ACTION */
static void take_rule(const char *text) {
    char call[32], place[32], when[32], action[64];
    if (ruleCount == sizeof rules / sizeof *rules ||
        sscanf(text, "%31[^:]:%31[^:]:%31[^=]=%63s", call, place, when, action) != 4)
        refuse(text);
    struct rule *rule = &rules[ruleCount++];
    rule->call = find(call, calls, CALL_COUNT, text);
    rule->place = find(place, places, PLACE_COUNT, text);
    char *end = when;
    rule->from = strcmp(when, "*") == 0 ? 1 : (unsigned)strtoul(when, &end, 10);
    rule->to = strcmp(when, "*") == 0 || strcmp(end, "+") == 0 ? UINT_MAX : rule->from;
    if (rule->from == 0) refuse(text);
    char name[32] = "";
    if (strcmp(action, "kill-before") == 0) rule->action = KILL_BEFORE;
    else if (strcmp(action, "kill-after") == 0) rule->action = KILL_AFTER;
    else if (sscanf(action, "fail-%31s", name) == 1) rule->action = FAIL, rule->code = code_of(name, text);
    else if (sscanf(action, "short-%ld-%31s", &rule->amount, name) == 2)
        rule->action = SHORT, rule->code = code_of(name, text);
    else if (sscanf(action, "sleep-%ld", &rule->amount) == 1) rule->action = SLEEP;
    else if (sscanf(action, "free-%ld", &rule->amount) == 1) rule->action = FREE;
    else refuse(text);
}

/* A descriptor out of the way of those the program counts on. */
int fault_open_log(const char *path) {
    int low = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (low < 0) {
        dprintf(2, "fault library: cannot open %s\n", path);
        _exit(64);
    }
    int high = fcntl(low, F_DUPFD_CLOEXEC, 800);
    if (high < 0) return low;
    syscall(SYS_close, low);
    return high;
}

__attribute__((constructor)) static void begin(void) {
    const char *program = getenv("FAULT_PROGRAM");
    char own[PATH_MAX];
    long length = readlink("/proc/self/exe", own, sizeof own - 1);
    if (length <= 0) return;
    own[length] = 0;
    // Programs that this one starts inherit the environment, and are left alone.
    const char *name = strrchr(own, '/');
    if (!name || strcmp(name + 1, program ? program : "assistd") != 0) return;
    fault_take_places();
    fault_take_clock();
    fault_take_record();
    const char *value = getenv("FAULT_WHILE");
    if (value) snprintf(condition, sizeof condition, "%s", value);
    if ((value = getenv("FAULT_TRACE")) && *value) trace = fault_open_log(value);
    if ((value = getenv("FAULT_RULES"))) {
        char text[256];
        for (; *value; value += strspn(value, ";")) {
            size_t size = strcspn(value, ";");
            if (size >= sizeof text) refuse(value);
            memcpy(text, value, size);
            text[size] = 0;
            if (size) take_rule(text);
            value += size;
        }
    }
    fault_is_active = true;
}

static void tell(char mark, enum fault_call call, enum fault_place place, unsigned number) {
    if (trace < 0) return;
    char line[96];
    int length = snprintf(line, sizeof line, "%c %s:%s:%u\n", mark, calls[call], places[place], number);
    syscall(SYS_write, trace, line, (size_t)length);
}

static _Noreturn void die(void) {
    for (;;) syscall(SYS_kill, getpid(), SIGKILL);
}

/* Whether a rule wants something here and now. */
static bool applies(struct rule *rule, enum fault_call call, enum fault_place place) {
    if (rule->call >= 0 && rule->call != (int)call) return false;
    if (rule->place >= 0 ? rule->place != (int)place : place == PLACE_other) return false;
    if (condition[0] && syscall(SYS_faccessat, AT_FDCWD, condition, F_OK) != 0) return false;
    unsigned number = atomic_fetch_add(&rule->count, 1) + 1;
    return (number >= rule->from && number <= rule->to) || atomic_load(&rule->isCut);
}

bool fault_before(struct fault_visit *visit, enum fault_call call, enum fault_place place) {
    if (place == PLACE_none) return false;
    int before = errno;
    unsigned number = atomic_fetch_add(&seen[call][place], 1) + 1;
    if (place != PLACE_other) tell(call < FAULT_CHANGES ? 'C' : 'R', call, place, number);
    int code = 0;
    for (int index = 0; index < ruleCount && code == 0; index++) {
        struct rule *rule = &rules[index];
        if (!applies(rule, call, place)) continue;
        tell('!', call, place, number);
        switch (rule->action) {
        case KILL_BEFORE: die();
        case KILL_AFTER: visit->kills = true; break;
        case FAIL: code = rule->code; break;
        case SHORT:
            // The rest of it is what fails.
            if (atomic_exchange(&rule->isCut, false)) code = rule->code;
            else {
                atomic_store(&rule->isCut, true);
                visit->limit = (size_t)rule->amount;
            }
            break;
        case SLEEP: {
            struct timespec pause = {rule->amount / 1000, rule->amount % 1000 * 1000000};
            syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
            break;
        }
        case FREE: visit->space = rule->amount; break;
        }
    }
    errno = code ? code : before;
    return code != 0;
}

void fault_after(const struct fault_visit *visit) {
    if (visit->kills) die();
}
